/// The index of words, and the views that other programs may rely on.
extension Schema {
    /// An FTS5 table keeps no text of its own: what it finds is a number.
    static let searchOnSQLite = """
        CREATE TABLE searched (number INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE) STRICT;
        CREATE VIRTUAL TABLE article_search USING fts5(terms, content='', tokenize='ascii');

        """

    static let searchOnPostgreSQL = """
        CREATE TABLE searched (article TEXT COLLATE "C" NOT NULL PRIMARY KEY, words TEXT COLLATE "C" NOT NULL, terms TEXT[] NOT NULL);
        CREATE INDEX searched_terms ON searched USING GIN (terms);

        """

    /// `indicators_plain` is every indicator with its source, one row each; `panel_cells` those of a whole year or its
    /// end that have a measure's code and a region's, which is what a panel is made of. Columns are only ever added.
    static let views = views(withAddress: false)

    /// The same with the address that a bulletin was taken from.
    static let viewsWithAddress = """
        DROP VIEW panel_cells;
        DROP VIEW indicators_plain;

        """ + views(withAddress: true)

    private static func views(withAddress: Bool) -> String {
        """
        CREATE VIEW indicators_plain AS SELECT i.id AS id, i.name AS name, i.code AS measure, i.value AS value,
            i.number AS number, i.value_to AS value_to, i.unit AS unit, i.kind AS kind, i.base AS base, i.bound AS bound,
            i.status AS status, i.scope AS scope, i.vintage AS vintage, i.period_start AS period_start,
            i.period_end AS period_end, i.region AS region, i.region_code AS region_code, i.confidence AS confidence,
            i.quote AS quote, i.start AS first_scalar, i."end" AS past_last_scalar, i.article AS article,
            i.article_ordinal AS article_ordinal, i.bulletin AS bulletin, b.source AS source, a.title AS title,
            a.headline AS headline, a.publisher AS publisher, a.published AS published\(withAddress ? ", a.url AS url" : "")
        FROM indicators i JOIN readings r ON r.article = i.article
        LEFT JOIN articles a ON a.id = i.article LEFT JOIN bulletins b ON b.id = i.bulletin;
        CREATE VIEW panel_cells AS SELECT region_code, region, substr(period_end, 1, 4) AS year, measure, kind, base,
            status, scope, vintage, number, unit, bound, confidence, id, quote, name, published, publisher, title, source\(withAddress ? ", url" : "")
        FROM indicators_plain
        WHERE measure IS NOT NULL AND region_code IS NOT NULL AND substr(period_end, 6, 5) = '12-31'
            AND (period_start = period_end OR period_start = substr(period_end, 1, 4) || '-01-01');
        """
    }

    /// What the portal asks for most: what came last, who published what, figures by name and by number.
    static let portalIndexes = """
        CREATE INDEX bulletins_received ON bulletins (coalesce(received, ''), id);
        CREATE INDEX articles_publisher ON articles (publisher, published, bulletin);
        CREATE INDEX indicators_name ON indicators (name);
        CREATE INDEX indicators_number ON indicators (number);
        """
}

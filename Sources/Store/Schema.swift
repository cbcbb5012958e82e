import BulletinModel
import TopicLog

/// The tables and how they came to be.
///
/// Rows do not depend on the log that carried them, but for these incidental columns, which
/// say when and where something was received: `bulletins.received`, `origins.received`, and in `dead_letters`
/// `origin_partition`, `origin_offset`, `failed_at` and `attempts`. The tables `pending`,
/// `outbox` and `progress` are the sink's own. ``BulletinStore/comparison(_:)`` leaves all
/// of these out.
enum Schema {
    /// One step from a version of the tables to the next.
    struct Migration: Sendable {
        /// The version that it leads to.
        let version: String
        /// What it does, in SQLite's words; ``SQLDialect/definition(_:)`` gives PostgreSQL's.
        let sql: String
        /// What it does on PostgreSQL, where that cannot be said in words of both.
        var postgresql: String?

        /// What it does, in a database's words.
        func definition(_ dialect: SQLDialect) -> String {
            dialect == .postgresql ? postgresql ?? dialect.definition(sql) : sql
        }
    }

    /// All migrations in order. One that has been released is never changed.
    static let migrations = [
        Migration(version: "v1", sql: version1), Migration(version: "v2", sql: version2),
        Migration(version: "v3", sql: searchOnSQLite + views, postgresql: searchOnPostgreSQL + views),
        Migration(version: "v4", sql: version4), Migration(version: "v5", sql: portalIndexes),
        Migration(version: "v6", sql: origins + viewsWithAddress),
    ]

    /// All tables beside the one that says which migrations were made.
    static let tables = [
        "bulletins", "origins", "articles", "readings", "indicators", "dead_letters", "pending", "outbox",
        "outbox_headers",
        "progress",
    ]

    /// The newest version that a database has seen.
    static func version(_ session: any SQLSession) throws -> String {
        let applied = try session.rows("SELECT identifier FROM \(session.dialect.migrationsTable)")
            .map { try $0.value(0, as: String.self) }
        return migrations.last { applied.contains($0.version) }?.version ?? "none"
    }

    static func foreign(_ location: String) -> Failure {
        Failure(.setup, code: "foreign_database", "The database \(location) is one of another program.")
    }

    static func newer(_ location: String) -> Failure {
        Failure(
            .setup, code: "newer_database",
            "The database \(location) was made by a newer version of gongbao; use that version.")
    }

    static func older(_ location: String) -> Failure {
        Failure(
            .setup, code: "older_database",
            "The database \(location) was made by an older version; run gongbao sink once to upgrade it.")
    }

    private static let version1 = """
        CREATE TABLE bulletins (
            id TEXT NOT NULL PRIMARY KEY,
            source TEXT NOT NULL,
            size INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            received TEXT
        ) STRICT;
        CREATE TABLE articles (
            id TEXT NOT NULL PRIMARY KEY,
            bulletin TEXT NOT NULL,
            ordinal INTEGER NOT NULL,
            headline TEXT, subheadline TEXT, section TEXT, "column" TEXT, byline TEXT,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            form TEXT NOT NULL,
            title TEXT, published TEXT, publisher TEXT,
            message BLOB NOT NULL
        ) STRICT;
        CREATE INDEX articles_bulletin ON articles (bulletin, ordinal);
        CREATE TABLE readings (
            article TEXT NOT NULL PRIMARY KEY,
            bulletin TEXT NOT NULL,
            engine INTEGER NOT NULL,
            lexicon TEXT NOT NULL,
            count INTEGER NOT NULL,
            digest TEXT NOT NULL
        ) STRICT;
        CREATE TABLE indicators (
            article TEXT NOT NULL,
            place INTEGER NOT NULL,
            id TEXT NOT NULL,
            bulletin TEXT NOT NULL,
            article_ordinal INTEGER NOT NULL,
            start INTEGER NOT NULL,
            "end" INTEGER NOT NULL,
            repetition INTEGER NOT NULL,
            quote TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            value_to TEXT,
            unit TEXT NOT NULL,
            kind TEXT NOT NULL,
            base TEXT,
            bound TEXT NOT NULL,
            status TEXT NOT NULL,
            period_start TEXT,
            period_end TEXT,
            code TEXT,
            region TEXT,
            region_code TEXT,
            confidence REAL NOT NULL,
            rules TEXT NOT NULL,
            number REAL,
            PRIMARY KEY (article, place)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX indicators_id ON indicators (id);
        CREATE INDEX indicators_code ON indicators (code, period_end);
        CREATE INDEX indicators_bulletin ON indicators (bulletin);
        CREATE INDEX indicators_region ON indicators (region_code, code);
        CREATE TABLE dead_letters (
            id TEXT NOT NULL PRIMARY KEY,
            worker TEXT, stage TEXT, code TEXT, reason TEXT, engine INTEGER,
            input TEXT,
            origin_topic TEXT, origin_partition INTEGER, origin_offset INTEGER,
            attempts INTEGER NOT NULL,
            failed_at TEXT,
            key BLOB, value BLOB,
            truncated_from INTEGER
        ) STRICT;
        CREATE TABLE pending (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, "offset" INTEGER NOT NULL,
            article TEXT NOT NULL, engine INTEGER NOT NULL,
            message BLOB NOT NULL,
            PRIMARY KEY (topic, partition, "offset")
        ) STRICT;
        CREATE INDEX pending_reading ON pending (article, engine);
        CREATE TABLE outbox (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, "offset" INTEGER NOT NULL,
            key BLOB, value BLOB,
            PRIMARY KEY (topic, partition, "offset")
        ) STRICT;
        CREATE TABLE outbox_headers (
            topic TEXT NOT NULL, partition INTEGER NOT NULL, "offset" INTEGER NOT NULL,
            place INTEGER NOT NULL,
            name TEXT NOT NULL,
            value BLOB,
            PRIMARY KEY (topic, partition, "offset", place),
            FOREIGN KEY (topic, partition, "offset") REFERENCES outbox ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE progress (
            topic TEXT NOT NULL, partition INTEGER NOT NULL,
            next_offset INTEGER NOT NULL,
            PRIMARY KEY (topic, partition)
        ) STRICT, WITHOUT ROWID;
        """

    /// How much of its region a figure speaks of, and which round of the accounts it is of.
    private static let version2 = """
        ALTER TABLE indicators ADD COLUMN scope TEXT;
        ALTER TABLE indicators ADD COLUMN vintage TEXT;
        """

    /// What was said of bulletins, each with where it came from then; the address that holds stands with the articles.
    private static let origins = """
        CREATE TABLE origins (
            bulletin TEXT NOT NULL,
            given TEXT NOT NULL,
            standing TEXT NOT NULL,
            source TEXT NOT NULL,
            url TEXT,
            received TEXT,
            PRIMARY KEY (bulletin, given, standing)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX origins_url ON origins (url);
        ALTER TABLE articles ADD COLUMN url TEXT;

        """

    /// Which record was applied last, so that a topic made anew is told from the one that was read.
    private static let version4 = """
        ALTER TABLE progress ADD COLUMN mark TEXT;
        """
}

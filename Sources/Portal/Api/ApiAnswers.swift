import BulletinModel
import Foundation
import Panel
import Reading
import Store

extension PageContext {
    /// The interface for programs.
    func api(_ path: [String]) throws -> PortalAnswer {
        guard path.first == "v1" else {
            throw Problem(404, "There is no version \(path.first ?? "") of the interface.")
        }
        if path == ["v1", "openapi.json"] { return json(OpenApi.document(version: portal.contents.version, m)) }
        guard let (endpoint, identifier) = Endpoint.find(Array(path.dropFirst())) else {
            throw Problem(404, "There is no address \(request.rawPath); /api/v1/openapi.json lists all.")
        }
        try endpoint.check(request)
        let isCsv = endpoint.hasCsv && wantsCsv
        switch (path[1], identifier) {
        case ("indicators", nil): return try indicators(isCsv)
        case ("indicators", let id?): return try oneIndicator(id)
        case ("documents", nil): return try documents(isCsv)
        case ("documents", let id?): return try oneDocument(id)
        case ("articles", nil): return try articles(isCsv)
        case ("articles", let id?): return try oneArticle(id)
        case ("series", _):
            let asked = try SeriesRequest(request, names, m.language)
            return isCsv ? try seriesTable(asked) : try seriesJson(asked)
        case ("panel", _): return try panel(isCsv)
        case ("measures", nil): return try measures(isCsv)
        case ("measures", let code?): return try oneMeasure(code)
        case ("regions", nil): return try regions(isCsv)
        case ("regions", let code?): return try oneRegion(code)
        case ("search", _): return try findings()
        default: return try status()
        }
    }

    private var wantsCsv: Bool {
        if let format = request["format"] { return format == "csv" }
        return request.headers["accept"]?.lowercased().hasPrefix("text/csv") == true
    }

    func json(_ bytes: [UInt8]) -> PortalAnswer { PortalAnswer(200, "application/json", bytes) }

    /// A table as CSV; the place to go on stands in a link.
    func csv(_ fields: [String], _ rows: [[DataTable.Value]], next: String? = nil) -> PortalAnswer {
        var table = DataTable(name: "data", title: "Data", about: "", fields: fields.map { .init($0, $0) }, key: [])
        table.rows = rows
        var answer = PortalAnswer(200, "text/csv; charset=utf-8", CsvWriter.bytes(table, mark: false))
        if let next { answer.headers.append(("link", "<\(nextLink(next))>; rel=\"next\"")) }
        return answer
    }

    private func nextLink(_ cursor: String) -> String {
        let path = "/" + request.path.map(Escaped.component).joined(separator: "/")
        return Escaped.link(path, request.query.filter { $0.name != "after" } + [("after", cursor)])
    }

    /// A list with where the next part begins.
    private func list<Item>(_ items: [Item], next: String?, _ write: @escaping (inout JSONWriter, Item) -> Void)
        -> PortalAnswer
    {
        json(
            JSONWriter.line { json in
                json.objects("data", items, write)
                json.member("next", next)
                json.member("next_link", next.map(nextLink))
            })
    }

    private var limit: Int { request["limit"].flatMap { Int($0) } ?? 100 }

    // MARK: Figures

    /// The query of the filters.
    ///
    /// - Throws: ``Problem`` for a measure or a region that is unknown.
    func filter() throws -> IndicatorQuery {
        var query = IndicatorQuery()
        for word in request.all("code") {
            let code = names.measure(word)?.code ?? word
            if !query.codes.contains(code) { query.codes.append(code) }
        }
        query.name = request["name"]
        if let word = request.filled("region") {
            let isDigits = word.utf8.allSatisfy { (0x30...0x39).contains($0) }
            if let division = names.division(word) {
                query.divisions = names.codes(of: division.code)
            } else if isDigits {
                query.region = word
            } else {
                throw Problem(
                    404, "There is no division \(word), or several are called so; give the code.", parameter: "region")
            }
        }
        query.from = request["from"]
        query.to = request["to"]
        query.kind = request["kind"].flatMap(Indicator.Kind.init(rawValue:))
        query.status = request["status"].flatMap(Indicator.Status.init(rawValue:))
        query.scope = request["scope"].flatMap(Indicator.Scope.init(rawValue:))
        query.vintage = request["vintage"].flatMap(Indicator.Vintage.init(rawValue:))
        query.bulletin = request["bulletin"]
        query.text = request["text"]
        return query
    }

    private func indicators(_ isCsv: Bool) throws -> PortalAnswer {
        let after = try request["after"].map { try Cursors.indicator($0) }
        let (rows, next) = try store.page(try filter(), after: after, limit: limit)
        let place = next.map(Cursors.text)
        guard isCsv else { return list(rows, next: place) { FigureRecord($1).write(to: &$0) } }
        return csv(FigureRecord.fields, rows.map { FigureRecord($0).values }, next: place)
    }

    private func oneIndicator(_ id: String) throws -> PortalAnswer {
        guard Cursors.isDigest(id[...], 32), let stored = try store.indicator(IndicatorID(rawValue: id)) else {
            throw Problem(404, "There is no indicator of this identifier.")
        }
        return json(JSONWriter.line { FigureRecord(stored).write(to: &$0) })
    }

    // MARK: Documents

    private func documents(_ isCsv: Bool) throws -> PortalAnswer {
        let after = try request["after"].map { try Cursors.document($0) }
        let (rows, next) = try store.documents(after: after, publisher: request["publisher"], limit: limit)
        let place = next.map(Cursors.text)
        guard isCsv else { return list(rows, next: place) { Records.write($1, to: &$0) } }
        let fields = ["id", "source", "size", "received", "title", "publisher", "published", "articles", "indicators"]
        return csv(
            fields,
            rows.map { entry in
                [
                    .text(entry.id.rawValue), .text(entry.source), .integer(entry.size), .text(entry.received ?? ""),
                    .text(entry.title ?? ""), .text(entry.publisher ?? ""), .text(entry.published ?? ""),
                    .integer(entry.articles), .integer(entry.indicators),
                ]
            }, next: place)
    }

    private func oneDocument(_ id: String) throws -> PortalAnswer {
        guard Cursors.isDigest(id[...], 64), let entry = try store.document(BulletinID(rawValue: id)) else {
            throw Problem(404, "There is no document of this identifier.")
        }
        return json(JSONWriter.line { Records.write(entry, to: &$0) })
    }

    private func articles(_ isCsv: Bool) throws -> PortalAnswer {
        let after = try request["after"].map { try Cursors.article($0) }
        let (rows, next) = try store.articles(
            of: request["bulletin"].map(BulletinID.init(rawValue:)), after: after, limit: limit)
        guard isCsv else { return list(rows, next: next?.rawValue) { Records.write($1, to: &$0) } }
        return csv(
            ["id", "bulletin", "ordinal", "headline", "title", "publisher", "published", "indicators"],
            rows.map { entry in
                [
                    .text(entry.id.rawValue), .text(entry.bulletin.rawValue), .integer(entry.ordinal),
                    .text(entry.headline ?? ""), .text(entry.title ?? ""), .text(entry.publisher ?? ""),
                    .text(entry.published ?? ""), entry.indicators.map { .integer($0) } ?? .none,
                ]
            }, next: next?.rawValue)
    }

    private func oneArticle(_ id: String) throws -> PortalAnswer {
        guard Cursors.isDigest(id[...], 32), let article = try store.article(ArticleID(rawValue: id)) else {
            throw Problem(404, "There is no article of this identifier.")
        }
        return json(JSONWriter.line { Records.write(article, to: &$0) })
    }

    // MARK: Measures and regions

    private func measures(_ isCsv: Bool) throws -> PortalAnswer {
        let counts = try portal.glance.value().measures
        let measures = request["search"].map(names.measures.search) ?? names.measures.measures
        guard isCsv else { return list(measures, next: nil) { Records.write($1, counts[$1.code] ?? 0, to: &$0) } }
        return csv(
            ["code", "name", "unit", "kind", "definition", "indicators"],
            measures.map { measure in
                [
                    .text(measure.code), .text(measure.name), .text(measure.unit ?? ""),
                    .text(measure.kind?.rawValue ?? ""),
                    .text(measure.definition ?? ""), .integer(counts[measure.code] ?? 0),
                ]
            })
    }

    private func oneMeasure(_ code: String) throws -> PortalAnswer {
        guard let measure = names.measures.measure(code), measure.code == code else {
            throw Problem(404, "There is no measure of this code.")
        }
        let count = try portal.glance.value().measures[code] ?? 0
        return json(JSONWriter.line { Records.write(measure, count, to: &$0) })
    }

    private func regions(_ isCsv: Bool) throws -> PortalAnswer {
        let text = request["search"]
        let level = request["level"].flatMap(Division.Level.init(rawValue:))
        let within = request["within"]
        let found = names.divisions.all.filter { division in
            division.years.upperBound == 9999 && (level == nil || division.level == level)
                && (text.map { division.name.contains($0) || division.code.hasPrefix($0) } ?? true)
                && (within.map { division.lies(in: $0) } ?? true)
        }
        guard isCsv else { return list(found, next: nil) { Records.write($1, to: &$0) } }
        return csv(
            ["code", "name", "level"], found.map { [.text($0.code), .text($0.name), .text($0.level.rawValue)] })
    }

    private func oneRegion(_ code: String) throws -> PortalAnswer {
        guard let division = names.division(code: code) else {
            throw Problem(404, "There is no division of this code.")
        }
        return json(JSONWriter.line { Records.write(division, to: &$0) })
    }

    // MARK: Search and status

    private func findings() throws -> PortalAnswer {
        let text = request["q"] ?? ""
        var search = ArticleSearch(text)
        search.publisher = request["publisher"]
        search.year = request["year"]
        search.offset = request["offset"].flatMap { Int($0) } ?? 0
        search.limit = request["limit"].flatMap { Int($0) } ?? 20
        let found = try store.find(search)
        let meant = Meant(text, names)
        var figures: [StoredIndicator] = []
        if let figure = meant.figure {
            var query = IndicatorQuery()
            query.number = figure.number
            figures = try store.newest(query, limit: 50).filter {
                figure.unit.isEmpty || $0.indicator.unit == figure.unit
            }
        }
        return json(
            JSONWriter.line { json in
                json.key("region")
                if let division = meant.division {
                    json.beginObject()
                    Records.write(division, to: &json)
                    json.endObject()
                } else {
                    json.null()
                }
                json.objects("measures", meant.measures) { Records.write($1, nil, to: &$0) }
                json.objects("indicators", figures) { FigureRecord($1).write(to: &$0) }
                json.member("count", found.count)
                json.objects("articles", found.articles) { Records.write($1, to: &$0) }
                json.objects("publishers", found.publishers.prefix(50)) { json, facet in
                    json.member("publisher", facet.name)
                    json.member("count", facet.count)
                }
                json.objects("years", found.years.prefix(50)) { json, facet in
                    json.member("year", facet.name)
                    json.member("count", facet.count)
                }
            })
    }

    private func status() throws -> PortalAnswer {
        let glance = try portal.glance.value()
        let picture = try portal.operations.value()
        return json(
            JSONWriter.line { json in
                json.member("version", portal.contents.version)
                json.member("engine", Engine.version)
                json.member("bulletins", glance.counts.bulletins)
                json.member("articles", glance.counts.articles)
                json.member("indicators", glance.counts.indicators)
                json.member("dead_letters", glance.counts.deadLetters)
                json.member("newest", glance.newest)
                json.objects("workers", picture.workers) { json, worker in
                    json.member("worker", worker.name)
                    json.member("state", worker.state)
                    json.member("lag", worker.lag)
                    json.member("rejected", worker.rejected)
                }
                json.objects("groups", picture.groups) { json, group in
                    json.member("group", group.name)
                    json.member("topic", group.topic)
                    json.member("records", Int(group.records))
                    json.member("lag", Int(group.lag))
                }
            })
    }
}

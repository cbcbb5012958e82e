import BulletinModel
import Foundation
import Reading
import Store
import Testing
import TopicLog

@testable import Audit

@Suite("Audits of a span")
struct AuditorTests {
    private func kinds(_ report: AuditReport) -> [String] {
        report.findings.map { "\($0.kind.rawValue) \($0.subject.rawValue)" }
    }

    @Test("what the workers wrote holds, and everything of it was looked at")
    func holds() throws {
        let world = try AuditWorld()
        try world.write()
        let report = try world.verify()
        #expect(report.holds && report.findings.isEmpty, "\(report.findings)")
        #expect(report.counts.bulletins == 3 && report.counts.articles == world.articles.count)
        #expect(report.counts.indicators == world.indicators.count - report.counts.closings)
        #expect(report.counts.indicators >= 9)
        #expect(report.accounts.reduce(0) { $0 + $1.records } == 3 + world.articles.count + world.indicators.count)
        #expect(report.counts.rows == 3 + world.articles.count + world.indicators.count)
    }

    @Test("a byte of a bulletin that changes in the topic is tampered with")
    func bulletin() throws {
        let world = try AuditWorld()
        var bytes = world.bulletins[0].value ?? []
        bytes[bytes.count - 4] ^= 1
        let records = world.bulletins
        world.bulletins[0] = records[0].with(bytes)
        try world.write(rows: false)
        let report = try world.verify(database: false)
        #expect(kinds(report) == ["tampered bulletin", "missing bulletin"], "\(report.findings)")
        #expect(report.findings[0].message.contains("SHA-256"))
    }

    @Test("a field of an article that changes in the topic is named")
    func article() throws {
        let world = try AuditWorld()
        let text = String(decoding: world.articles[0].value ?? [], as: UTF8.self)
        world.articles[0] = world.articles[0].with(
            Array(text.replacing("\"headline\":\"临江区统计公报\"", with: "\"headline\":\"临江区统计快报\"").utf8))
        try world.write()
        let report = try world.verify()
        #expect(kinds(report) == ["changed article"], "\(report.findings)")
        #expect(report.findings[0].fields.map(\.name) == ["headline"])
        #expect(report.findings[0].fields[0].expected == "临江区统计公报")
    }

    @Test("a value that changes in the topic no longer fits the closing record, and is named")
    func indicator() throws {
        let world = try AuditWorld()
        let text = String(decoding: world.indicators[0].value ?? [], as: UTF8.self)
        world.indicators[0] = world.indicators[0].with(
            Array(text.replacing("\"value\":\"38650000000\"", with: "\"value\":\"38660000000\"").utf8))
        try world.write(rows: false)
        let report = try world.verify(database: false)
        #expect(kinds(report) == ["tampered closing", "changed indicator"], "\(report.findings)")
        let change = try #require(report.findings.last)
        #expect(change.fields == [.init(name: "value", stored: "38660000000", expected: "38650000000")])
        #expect(change.passage?.quote == "386.5亿元" && change.passage?.before.hasSuffix("地区生产总值") == true)
    }

    @Test("a value that changes together with its closing record is still found, by deriving it again")
    func forged() throws {
        let world = try AuditWorld()
        let closingAt = try #require(
            world.indicators.firstIndex { String(decoding: $0.value ?? [], as: UTF8.self).contains("closing.v1") })
        var forged = try world.indicators[..<closingAt].map { try Indicator(message: $0.value ?? []) }
        forged[1].value = "7.2"
        let article = try Article(message: world.articles[0].value ?? [])
        world.indicators.replaceSubrange(...closingAt, with: world.reading(article, forged, world.deriver.version))
        try world.write()
        let report = try world.verify()
        #expect(kinds(report) == ["changed indicator"], "\(report.findings)")
        #expect(report.findings[0].fields.map(\.name) == ["value"])
    }

    @Test("records that are left out are missing, and records that nothing gives are extra")
    func missing() throws {
        let world = try AuditWorld()
        world.articles.remove(at: 1)
        try world.write(rows: false)
        #expect(try kinds(world.verify(database: false)) == ["missing article"])

        let other = try AuditWorld()
        let count = other.indicators.count { $0.key == other.indicators[0].key }
        other.indicators.removeFirst(count)
        try other.write(rows: false)
        #expect(try kinds(other.verify(database: false)) == ["missing closing"])

        let extra = try AuditWorld()
        extra.bulletins.removeLast()
        try extra.write(rows: false)
        #expect(try kinds(extra.verify(database: false)) == ["missing bulletin"])

        let added = try AuditWorld()
        let bulletin = BulletinID(bytes: added.bulletins[0].value ?? [])
        let invented = Article(bulletin: bulletin, ordinal: 2, start: 0, end: 2, text: "捏造")
        var record = added.articles[0].with(invented.message())
        record = Outgoing(
            topic: record.topic, key: record.key, value: record.value,
            headers: record.headers.map { $0.name == "ce_id" ? Header("ce_id", invented.id.rawValue) : $0 })
        added.articles.append(record)
        try added.write(rows: false)
        #expect(try kinds(added.verify(database: false)) == ["extra article"])
    }

    @Test("headers that do not fit their value are tampered with")
    func headers() throws {
        let world = try AuditWorld()
        let record = world.articles[0]
        world.articles[0] = Outgoing(
            topic: record.topic, key: record.key, value: record.value,
            headers: record.headers.map { $0.name == "ce_type" ? Header("ce_type", "gongbao.article.v9") : $0 })
        try world.write(rows: false)
        let report = try world.verify(database: false)
        #expect(kinds(report).first == "tampered article" && report.findings[0].message.contains("ce_type"))
    }

    @Test("garbage counts against the topic unless a dead letter answers it")
    func garbage() throws {
        let world = try AuditWorld()
        world.articles.append(Outgoing(topic: AuditWorld.names.articles, partition: 0, key: [1], value: [2]))
        try world.write(rows: false)
        let report = try world.verify(database: false)
        #expect(kinds(report) == ["tampered article"])
        let offset = try #require(report.findings[0].place.split(separator: "@").last.map(String.init))
        world.bulletins = []
        world.articles = []
        world.indicators = []
        world.letters = [
            Outgoing(
                topic: AuditWorld.names.deadLetters, key: [1], value: [2],
                headers: [Header("origin", offset), Header("origin-partition", "0")])
        ]
        try world.write(rows: false)
        let answered = try world.verify(database: false)
        #expect(answered.holds && answered.counts.rejected == 1)
    }

    @Test("records that are gone from a topic's beginning are missing, and nobody is blamed for tampering")
    func cut() throws {
        let world = try AuditWorld()
        try world.write()
        let partitions = [0, 1].map { TopicPartition(AuditWorld.names.indicators, $0) }
        let ends = try world.log.admin.watermarks(partitions)
        let long = try #require(partitions.first { (ends[$0]?.high ?? 0) > 3 })
        try world.log.admin.deleteRecords(before: [long: 2])
        let report = try world.verify()
        #expect(Set(report.findings.map(\.kind)) == [.missing], "\(report.findings.map(\.message))")
        #expect(report.findings.contains { $0.message.contains("stood before offset 2") })
        #expect(report.notes == ["\(long) begins at offset 2: the records before that are gone."])
    }

    @Test("a dead letter answers the records that say what it says, wherever they stand in a copy")
    func answered() throws {
        let world = try AuditWorld()
        for value: [UInt8] in [[2], [2], [3]] {
            world.articles.append(Outgoing(topic: AuditWorld.names.articles, partition: 0, key: [1], value: value))
        }
        world.letters = [
            Outgoing(
                topic: AuditWorld.names.deadLetters, key: [1], value: [2],
                headers: [Header("origin", "77"), Header("origin-topic", "old.articles")])
        ]
        try world.write(rows: false)
        let report = try world.verify(database: false)
        #expect(report.counts.rejected == 2 && kinds(report) == ["tampered article"], "\(report.findings)")
    }

    @Test(
        "a row that is changed, removed or added is named, in every table",
        arguments: [
            ("UPDATE indicators SET value = '1' WHERE quote = '6.2%'", "changed row", "value"),
            ("UPDATE indicators SET code = 'x' WHERE quote = '6.2%'", "changed row", "code"),
            ("UPDATE indicators SET scope = 'own' WHERE quote = '6.2%'", "changed row", "scope"),
            ("UPDATE indicators SET vintage = 'final' WHERE quote = '6.2%'", "changed row", "vintage"),
            ("DELETE FROM indicators WHERE quote = '6.2%'", "missing row", "6.2%"),
            (
                "INSERT INTO indicators SELECT article, 99, id, bulletin, article_ordinal, start, \"end\", 7, quote, name, "
                    + "value, value_to, unit, kind, base, bound, status, period_start, period_end, code, region, region_code, "
                    + "confidence, rules, number, scope, vintage FROM indicators WHERE quote = '6.2%'", "extra row",
                "6.2%"
            ),
            ("UPDATE indicators SET number = 5 WHERE quote = '6.2%'", "changed row", "number"),
            ("UPDATE articles SET headline = 'x' WHERE headline = '云溪县工作报告'", "changed row", "headline"),
            ("DELETE FROM articles WHERE headline = '云溪县工作报告'", "missing row", "has no row"),
            ("UPDATE bulletins SET bytes = x'00' WHERE source = 'b0.md'", "tampered row", "other bytes"),
            ("UPDATE bulletins SET source = 'x' WHERE source = 'b0.md'", "changed row", "source"),
            ("UPDATE bulletins SET received = 'x' WHERE source = 'b0.md'", "changed row", "time of receipt"),
            ("DELETE FROM bulletins WHERE source = 'b0.md'", "missing row", "has no row"),
            (
                "INSERT INTO bulletins VALUES ('" + String(repeating: "ab", count: 32) + "', 'x', 0, x'', NULL)",
                "extra row", "no record"
            ),
            ("UPDATE readings SET digest = 'x' WHERE count = 5", "changed row", ""),
            ("DELETE FROM readings WHERE count = 5", "missing row", "readings"),
        ])
    func rows(sql: String, kind: String, word: String) throws {
        let world = try AuditWorld()
        try world.write()
        try world.alter(sql)
        let report = try world.verify()
        #expect(kinds(report) == [kind], "\(report.findings)")
        let finding = try #require(report.findings.first)
        #expect(word.isEmpty || finding.message.contains(word), "\(finding.message)")
    }

    @Test("readings of another engine or lexicon are classed as such, and only where they differ")
    func otherEngine() throws {
        let world = try AuditWorld()
        try world.write()
        let other = Deriver(
            Engine(lexicon: try Lexicon(tables: AuditWorld.words(with: ["measures.tsv": "output\t地区生产总值\n"]))))
        let report = try world.verify(with: other)
        #expect(Set(kinds(report)) == ["other_engine indicator"])
        #expect(report.findings.allSatisfy { $0.fields.contains { $0.name == "code" && $0.expected == "output" } })
        // An article that both read alike holds, whoever read it.
        #expect(report.counts.readings == world.articles.count - 1)
    }

    @Test("a span is one of bulletins, and what follows from them is found behind it")
    func span() throws {
        let world = try AuditWorld()
        for (place, record) in (world.bulletins).enumerated() {
            world.bulletins[place] = Outgoing(
                topic: record.topic, partition: 0, key: record.key, value: record.value, headers: record.headers,
                timestamp: Timestamp(milliseconds: Int64(place) * 1000))
        }
        try world.write()
        let first = try world.verify(.init(to: Timestamp(milliseconds: 1000)))
        #expect(first.holds && first.counts.bulletins == 1, "\(first.findings)")
        let rest = try world.verify(.init(from: Timestamp(milliseconds: 1000)))
        #expect(rest.holds && rest.counts.bulletins == 2, "\(rest.findings)")
        try world.alter("DELETE FROM articles")
        #expect(try world.verify(.init(to: Timestamp(milliseconds: 1000))).differences == 1)
    }

    @Test("each row says which of its own columns do not fit, also where both of an article's are changed")
    func columns() throws {
        let world = try AuditWorld()
        try world.write()
        try world.alter("UPDATE articles SET headline = '别的'; UPDATE indicators SET number = 1")
        let report = try world.verify()
        let articles = report.findings.filter { $0.place == "table articles" }.map(\.message)
        #expect(articles.count == 3 && articles.allSatisfy { $0.hasSuffix("says: column headline.") }, "\(articles)")
        let readings = report.findings.filter { $0.place == "table readings" }.map(\.message)
        #expect(!readings.isEmpty && readings.allSatisfy { $0.contains("(column number)") }, "\(readings)")
    }
}

import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Audit

/// Audits and proofs of bulletins with which something was said.
@Suite("What was given, in audits and proofs")
struct GivenAuditTests {
    private let text = "今年1至4月，完成投资120亿元，比上年同期增长5.5%。"
    private let first: GivenData
    private let other: GivenData

    init() throws {
        first = try GivenData(url: "https://example.org/a", publisher: "统计局", published: "2023-05-18")
        other = try GivenData(url: "https://example.org/b", published: "2021-05-18")
    }

    private func world(_ offers: [BulletinOffer]) throws -> AuditWorld {
        let lexicon = AuditWorld.words(with: ["measures.tsv": ""], for: [text])
        let world = try AuditWorld([], lexicon: lexicon)
        for offer in offers { try world.add(text, source: "a.txt", with: world.deriver, offer: offer) }
        return world
    }

    private func kinds(_ report: AuditReport) -> [String] {
        report.findings.map { "\($0.kind.rawValue) \($0.subject.rawValue)" }
    }

    @Test("the audit derives from the bytes and what was given, whether it came first, was kept or was restated")
    func holds() throws {
        for offers in [
            [BulletinOffer(first)], [BulletinOffer(first), BulletinOffer(other, standing: .further)],
            [BulletinOffer(first), BulletinOffer(other, standing: .restated)],
            [BulletinOffer(), BulletinOffer(first, standing: .restated), BulletinOffer(standing: .restated)],
        ] {
            let world = try world(offers)
            try world.write()
            let report = try world.verify()
            #expect(report.holds && report.counts.articles == 1, "\(report.findings)")
            #expect(report.counts.indicators == 2)
            let origins = offers.count { $0 != BulletinOffer() }
            #expect(report.counts.rows == 1 + origins + 1 + 3)
        }
    }

    @Test("a day that changes in the record is found in what follows from it")
    func changed() throws {
        let world = try world([BulletinOffer(first)])
        world.bulletins = world.bulletins.map { record in
            Outgoing(
                topic: record.topic, key: record.key, value: record.value,
                headers: record.headers.map { header in
                    header.name == BulletinOffer.givenHeader
                        ? Header(header.name, first.json.replacing("2023-05-18", with: "2024-05-18")) : header
                })
        }
        try world.write(rows: false)
        #expect(
            try kinds(world.verify(database: false)) == ["changed article", "changed indicator", "changed indicator"])
    }

    @Test("headers that were not written so are tampered with")
    func forged() throws {
        let world = try world([BulletinOffer()])
        world.bulletins = world.bulletins.map { record in
            Outgoing(
                topic: record.topic, key: record.key, value: record.value,
                headers: record.headers + [Header(BulletinOffer.givenHeader, #"{"url":"ftp://example.org"}"#)])
        }
        try world.write(rows: false)
        #expect(try kinds(world.verify(database: false)).first == "tampered bulletin")
    }

    @Test("a restated article that is left out is missing, and rows of what held before it are changed")
    func restated() throws {
        let lost = try world([BulletinOffer(first), BulletinOffer(other, standing: .restated)])
        lost.articles.removeLast()
        try lost.write(rows: false)
        #expect(try kinds(lost.verify(database: false)) == ["missing article"])
        let late = try world([BulletinOffer(first), BulletinOffer(other, standing: .restated)])
        late.indicators.removeLast(3)
        try late.write(rows: false)
        #expect(try kinds(late.verify(database: false)) == ["changed indicator", "changed indicator"])
    }

    @Test(
        "what was given stands in the database as the records say",
        arguments: [
            ("DELETE FROM origins WHERE standing = 'further'", "missing row"),
            ("UPDATE origins SET source = 'x' WHERE standing = 'further'", "changed row"),
            ("UPDATE origins SET url = 'https://example.org/x'", "missing row"),
            (
                "INSERT INTO origins SELECT bulletin, '{}', 'further', source, NULL, received FROM origins LIMIT 1",
                "extra row"
            ),
            ("UPDATE articles SET url = 'https://example.org/x'", "changed row"),
        ])
    func rows(_ sql: String, _ expected: String) throws {
        let world = try world([BulletinOffer(first), BulletinOffer(other, standing: .further)])
        try world.write()
        try world.alter(sql)
        let found = try kinds(world.verify())
        #expect(found.first == expected || found.last == expected, "\(found)")
    }

    @Test("a proof names it and derives the figure with it, also the restated one")
    func proof() throws {
        let signer = try NoteSigner(generating: "example.org/gongbao")
        let world = try world([
            BulletinOffer(first), BulletinOffer(GivenData(), standing: .restated),
            BulletinOffer(other, standing: .restated),
        ])
        try world.write()
        let proof = try world.prove("120亿元", try world.archive(signer))
        let check = try ProofCheck(proof, key: signer.verifier)
        #expect(check.isDerivedAgain && check.indicator.period?.start == "2021-01-01")
        #expect(check.sentences.contains { $0.contains("url https://example.org/b, published 2021-05-18") })
    }
}

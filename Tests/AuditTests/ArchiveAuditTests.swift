import BulletinModel
import Foundation
import Reading
import Testing
import TopicLog

@testable import Audit

@Suite("Audits of an archive")
struct ArchiveAuditTests {
    private func archived() throws -> (AuditWorld, ArchiveReader) {
        let world = try AuditWorld()
        try world.write()
        return (world, try world.archive(try NoteSigner(generating: "example.org/gongbao")))
    }

    @Test("an archive holds as its log does")
    func holds() throws {
        let (world, reader) = try archived()
        let report = try world.verify(source: ArchiveSource(reader), sheets: 3)
        #expect(report.holds && report.counts.bulletins == 3, "\(report.findings)")
        #expect(report.counts.indicators == (try world.verify()).counts.indicators)
    }

    @Test("a byte that changes in any segment is tampered with, and the file is named")
    func flipped() throws {
        let (world, reader) = try archived()
        for segment in reader.manifest.entries {
            let file = URL(filePath: reader.path).appending(path: segment.name + ".zst")
            let good = try Data(contentsOf: file)
            var bad = good
            bad[bad.count / 2] ^= 1
            try bad.write(to: file)
            let report = try world.verify(source: ArchiveSource(reader))
            let found = report.findings.filter { $0.kind == .tampered && $0.message.contains(segment.name) }
            #expect(found.count == 1, "\(segment.name): \(report.findings.map(\.message))")
            try FileManager.default.removeItem(at: file)
            let missing = try world.verify(source: ArchiveSource(reader))
            #expect(missing.findings.contains { $0.kind == .missing && $0.message.contains(segment.name) })
            try good.write(to: file)
        }
        #expect(try world.verify(source: ArchiveSource(reader)).holds)
    }

    @Test("a manifest or checkpoint that changes proves nothing any more")
    func manifest() throws {
        let (world, reader) = try archived()
        let file = URL(filePath: reader.path).appending(path: "manifest")
        let good = try Data(contentsOf: file)
        var bad = good
        let digit = try #require(good.firstRange(of: Data("\"sha256\":\"".utf8))).upperBound
        bad[digit] = bad[digit] == 0x30 ? 0x31 : 0x30
        try bad.write(to: file)
        let report = try world.verify(source: ArchiveSource(try ArchiveReader(path: reader.path)))
        #expect(report.findings.contains { $0.subject == .archive && $0.kind == .tampered && $0.place == "manifest" })
    }

    @Test("a checkpoint that is gone, or of another key, is told where a key is given")
    func checkpoint() throws {
        let world = try AuditWorld()
        try world.write()
        let signer = try NoteSigner(generating: "example.org/gongbao")
        let path = try world.archive(signer).path
        func verify(_ key: NoteVerifier?) throws -> AuditReport {
            try world.verify(source: ArchiveSource(try ArchiveReader(path: path), verifier: key))
        }
        #expect(try verify(signer.verifier).holds)
        let stranger = try verify(try NoteSigner(generating: "example.org/gongbao").verifier)
        #expect(stranger.findings.map(\.place) == ["checkpoint"] && stranger.findings.first?.kind == .tampered)
        try FileManager.default.removeItem(atPath: path + "/checkpoint")
        #expect(try verify(nil).holds)
        let gone = try verify(signer.verifier)
        #expect(gone.findings.map(\.place) == ["checkpoint"] && gone.findings.first?.kind == .missing)
    }

    @Test("another lexicon shows what it would change, with the passage")
    func compare() throws {
        let (world, reader) = try archived()
        let new = Engine(
            lexicon: try Lexicon(
                tables: AuditWorld.words(with: ["measures.tsv": "output\t地区生产总值\ngrain_output\t粮食产量\n"])))
        var comparison = EngineComparison(examples: 2)
        try comparison.compare(
            ArchiveSource(reader), topic: AuditWorld.names.bulletins, .init(), old: world.deriver.engine, new: new)
        #expect(comparison.bulletins == 3 && comparison.totals == [.changed: 4], "\(comparison.totals)")
        #expect(comparison.fields["code"] == 4 && comparison.examples.count == 2)
        #expect(comparison.examples.allSatisfy { $0.passage?.quote == $0.indicator.quote })
        var none = EngineComparison(examples: 2)
        try none.compare(
            ArchiveSource(reader), topic: AuditWorld.names.bulletins, .init(), old: new, new: new)
        #expect(none.isEmpty && none.same > 8)
    }
}

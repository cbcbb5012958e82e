import BulletinModel
import Foundation
import Reading
import Store
import Testing
import TopicLog

@testable import Audit

/// Bulletins whose text something besides the engine makes, as pdftotext does of PDF files: another
/// version of it is another engine, and no sign of tampering.
@Suite struct OtherDecoderTests {
    private static let pdf = "%PDF-1.4 stands for a file"
    private static let page = "# 云溪县公报\n\n2024年，粮食产量42.3万吨，增长1.5%。\n"

    private static func converter(_ version: String, _ text: String) -> PdfText {
        PdfText(
            version: { () throws(DecodeError) in version }, text: { _, _ throws(DecodeError) in Array(text.utf8) })
    }

    private func deriver(_ pdf: PdfText?) throws -> Deriver {
        Deriver(Engine(lexicon: try Lexicon(tables: AuditWorld.lexicon), pdf: pdf))
    }

    /// A log with one PDF beside a text, written with this converter.
    private func world() throws -> AuditWorld {
        let world = try AuditWorld([Self.pdf, AuditWorld.texts[0]], pdf: Self.converter("converter 1", Self.page))
        try world.write()
        return world
    }

    @Test("the same version holds the records to the same text, and finds what was changed")
    func same() throws {
        let world = try world()
        #expect(try world.verify().holds)
        let other = try deriver(Self.converter("converter 1", Self.page.replacing("42.3", with: "43.3")))
        #expect(try world.verify(with: other).totals[.changed] ?? 0 > 0)
    }

    @Test("another version that gives the same text changes nothing")
    func equal() throws {
        let world = try world()
        #expect(try world.verify(with: deriver(Self.converter("converter 2", Self.page))).holds)
    }

    @Test(
        "another version that gives another text is another engine",
        arguments: [
            page.replacing("42.3", with: "42 .3"), page.replacing("云溪县公报", with: "公报"), page + "另见表1。\n", "\u{C}",
        ])
    func different(text: String) throws {
        let world = try world()
        let report = try world.verify(with: deriver(Self.converter("converter 2", text)))
        #expect(!report.holds && Set(report.totals.filter { $0.value > 0 }.keys) == [.otherEngine])
        try world.alter("UPDATE indicators SET value = '9' WHERE quote = '42.3万吨'")
        let altered = try world.verify(with: deriver(Self.converter("converter 2", text)))
        #expect(altered.totals[.changed] ?? 0 > 0, "rows are held to their records all the same")
    }

    @Test("without the converter an audit says so and blames no bulletin")
    func missing() throws {
        let missing = DecodeError(code: "pdf_tool", cause: .setup, "There is none.")
        let lacking = PdfText(
            version: { () throws(DecodeError) in throw missing }, text: { _, _ throws(DecodeError) in throw missing })
        let world = try world()
        #expect { try world.verify(with: deriver(lacking)) } throws: { ($0 as? Failure)?.kind == .setup }
    }

    @Test("a proof derives again with the same version, and without it holds the figure to its article")
    func proof() throws {
        let world = try world()
        let signer = try NoteSigner(generating: "example.org/gongbao")
        let proof = try world.prove("1.5%", try world.archive(signer))
        let full = try ProofCheck(proof, key: signer.verifier, pdf: Self.converter("converter 1", Self.page))
        #expect(full.isDerivedAgain && full.sentences.contains { $0.contains("that converter 1 made") })
        for pdf in [nil, Self.converter("converter 2", "其他")] {
            let check = try ProofCheck(proof, key: signer.verifier, pdf: pdf)
            #expect(!check.isDerivedAgain && check.sentences.last?.contains("no converter 1") == true)
        }
    }
}

import Documents
import Foundation
import Reading
import Testing

@Suite struct DocumentConverterTests {
    @Test func formatsAreToldByWhatIsInside() {
        let converter = DocumentConverter()
        #expect(converter.format(of: PackageMaker.word("")) == .docx)
        #expect(converter.format(of: PackageMaker.workbook("")) == .xlsx)
        #expect(converter.format(of: PackageMaker.zip([("公报.md", "# 一")])) == .archive)
        #expect(converter.format(of: Array("全市产值3亿元".utf8)) == nil)
    }

    @Test func anArchiveHasItsFilesAsMembers() throws {
        let archive = PackageMaker.zip([("公报/一.md", "# 一"), ("__MACOSX/公报/一.md", "x"), ("公报/.DS_Store", "x")])
        #expect(try DocumentConverter().members(of: archive).map(\.name) == ["公报/一.md"])
        let text = try DocumentConverter().text(of: archive)
        #expect(text.isContainer && text.scalars.isEmpty)
    }

    @Test(arguments: [PackageMaker.Form.zip, .sevenZip, .tar, .tarGzip, .tarXz])
    func archivesOfAllFormsHaveTheSameMembers(_ form: PackageMaker.Form) throws {
        let archive = PackageMaker.archive(form, [("a/一.md", Array("# 一".utf8)), ("二.txt", Array("5亿元".utf8))])
        let converter = DocumentConverter()
        #expect(converter.holdsMembers(archive))
        let members = try converter.members(of: archive)
        #expect(members.map(\.name) == ["a/一.md", "二.txt"])
        #expect(members.map { String(decoding: $0.bytes, as: UTF8.self) } == ["# 一", "5亿元"])
    }

    @Test func aCompressedFileIsAnArchiveOfOne() throws {
        let members = try DocumentConverter().members(of: PackageMaker.archive(.gzip, [("x", Array("5亿元".utf8))]))
        #expect(members.map { String(decoding: $0.bytes, as: UTF8.self) } == ["5亿元"])
    }

    @Test("a 7z archive whose names are encrypted, too, is told to be encrypted and not damaged")
    func encryptedNames() throws {
        let archive = Array(
            try #require(
                Data(
                    base64Encoded:
                        "N3q8ryccAAQksZ2dgAAAAAAAAAAoAAAAAAAAAIIK88xCz6yLv7bUG56P6xhiKPtelYLKu453KRyH9+T5q9st4aMBDT"
                        + "eOoWmrjgqExq48EsPLJ16Ri2UDUSifg/aLv8hhRzd5rUlT8LVEDHKvMZ5F0Ki3cKOoCUupb5/fVjsXrxOeGnjRahys"
                        + "17t7ZxB4bh4L0YGEZjB63t9fT2f1MZUBHBcGEAEJcAAHCwEAASQG8QcBElMPZmlBe9zlP8/oMLajJ+BgrQxjAAA=")))
        #expect {
            try DocumentConverter().members(of: archive)
        } throws: {
            ($0 as? DecodeError)?.code == "document_encrypted"
        }
    }

    @Test func archivesBeyondTheBoundsAreRefusedWithTheirReason() {
        var bounds = PackageBounds()
        bounds.entries = 3
        let many = PackageMaker.zip((0..<4).map { ("\($0).txt", "\($0)") })
        #expect { try DocumentConverter(bounds: bounds).members(of: many) } throws: { "\($0)".contains("3 entries") }
        bounds.totalBytes = 1 << 20
        bounds.entries = 10
        let zeros = [UInt8](repeating: 0x30, count: 3 << 20)
        for form in [PackageMaker.Form.zip, .tarGzip, .gzip] {
            let large = PackageMaker.archive(form, [("x", zeros)])
            #expect {
                try DocumentConverter(bounds: bounds).members(of: large)
            } throws: {
                ($0 as? DecodeError)?.code == "package_too_large"
            }
        }
        let empty = PackageMaker.zip([(".DS_Store", "x")])
        #expect { try DocumentConverter().text(of: empty) } throws: { ($0 as? DecodeError)?.code == "document_no_text" }
    }

    @Test func aBombIsRefusedBeforeItIsUnpacked() {
        let bomb = PackageMaker.zip([("word/document.xml", [UInt8](repeating: 0x20, count: 40 << 20))])
        #expect { try PackageMaker.text(bomb) } throws: { ($0 as? DecodeError)?.code == "package_too_large" }
    }

    @Test func entitiesOfADocumentsOwnAreNotExpanded() {
        let body =
            "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><document><p>&b;</p></document>"
        let bytes = PackageMaker.zip([("word/document.xml", body)])
        #expect { try PackageMaker.text(bytes) } throws: { ($0 as? DecodeError)?.code == "document_damaged" }
    }

    @Test func damagedDocumentsGiveAReasonAndNeverMore() {
        let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>0.5</v></c></row>"
        let originals = [
            PackageMaker.word("<w:p><w:r><w:t>产值3亿元</w:t></w:r></w:p>"),
            PackageMaker.workbook(rows, merged: "<mergeCell ref=\"A1:B2\"/>", strings: ["甲"]),
            Array(
                "From: a\r\nSubject: =?utf-8?B?5L2g?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n5%\r\n--b--\r\n"
                    .utf8),
        ]
        var state: UInt64 = 20_261_130
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for original in originals {
            for _ in 0..<300 {
                var bytes = original
                for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
                if next(4) == 0 { bytes.removeLast(next(bytes.count)) }
                let converter = DocumentConverter()
                guard converter.format(of: bytes) != nil else { continue }
                do throws(DecodeError) {
                    let text = try converter.text(of: bytes)
                    #expect(text.scalars.count < 100_000)
                } catch {
                    #expect(!error.code.isEmpty && error.cause == .bytes)
                }
            }
        }
    }
}

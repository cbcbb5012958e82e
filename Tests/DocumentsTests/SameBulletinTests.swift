import BulletinModel
import Documents
import Foundation
import Reading
import Testing

/// One bulletin in all forms in which offices send it.
@Suite("The same bulletin in fourteen forms")
struct SameBulletinTests {
    private static let title = "临江市2024年国民经济和社会发展统计公报"
    private static let paragraphs = [
        "2024年，全市地区生产总值386.5亿元，比上年增长6.2%。其中，第一产业增加值29.7亿元，增长2.2%；第二产业增加值154.6亿元，增长4.4%。",
        "一般公共预算收入21.7亿元，增长3.1%。粮食产量42.3万吨，下降1.5%。",
        "年末常住人口63.2万人，城镇登记失业率2.9%。城镇新增就业8600人，完成年度目标的112%。",
    ]

    private static func engine() throws -> Engine {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized
        var tables: [String: String] = [:]
        for name in Lexicon.tableNames {
            tables[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        let converter = DocumentConverter()
        return Engine(
            lexicon: try Lexicon(tables: tables),
            documents: DocumentText(
                decoder: { converter.format(of: $0)?.decoder },
                text: { bytes throws(DecodeError) in try converter.text(of: bytes) }))
    }

    /// Values, units, names, periods and regions, in reading order.
    private static func figures(_ bytes: [UInt8], _ engine: Engine) throws -> [String] {
        try engine.segment(engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract).map {
            [
                $0.name, $0.value, $0.unit, $0.kind.rawValue, $0.period?.start, $0.period?.end, $0.region?.code,
                $0.code,
            ].map { $0 ?? "-" }.joined(separator: " ")
        }
    }

    private static let lines = [title] + paragraphs
    private static let plain = lines.joined(separator: "\n\n") + "\n"
    private static let html =
        "<html><head><meta charset=\"utf-8\"></head><body><h1>\(title)</h1>"
        + paragraphs.map { "<p>\($0)</p>" }.joined() + "</body></html>"

    /// A text in another encoding, by the C library.
    private static func coded(_ text: String, _ encoding: String) -> [UInt8] {
        let converter = iconv_open(encoding, "UTF-8")
        defer { iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 4)
        let used = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, fromLeft, to, toLeft) = (source.baseAddress, source.count, target.baseAddress, target.count)
                _ = iconv(converter, &from, &fromLeft, &to, &toLeft)
                return target.count - toLeft
            }
        }
        return output.prefix(used).map { UInt8(bitPattern: $0) }
    }

    private static func utf16(_ text: String) -> [UInt8] {
        [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    }

    private static let presentation: [UInt8] = {
        let names =
            "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            + "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
        func shape(_ text: String, _ kind: String) -> String {
            "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"\(kind)\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>"
        }
        return PackageMaker.zip([
            (
                "ppt/presentation.xml",
                "<p:presentation \(names)><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId1\"/></p:sldIdLst></p:presentation>"
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"t\" Target=\"slides/slide1.xml\"/></Relationships>"
            ),
            (
                "ppt/slides/slide1.xml",
                "<p:sld \(names)><p:cSld><p:spTree>" + shape(title, "title")
                    + paragraphs.map { shape($0, "body") }.joined() + "</p:spTree></p:cSld></p:sld>"
            ),
        ])
    }()

    private static func openDocument(_ body: String) -> [UInt8] {
        let names = ["office", "text", "table"].map {
            "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
        }.joined(separator: " ")
        return PackageMaker.zip([
            ("META-INF/manifest.xml", "<manifest/>"),
            (
                "content.xml",
                "<office:document-content \(names)><office:body>\(body)</office:body></office:document-content>"
            ),
        ])
    }

    private static let fixed: [UInt8] = {
        // Lines of a page 210 mm wide, one below the other, and a space between paragraphs.
        var objects = ""
        var y = 20
        for (number, line) in lines.enumerated() {
            let letters = Array(line)
            for start in stride(from: 0, to: letters.count, by: 40) {
                let part = String(letters[start..<min(letters.count, start + 40)])
                let x = number == 0 ? 50 : start == 0 ? 28 : 20
                objects +=
                    "<TextObject Boundary=\"\(x) \(y) 180 5\" Size=\"4\"><TextCode X=\"0\" Y=\"4\" DeltaX=\"g \(part.count - 1) 4\">\(part)</TextCode></TextObject>"
                y += 7
            }
            y += number == 0 ? 14 : 0
        }
        return PackageMaker.zip([
            ("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
            (
                "Doc_0/Document.xml",
                "<Document><Pages><Page ID=\"1\" BaseLoc=\"Pages/0/Content.xml\"/></Pages></Document>"
            ),
            ("Doc_0/Pages/0/Content.xml", "<Page><Content><Layer>\(objects)</Layer></Content></Page>"),
        ])
    }()

    private static func message(_ type: String, _ body: String) -> [UInt8] {
        let coded = Data(body.utf8).base64EncodedString(options: .lineLength76Characters)
        return Array(
            "From: office@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\(coded)\r\n"
                .utf8)
    }

    private static let webArchive = Array(
        ("From: <saved>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=\"text/html\"\r\n\r\n--b\r\n"
            + "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + Data(html.utf8).base64EncodedString(options: .lineLength76Characters) + "\r\n--b--\r\n").utf8)

    private static let forms: [(name: String, bytes: [UInt8])] = [
        ("text", Array(plain.utf8)), ("UTF-16", utf16(plain)),
        ("GB 18030", coded(plain, "GB18030")),
        ("Markdown", Array(("# " + plain).utf8)), ("HTML", Array(html.utf8)),
        (
            "DOCX",
            PackageMaker.word(
                "<w:p><w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:t>\(title)</w:t></w:r></w:p>"
                    + paragraphs.map { "<w:p><w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined(),
                styles: "<w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>")
        ),
        (
            "DOC",
            CompoundMaker.word(
                [CompoundMaker.Paragraph(text: title + "\r", style: 1)]
                    + paragraphs.map { CompoundMaker.Paragraph(text: $0 + "\r") })
        ),
        (
            "XLSX",
            PackageMaker.workbook(
                lines.indices.map { "<row r=\"\($0 + 1)\"><c r=\"A\($0 + 1)\" t=\"s\"><v>\($0)</v></c></row>" }
                    .joined(),
                strings: lines)
        ), ("PPTX", presentation),
        (
            "ODT",
            openDocument(
                "<office:text><text:h text:outline-level=\"1\">\(title)</text:h>"
                    + paragraphs.map { "<text:p>\($0)</text:p>" }.joined() + "</office:text>")
        ),
        (
            "ODS",
            openDocument(
                "<office:spreadsheet><table:table table:name=\"Sheet1\">"
                    + lines.map {
                        "<table:table-row><table:table-cell><text:p>\($0)</text:p></table:table-cell></table:table-row>"
                    }.joined() + "</table:table></office:spreadsheet>")
        ), ("OFD", fixed), ("EML", message("text/plain", plain)), ("MHTML", webArchive),
    ]

    @Test("each gives the same figures: values, units, names, periods, regions and codes")
    func same() throws {
        let engine = try Self.engine()
        #expect(Self.forms.count == 14)
        let expected = try Self.figures(Self.forms[0].bytes, engine)
        #expect(expected.count == 14, "\(expected)")
        for form in Self.forms.dropFirst() {
            let found = try Self.figures(form.bytes, engine)
            #expect(found == expected, "\(form.name): \(found)")
        }
    }
}

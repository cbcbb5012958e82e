import Documents
import Reading
import Testing

@Suite struct FixedLayoutDocumentTests {
    private func document(_ objects: String, template: String = "", drawings: String = "") -> [UInt8] {
        PackageMaker.zip([
            ("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
            (
                "Doc_0/Document.xml",
                """
                <Document><CommonData><DocumentRes>Res.xml</DocumentRes><PublicRes>Fonts.xml</PublicRes>
                <TemplatePage ID="7" BaseLoc="Tpls/0.xml"/></CommonData>
                <Pages><Page ID="1" BaseLoc="Pages/0/Content.xml"/></Pages></Document>
                """
            ),
            ("Doc_0/Res.xml", "<Res><CompositeGraphicUnits>\(drawings)</CompositeGraphicUnits></Res>"),
            ("Doc_0/Tpls/0.xml", "<Page><Content><Layer>\(template)</Layer></Content></Page>"),
            (
                "Doc_0/Pages/0/Content.xml",
                "<Page><Template TemplateID=\"7\"/><Content><Layer>\(objects)</Layer></Content></Page>"
            ),
        ])
    }

    private func drawing(_ id: Int, _ content: String) -> String {
        "<CompositeGraphicUnit ID=\"\(id)\" Width=\"900\" Height=\"900\"><Content>\(content)</Content></CompositeGraphicUnit>"
    }

    private func use(_ id: Int, scale: Double = 1) -> String {
        "<CompositeObject ID=\"9\" ResourceID=\"\(id)\" Boundary=\"10 10 90 90\" CTM=\"\(scale) 0 0 \(scale) 0 0\"/>"
    }

    private func piece(_ x: Int, _ y: Int, _ text: String) -> String {
        "<TextObject Boundary=\"\(x) \(y) 80 5\" Size=\"4\"><TextCode X=\"0\" Y=\"4\" DeltaX=\"g \(text.count - 1) 4\">\(text)</TextCode></TextObject>"
    }

    @Test func piecesComeInReadingOrderWithTheirGaps() throws {
        let text = try PackageMaker.text(
            document(piece(60, 30, "5.3") + piece(20, 20, "全市产值") + piece(20, 30, "合计") + piece(36, 20, "3亿元")))
        #expect(text == "全市产值3亿元\n合计" + String(repeating: " ", count: 16) + "5.3\n")
    }

    @Test("text of drawings and of the page underneath stands where they put it")
    func drawingsAndTemplates() throws {
        let text = try PackageMaker.text(
            document(
                piece(20, 40, "合计3亿元") + use(4, scale: 0.5), template: piece(20, 5, "云溪县公报"),
                drawings: drawing(4, piece(20, 20, "全县产值") + use(5)) + drawing(5, piece(100, 10, "一季度"))))
        #expect(text == "云溪县公报\n全县产值" + String(repeating: " ", count: 37) + "一季度\n合计3亿元\n")
    }

    @Test("drawings that hold one another, or thousands of others, end")
    func nested() throws {
        let round = document(piece(1, 1, "产值3亿元") + use(4), drawings: drawing(4, piece(2, 50, "甲") + use(4)))
        #expect(try PackageMaker.text(round).hasPrefix("产值3亿元"))
        let bomb = (0..<6).map { drawing($0, String(repeating: use($0 + 1), count: 60)) }.joined()
        #expect { try PackageMaker.text(document(use(0), drawings: bomb)) } throws: {
            ($0 as? DecodeError)?.code == "document_too_long"
        }
    }

    @Test func pagesOfPicturesAreNamedAsSuch() {
        #expect { try PackageMaker.text(document("<ImageObject/>")) } throws: {
            ($0 as? DecodeError)?.code == "document_no_text"
        }
    }
}

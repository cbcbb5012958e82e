import Documents
import Reading
import Testing

@Suite struct FixedLayoutDocumentTests {
    private func document(_ objects: String) -> [UInt8] {
        PackageMaker.zip([
            ("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"),
            (
                "Doc_0/Document.xml",
                "<Document><Pages><Page ID=\"1\" BaseLoc=\"Pages/0/Content.xml\"/></Pages></Document>"
            ),
            ("Doc_0/Pages/0/Content.xml", "<Page><Content><Layer>\(objects)</Layer></Content></Page>"),
        ])
    }

    private func piece(_ x: Int, _ y: Int, _ text: String) -> String {
        "<TextObject Boundary=\"\(x) \(y) 80 5\" Size=\"4\"><TextCode X=\"0\" Y=\"4\" DeltaX=\"g \(text.count - 1) 4\">\(text)</TextCode></TextObject>"
    }

    @Test func piecesComeInReadingOrderWithTheirGaps() throws {
        let text = try PackageMaker.text(
            document(piece(60, 30, "5.3") + piece(20, 20, "全市产值") + piece(20, 30, "合计") + piece(36, 20, "3亿元")))
        #expect(text == "全市产值3亿元\n合计" + String(repeating: " ", count: 16) + "5.3\n")
    }

    @Test func pagesOfPicturesAreNamedAsSuch() {
        #expect { try PackageMaker.text(document("<ImageObject/>")) } throws: {
            ($0 as? DecodeError)?.code == "document_no_text"
        }
    }
}

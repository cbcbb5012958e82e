import Documents
import Reading
import Testing

@Suite struct OpenDocumentTests {
    private func document(_ body: String, manifest: String = "<manifest/>") -> [UInt8] {
        let names = ["office", "text", "table"].map {
            "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0):1.0\""
        }.joined(separator: " ")
        return PackageMaker.zip([
            ("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", manifest),
            (
                "content.xml",
                "<office:document-content \(names)><office:body>\(body)</office:body></office:document-content>"
            ),
        ])
    }

    @Test func textHeadingsAndBlanks() throws {
        let text = try PackageMaker.text(
            document(
                "<text:h text:outline-level=\"2\">工业</text:h><text:p>产值<text:s text:c=\"2\"/>3<text:span>亿元</text:span><text:note>注</text:note>。</text:p>"
            ))
        #expect(text.contains("<h2>工业</h2>\n<p>产值  3亿元。</p>"))
    }

    @Test func sheetsTellWhatIsShown() throws {
        let row = """
            <table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>2023年</text:p></table:table-cell><table:covered-table-cell/>\
            <table:table-cell table:number-columns-repeated="16000"/></table:table-row>\
            <table:table-row><table:table-cell><text:p>5.3%</text:p></table:table-cell><table:table-cell><text:p>8</text:p></table:table-cell></table:table-row>
            """
        let text = try PackageMaker.text(document("<table:table table:name=\"工业\">\(row)</table:table>"))
        #expect(
            text.contains(
                "<h2>工业</h2>\n<table>\n<tr><td colspan=\"2\">2023年</td></tr>\n<tr><td>5.3%</td><td>8</td></tr>"))
    }

    @Test func aPasswordIsNamed() {
        let bytes = document(
            "<text:p>5</text:p>", manifest: "<manifest><file-entry><encryption-data/></file-entry></manifest>")
        #expect { try PackageMaker.text(bytes) } throws: { ($0 as? DecodeError)?.code == "document_encrypted" }
    }
}

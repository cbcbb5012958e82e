import Documents
import Testing

@Suite struct WordDocumentTests {
    private func p(_ text: String, _ properties: String = "") -> String {
        "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
    }

    @Test func headingsComeFromStylesAndLevels() throws {
        let styles =
            "<w:style w:styleId=\"a1\"><w:name w:val=\"heading 2\"/></w:style><w:style w:styleId=\"a2\"><w:name w:val=\"Title\"/></w:style>"
        let body =
            p("全市经济运行情况", "<w:pStyle w:val=\"a2\"/>") + p("工业", "<w:pStyle w:val=\"a1\"/>")
            + p("投资", "<w:outlineLvl w:val=\"2\"/>") + p("产值3亿元。")
        let text = try PackageMaker.text(PackageMaker.word(body, styles: styles))
        #expect(text.contains("<h1>全市经济运行情况</h1>\n<h2>工业</h2>\n<h3>投资</h3>\n<p>产值3亿元。</p>"))
    }

    @Test func deletedAndHiddenTextIsNotRead() throws {
        let body = """
            <w:p><w:r><w:t>产值</w:t></w:r><w:del><w:r><w:delText>5</w:delText></w:r></w:del>\
            <w:r><w:rPr><w:vanish/></w:rPr><w:t>6</w:t></w:r><w:ins><w:r><w:t>7亿元</w:t></w:r></w:ins></w:p>
            """
        #expect(try PackageMaker.text(PackageMaker.word(body)).contains("<p>产值7亿元</p>"))
    }

    @Test func raisedTextStaysApart() throws {
        let body =
            "<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>8</w:t></w:r><w:r><w:t>立方米</w:t></w:r></w:p>"
        #expect(try PackageMaker.text(PackageMaker.word(body)).contains("10<sup>8</sup>立方米"))
    }

    @Test func tablesKeepTheirSpans() throws {
        let body = """
            <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>\(p("县"))</w:tc>\
            <w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>\(p("粮食"))</w:tc></w:tr>\
            <w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>\(p(""))</w:tc><w:tc>\(p("面积"))</w:tc><w:tc>\(p("产量"))</w:tc></w:tr></w:tbl>
            """
        let text = try PackageMaker.text(PackageMaker.word(body))
        #expect(
            text.contains("<tr><th rowspan=\"2\">县</th><th colspan=\"2\">粮食</th></tr>\n<tr><td>面积</td><td>产量</td></tr>")
        )
    }

    @Test func markupInTextIsText() throws {
        #expect(
            try PackageMaker.text(PackageMaker.word(p("&lt;b&gt;5&lt;/b&gt; &amp; 6"))).contains(
                "<p>&lt;b&gt;5&lt;/b&gt; &amp; 6</p>"))
    }
}

import Documents
import Reading
import Testing

@Suite struct WorkbookTests {
    @Test func numbersAreReadAsTheyAreShown() throws {
        let formats = """
            <numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="#,##0.00_ "/>\
            <numFmt numFmtId="166" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>\
            <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="14"/></cellXfs>
            """
        let row = """
            <row r="1"><c r="A1" s="1"><v>0.0534</v></c><c r="B1" s="2"><v>1234.5</v></c><c r="C1" s="3"><v>45292</v></c>\
            <c r="D1" s="4"><v>45351</v></c><c r="E1"><v>0.30000000000000004</v></c><c r="F1" t="inlineStr"><is><t>合计</t></is></c></row>
            """
        let text = try PackageMaker.text(PackageMaker.workbook(row, formats: formats))
        #expect(
            text.contains("<td>5.3%</td><td>1234.50</td><td>2024年1月</td><td>2024年2月29日</td><td>0.3</td><td>合计</td>"))
    }

    @Test func mergedCellsSpanAndCoveredOnesAreGone() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>9</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><v>2</v></c></row>"
        let text = try PackageMaker.text(
            PackageMaker.workbook(rows, merged: "<mergeCell ref=\"A1:B1\"/>", strings: ["标题"]))
        #expect(text.contains("<tr><td colspan=\"2\">标题</td></tr>\n<tr><td>1</td><td>2</td></tr>"))
    }

    @Test func hiddenSheetsRowsAndColumnsAreNotRead() throws {
        let rows =
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>77</v></c><c r=\"C1\"><v>3</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>88</v></c></row>"
        let text = try PackageMaker.text(
            PackageMaker.workbook(rows, columns: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>"))
        #expect(text.contains("<h2>主要指标</h2>\n<table>\n<tr><td>1</td><td>3</td></tr>\n</table>"))
        #expect(!(try PackageMaker.text(PackageMaker.workbook(rows, state: "veryHidden"))).contains("<td>"))
    }

    @Test("cells far apart from one another do not become millions of empty ones")
    func farCells() throws {
        func sheet(_ rows: Int) -> [UInt8] {
            PackageMaker.workbook(
                (1...rows).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>\($0)</v></c></row>" }.joined())
        }
        #expect(try PackageMaker.text(sheet(2)).contains("<td>2</td></tr>"))
        #expect { try PackageMaker.text(sheet(40)) } throws: { ($0 as? DecodeError)?.code == "document_too_long" }
    }

    @Test func aFormulaWithoutItsValueIsMissing() throws {
        let rows = "<row r=\"1\"><c r=\"A1\"><f>SUM(B1:C1)</f></c><c r=\"B1\"><f>1+1</f><v>2</v></c></row>"
        #expect(try PackageMaker.text(PackageMaker.workbook(rows)).contains("<td>…</td><td>2</td>"))
    }

    @Test func aHundredThousandCellsAreWithinTheBoundAndMoreThanItIsRefused() throws {
        let row = (0..<100).map { _ in "<c><v>1</v></c>" }.joined()
        let book = PackageMaker.workbook((0..<50).map { _ in "<row>\(row)</row>" }.joined())
        var bounds = PackageBounds()
        bounds.cells = 5000
        #expect(try PackageMaker.text(book, bounds).contains("<td>1</td>"))
        bounds.cells = 4999
        #expect { try PackageMaker.text(book, bounds) } throws: { ($0 as? DecodeError)?.code == "document_too_long" }
    }

    @Test(arguments: ["A0", "AAAA1", "A9999999", "1A", ""]) func placesOutsideTheSheetAreIgnored(_ reference: String)
        throws
    {
        let rows = "<row r=\"1\"><c r=\"\(reference)\"><v>5</v></c></row>"
        #expect(try PackageMaker.text(PackageMaker.workbook(rows)).contains("<td>5</td>"))
    }
}

@Suite struct LeftOutTests {
    @Test func whatIsNotInTheTextIsToldOf() throws {
        let rows = "<row r=\"1\"><c r=\"A1\"><f>B1+1</f></c><c r=\"B1\"><f>1</f><v>1</v></c></row>"
        let shown = try DocumentConverter().text(of: PackageMaker.workbook(rows))
        #expect(shown.notes.count == 1 && shown.notes[0].hasPrefix("1 formula has no stored value"))
        let hidden = try DocumentConverter().text(of: PackageMaker.workbook(rows, state: "hidden"))
        #expect(hidden.notes == ["1 sheet is hidden and left out."])
        let picture = PackageMaker.word(
            "<w:p><w:r><w:drawing xmlns:a=\"a\" xmlns:r=\"r\"><a:blip r:embed=\"rId4\"/></w:drawing><w:t>5</w:t></w:r></w:p>"
        )
        #expect(try DocumentConverter().text(of: picture).notes.first?.hasPrefix("1 picture is left out") == true)
    }
}

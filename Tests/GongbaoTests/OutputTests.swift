import Testing

@testable import gongbao

@Suite struct OutputTests {
    @Test("columns stay aligned when Chinese and Latin text mix")
    func alignment() {
        let lines = ColumnTable(["name", "value"], rightAligned: [1]).lines([["生产总值", "5"], ["cpi", "1260582"]])
        #expect(lines == ["name        value", "生产总值        5", "cpi       1260582"])
    }

    @Test("what is too wide is cut, what is hostile is made harmless")
    func hostile() {
        let lines = ColumnTable(["n"], widest: 7).lines([["一二三四五"], ["a\u{1B}[2J"]])
        #expect(lines == ["n", "一二三…", "a\u{FFFD}[2J"])
    }

    @Test("no cell of a CSV is a formula to a spreadsheet, and numbers keep their sign")
    func csv() {
        #expect(Csv.line(["=1+1", "-3.5", "+", "@x", "-2+3"]) == "'=1+1,-3.5,'+,'@x,'-2+3")
        #expect(Csv.line(["a,b", "say \"x\"", "two\nlines", ""]) == "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",")
    }
}

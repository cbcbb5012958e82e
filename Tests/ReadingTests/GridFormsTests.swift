import BulletinModel
import Testing

@testable import Reading

/// The same tables in every form that texts have: each gives the indicators that it gives as a web page.
@Suite struct GridFormsTests {
    /// A cell over several columns or rows.
    private struct Cell {
        var text: String
        var columns = 1
        var rows = 1
    }

    private struct Table: CustomTestStringConvertible {
        let name: String
        let lines: [String]
        let rows: [[Cell]]
        var testDescription: String { name }
    }

    private static func row(_ texts: String...) -> [Cell] { texts.map { Cell(text: $0) } }

    private static let tables = [
        Table(
            name: "debt, parts under totals",
            lines: ["湖南省2023年政府债务限额和余额情况表", "单位：亿元"],
            rows: [
                [
                    Cell(text: "地区", rows: 2), Cell(text: "2023年债务限额", columns: 3),
                    Cell(text: "2023年债务余额", columns: 3),
                ],
                row("", "一般债务", "专项债务", "", "一般债务", "专项债务"),
                row("湖南省", "4100.5", "1800.2", "2300.3", "3950.1", "1750", "2200.1"),
                row("湖南省本级", "1500.4", "880.1", "620.3", "1410.8", "828.2", "582.6"),
            ]),
        Table(
            name: "people, a unit a row",
            lines: ["泰州市2024年国民经济和社会发展统计公报", "表1 2024年人口主要数据"],
            rows: [
                row("指标", "单位", "绝对数", "比上年增长（%）"), row("年末户籍人口", "万人", "503.2", "0.4"),
                row("年末常住人口", "万人", "512.9", "-0.2"), row("城镇新增就业", "万人", "4.71", "3.5"),
            ]),
        Table(
            name: "prices, one column",
            lines: ["泰州市2024年国民经济和社会发展统计公报", "表2 2024年居民消费价格指数"],
            rows: [
                row("指标", "上年=100"), row("居民消费价格指数", "100.3"), row("食品烟酒", "99.6"),
                row("居住", "100.1"), row("医疗保健", "101.2"),
            ]),
        Table(
            name: "two halves",
            lines: ["泰州市2024年国民经济和社会发展统计公报", "表3 2024年分行业固定资产投资增长速度"],
            rows: [
                row("行业", "比上年增长（%）", "行业", "比上年增长（%）"), row("采矿业", "5.1", "教育", "-3.4"),
                row("制造业", "12.6", "房地产业", "-18.5"), row("建筑业", "-7.2", "住宿和餐饮业", "6.6"),
            ]),
        Table(
            name: "months to come",
            lines: ["泰州市2024年金融运行情况", "单位：亿元"],
            rows: [
                row("指标", "3月末", "比年初增减额", "4月末", "比年初增减额", "5月末", "比年初增减额"),
                row("各项存款余额", "2291.6", "34.8", "2262.5", "5.7", "", ""),
                row("住户存款", "1490.8", "44.9", "1474.8", "28.9", "", ""),
                row("各项贷款余额", "1836.4", "51.3", "1850.2", "65.1", "", ""),
            ]),
    ]

    /// How a text sets a table.
    enum Form: String, CaseIterable {
        case markdown, bars, frame, tabs, commas, screen, page, blanks, wideBlanks, lines
    }

    /// The table's places: what stands there, and whether it begins there.
    private static func places(_ table: Table) -> [[(text: String, begins: Bool)]] {
        var found: [[(text: String, begins: Bool)?]] = table.rows.map { _ in [] }
        for (r, row) in table.rows.enumerated() {
            var column = 0
            for cell in row {
                while column < found[r].count, found[r][column] != nil { column += 1 }
                for i in 0..<cell.rows {
                    for j in 0..<cell.columns {
                        while found[r + i].count <= column + j { found[r + i].append(nil) }
                        found[r + i][column + j] = (cell.text, i == 0 && j == 0)
                    }
                }
                column += cell.columns
            }
        }
        return found.map { row in row.map { $0 ?? ("", true) } }
    }

    private static func width(_ text: String, isWide: Bool) -> Int {
        isWide ? text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) } : text.unicodeScalars.count
    }

    private static func page(_ table: Table) -> String {
        "<html><body>" + table.lines.map { "<p>\($0)</p>" }.joined() + "<table>"
            + table.rows.map { row in
                "<tr>"
                    + row.map { "<td colspan=\($0.columns) rowspan=\($0.rows)>\($0.text)</td>" }.joined() + "</tr>"
            }.joined() + "</table></body></html>"
    }

    private static func text(_ table: Table, _ form: Form) -> String {
        let places = places(table)
        let firsts = places.map { row in row.map { $0.begins ? $0.text : "" } }
        let all = places.map { row in row.map(\.text) }
        func aligned(isWide: Bool) -> [String] {
            let count = firsts[0].count
            let widths = (0..<count).map { c in firsts.map { width($0[c], isWide: isWide) }.max() ?? 0 }
            return firsts.map { row in
                row.enumerated().map { c, text in
                    let blanks = String(repeating: " ", count: widths[c] - width(text, isWide: isWide))
                    return c == 0 ? text + blanks : blanks + text
                }.joined(separator: "   ")
            }
        }
        func printed(_ separator: String) -> [String] {
            firsts.map { row in row.filter { !$0.isEmpty }.joined(separator: separator) }
        }
        let lines: [String]
        switch form {
        case .markdown:
            let rows = all.map { "| " + $0.joined(separator: " | ") + " |" }
            lines = ["", rows[0], "|" + String(repeating: "---|", count: all[0].count)] + rows.dropFirst() + [""]
        case .bars: lines = all.map { $0.joined(separator: " | ") }
        case .frame:
            let rule = "├" + all[0].map { _ in "────" }.joined(separator: "┼") + "┤"
            lines = [rule] + all.flatMap { ["│" + $0.joined(separator: "│") + "│", rule] }
        case .tabs: lines = firsts.map { $0.joined(separator: "\t") }
        case .commas: lines = firsts.map { $0.joined(separator: ",") }
        case .screen: lines = aligned(isWide: true)
        case .page: lines = aligned(isWide: false)
        case .blanks: lines = printed(" ")
        case .wideBlanks: lines = printed("　")
        case .lines: lines = firsts.joined().filter { !$0.isEmpty }
        }
        return (table.lines + lines).joined(separator: "\n") + "\n"
    }

    private func read(_ text: String) throws -> [String] {
        try ReadText(text).indicators.map {
            "\($0.name) \($0.value) \($0.unit) \($0.kind.rawValue) \($0.period?.start ?? "-")"
                + " \($0.period?.end ?? "-") \($0.region?.name ?? "-")"
        }
    }

    @Test(arguments: Form.allCases) func readsAsTheWebPageDoes(form: Form) throws {
        // One blank between the heads does not tell how many columns each is over, and lines not which half they are of.
        let untold = [Form.wideBlanks: "debt, parts under totals", .lines: "two halves"]
        for table in Self.tables where untold[form] != table.name {
            let expected = try read(Self.page(table))
            let figures = table.rows.joined().count { $0.text.contains { $0.isNumber } && Double($0.text) != nil }
            #expect(expected.count == figures, "\(table.name) as a page")
            #expect(try read(Self.text(table, form)) == expected, "\(table.name) in the form \(form)")
        }
    }

    @Test func aTableThatOnlyLaysOutAPageIsProse() throws {
        let prose = "2024年，全市完成一般公共预算收入125.6亿元，比上年增长4.3%。其中税收收入98.2亿元，增长3.1%，占一般公共预算收入的比重为78.2%。"
        let read = try read("| 预算执行情况 |\n|---|\n|  |\n| \(prose)\(prose) |\n")
        #expect(read.count == 10)
    }

    @Test func aNoughtBeginsNoGroupsOfDigits() throws {
        let read = try read(
            "表1 2024年债务情况\n单位：亿元\n地区   限额   调整   余额\n东洲区   12.5   0 486.6591\n西洲区   11.5   0 386.6591\n")
        #expect(read.count == 6)
    }
}

import BulletinModel
import Testing

@testable import Reading

/// The same bulletin in every form that texts have: each gives the same indicators.
@Suite struct TextFormsTests {
    private static let title = "泰州工业经济稳步增长"
    private static let day = "发布时间：2025-05-20"
    private static let paragraphs = [
        "记者从泰州市统计局获悉，今年前4个月，全市规模以上工业增加值同比增长6.2%，其中高技术制造业增加值增长11.5%，4月份当月规模以上工业增加值增长5.8%。1至3月，规模以上工业企业实现利润总额86.4亿元，同比增长3.9%。",
        "截至4月末，全市金融机构本外币存款余额1234.5亿元，比年初增加86.4亿元；贷款余额1108.6亿元，比年初增加75.3亿元。前4个月，全市完成一般公共预算收入148.2亿元，比上年同期增长4.1%，其中税收收入117.6亿元，增长3.3%。",
        "去年全市粮食总产量356.3万吨，比2020年增加12.6万吨。今年全市计划新增城镇就业6.5万人，力争全年规模以上工业增加值增长6.5%左右。",
    ]

    private static func wrapped(_ text: String, _ width: Int, isWide: Bool) -> String {
        var lines = [""]
        var columns = 0
        for c in text.unicodeScalars {
            columns += isWide && c.value >= 0x2E80 ? 2 : 1
            if columns > width {
                lines.append("")
                columns = isWide && c.value >= 0x2E80 ? 2 : 1
            }
            lines[lines.count - 1].unicodeScalars.append(c)
        }
        return lines.joined(separator: "\n")
    }

    private static func spaced(_ text: String) -> String {
        let s = Array(text)
        var out = ""
        for (i, c) in s.enumerated() {
            if i > 0, c.isNumber && c.isASCII, s[i - 1].unicodeScalars.first.map({ $0.value >= 0x4E00 }) ?? false,
                s[i - 1].isLetter
            {
                out += " "
            }
            out.append(c)
            let next = i + 1 < s.count ? s[i + 1] : "。"
            if c.isNumber && c.isASCII || c == "%", next.isLetter { out += " " }
        }
        return out
    }

    private static let plain = ([title, day] + paragraphs).joined(separator: "\n")

    private static let forms: [(name: String, text: String)] = [
        (
            "lines of 38 ideographs, moved in",
            ([title, day] + paragraphs.map { wrapped("　　" + $0, 38, isWide: false) }).joined(separator: "\n")
        ),
        (
            "lines of 72 columns, blank lines between",
            ([title, day] + paragraphs.map { wrapped($0, 72, isWide: true) }).joined(separator: "\n\n")
        ),
        ("blanks around figures", spaced(plain)),
        ("full width", plain.map { $0.isNumber && $0.isASCII ? wide($0) : String($0) }.joined()),
        (
            "a page without a heading",
            "<div id=\"zoom\">" + ([title, day] + paragraphs).joined(separator: "<br>\n　　") + "</div>"
        ),
        (
            "a page named by its site",
            "<html><head><title>泰州市统计局</title></head><body><div>\(title)</div><div><span>发布日期：2025-05-20</span>"
                + "<span>09:30:15</span></div>" + paragraphs.map { "<p>\($0)</p>" }.joined() + "</body></html>"
        ),
        ("Markdown", "# " + ([title, day] + paragraphs).joined(separator: "\n\n")),
    ]

    private static func wide(_ digit: Character) -> String {
        Scalars.string([0xFF10 + UInt32(digit.wholeNumberValue ?? 0)])
    }

    private func read(_ text: String) throws -> [String] {
        try ReadText(text).indicators.map {
            "\($0.name) \($0.value) \($0.unit) \($0.kind.rawValue) \($0.base?.rawValue ?? "-")"
                + " \($0.status.rawValue) \($0.period?.start ?? "-") \($0.period?.end ?? "-") \($0.region?.name ?? "-")"
        }
    }

    @Test func readsTheSameInEveryForm() throws {
        let expected = try read(Self.plain)
        #expect(expected.count == 17)
        #expect(expected.allSatisfy { $0.hasSuffix("泰州市") })
        for (name, text) in Self.forms { #expect(try read(text) == expected, "\(name)") }
    }

    @Test func rowsOfATableAreNotParagraphs() {
        let rows = (1...8).map { "一、2024年发行预计执行数第\($0)批          A=B+D         192.87          61.36" }
        #expect(WrappedLines.joined(Scalars.of(rows.joined(separator: "\n"))) == nil)
        let framed = (1...8).map { "│ 一、2024年发行预计执行数第\($0)批 │ 192.87 │ 61.36 │ 23.91 │" }
        #expect(WrappedLines.joined(Scalars.of(framed.joined(separator: "\n"))) == nil)
    }

    @Test func aNewParagraphStaysOne() throws {
        let text = Self.wrapped(String(repeating: Self.paragraphs[0], count: 3), 40, isWide: false)
        let joined = try #require(WrappedLines.joined(Scalars.of(text + "\n一、工业。\n　　" + text)))
        #expect(joined.count == Scalars.of(text + "\n一、工业。\n　　" + text).count)
        #expect(joined.filter { $0 == 10 }.count >= 2)
    }

    @Test(arguments: [
        "泰州日报 2025-05-20", "《泰州日报》2025年5月20日", "2025-05-20 08:15 泰州市人民政府网", "发布时间： [2025-05-20]",
        "2025-05-2009:30",
    ])
    func aDayIsFound(line: String) throws {
        let read = try ReadText("\(Self.title)\n\(line)\n\(Self.paragraphs[0])\n")
        #expect(read.articles.map(\.setting.published) == ["2025-05-20"])
    }

    @Test func aDivisionThatNoTableHasIsNotTheCountry() throws {
        let read = try read("临溪市2024年国民经济和社会发展统计公报\n2024年，全年粮食总产量56.3万吨，比上年增长2.1%。\n")
        #expect(read.count == 2)
        #expect(!read.contains { $0.hasSuffix("中国") })
    }
}

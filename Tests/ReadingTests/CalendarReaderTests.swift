import BulletinModel
import Testing

@testable import Reading

@Suite struct CalendarReaderTests {
    private let calendar: CalendarTable
    init() throws { calendar = try Lexicon.words().calendar }

    /// The days of each expression that covers something, told on 18 February 2025.
    private func read(_ text: String, printed: Int? = nil) -> [String] {
        let s = Scalars.withPlainDigits(Scalars.of(text))
        var context = CalendarContext(published: CalendarContext.PublishedDay("2025-02-18"))
        context.printed = printed
        return CalendarReader(s, calendar).tokens().filter { $0.role == .period }.map { token in
            let period = token.period(in: context, calendar)
            context.last = period
            if token.to.month > 0 { context.month = token.to.month }
            return period.map { $0.start == $0.end ? $0.start : "\($0.start)/\($0.end)" } ?? "-"
        }
    }

    @Test(
        "dates, spans, quarters, months and holidays mean their days",
        arguments: [
            ("2023年全县", "2023-01-01/2023-12-31"), ("二〇二三年全县", "2023-01-01/2023-12-31"),
            ("2023 年全县", "2023-01-01/2023-12-31"), ("民国7年", "1918-01-01/1918-12-31"),
            ("民国10年至29年，", "1921-01-01/1940-12-31"), ("2018—2020年", "2018-01-01/2020-12-31"),
            ("2018年至2020年", "2018-01-01/2020-12-31"), ("2023年7月至2024年6月", "2023-07-01/2024-06-30"),
            ("2024年1—7月份", "2024-01-01/2024-07-31"), ("2024年1月至10月", "2024-01-01/2024-10-31"),
            ("2024年前三季度", "2024-01-01/2024-09-30"), ("2024年一至三季度", "2024-01-01/2024-09-30"),
            ("2024年前11个月", "2024-01-01/2024-11-30"), ("2024年前7月", "2024-01-01/2024-07-31"),
            ("2024年上半年", "2024-01-01/2024-06-30"), ("2024年Q1", "2024-01-01/2024-03-31"),
            ("2024年H1", "2024-01-01/2024-06-30"), ("2024年半年度", "2024-01-01/2024-06-30"),
            ("2024年第二季度", "2024-04-01/2024-06-30"), ("2024年二季度末", "2024-06-30"),
            ("2024年9月末", "2024-09-30"), ("2024年末", "2024-12-31"), ("2024年年底", "2024-12-31"),
            ("截至2022年12月，", "2022-12-31"), ("截至2022年，", "2022-12-31"), ("2024年12月止，", "2024-12-31"),
            ("2024年2月18日10时", "2024-02-18"), ("2022年12月3日0—24时", "2022-12-03"),
            ("2022年12月3日（0—24时）", "2022-12-03"), ("2024年7月21～23日", "2024-07-21/2024-07-23"),
            ("2024年4月23日至5月3日", "2024-04-23/2024-05-03"), ("2018年4月中旬至5月上旬", "2018-04-11/2018-05-10"),
            ("2024年7、8月", "2024-07-01/2024-08-31"), ("2024年9、10两个月", "2024-09-01/2024-10-31"),
            ("2024年一、二季度", "2024-01-01/2024-06-30"), ("第24周（6.11—6.17）", "2025-06-11/2025-06-17"),
            ("去年9月", "2024-09-01/2024-09-30"), ("上年", "2024-01-01/2024-12-31"), ("昨日", "2025-02-17"),
            ("上月", "2025-01-01/2025-01-31"), ("12月", "2024-12-01/2024-12-31"),
            ("今年以来", "2025-01-01/2025-02-18"), ("2024年“五一”假期", "2024-05-01/2024-05-05"),
            ("2026年春运", "2026-02-02/2026-03-13"), ("“十四五”时期", "2021-01-01/2025-12-31"),
            ("“七五”期间", "1986-01-01/1990-12-31"), ("“十三五”末", "2020-12-31"), ("五年来，", "2020-01-01/2024-12-31"),
            ("今后十年", "2025-01-01/2034-12-31"), ("目前", "-"), ("2015年以前", "-"), ("2024-03-16", "2024-03-16"),
        ])
    func meanings(_ text: String, days: String) {
        let s = read(text, printed: text.hasPrefix("第") ? 2025 : nil)
        #expect(s.first == days || text.hasPrefix("第") && s.contains(days), "\(text): \(s)")
    }

    @Test("each mark of the calendar has the words of its own lines")
    func marks() throws {
        for (place, mark) in CalendarTable.Mark.allCases.enumerated() {
            #expect(mark.place == place)
            let table = try CalendarTable("甲乙\t\(mark.rawValue)")
            #expect(CalendarTable.Mark.allCases.filter { table[$0].contains("甲乙") } == [mark])
        }
    }

    @Test("what is only compared with, counted from or part of a name covers nothing")
    func references() {
        for text in [
            "比2019年增长", "较 2023 年提高", "与2010年相比", "同比2024年增长", "按2020年不变价", "在2019年的基础上，",
            "等於一九四九年的四點二倍", "《2021年工作方案》", "“十四五”规划", "上年结转收入", "产量比历史最高的1979年", "3日元", "30日均",
        ] {
            #expect(read(text).isEmpty, "\(text): \(read(text))")
        }
    }

    @Test("bare days have the month of the day before, full-year words need a printed year")
    func inherited() {
        #expect(read("2024年7月23日凌晨泄洪。24日14时水位上升。") == ["2024-07-23", "2024-07-24"])
        #expect(read("8日晚，") == ["2025-02-08"])
        #expect(read("全年") == ["-"])
        #expect(read("全年", printed: 2023) == ["2023-01-01/2023-12-31"])
        #expect(read("2024年一季度。上年同期") == ["2024-01-01/2024-03-31", "2023-01-01/2023-03-31"])
    }

    @Test("a row of the table that says nothing is named with its line")
    func brokenRows() {
        for row in ["今年\tyear 0", "今年", "上半年\tpart 06-30 01-01", "节\tfestival 13-01 13-02"] {
            do throws(LexiconError) {
                _ = try CalendarTable("# head\n" + row + "\n")
                Issue.record("\(row) was read")
            } catch { #expect(error.message.hasPrefix("calendar.tsv:2:"), "\(error.message)") }
        }
    }

    @Test("a word of time that a person adds is read without a build")
    func addedRow() throws {
        let table = try CalendarTable("年\tmark-year\n前半载\tpart 01-01 06-30\n")
        let tokens = CalendarReader(Scalars.of("2024年前半载产值"), table).tokens()
        let period = tokens.first?.period(in: CalendarContext(), table)
        #expect(period == Indicator.Period(start: "2024-01-01", end: "2024-06-30"))
    }
}

import BulletinModel
@testable import Reading
import Testing

@Suite struct TimePassTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon.words()) }

    /// Each figure as quote, status, base and period.
    private func read(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        let decoded = try engine.decode(bytes)
        return engine.segment(decoded, bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract).map {
            let days = $0.period.map { "\($0.start)/\($0.end)" } ?? "-"
            return "\($0.quote) \($0.status.rawValue) \(Self.word($0.base)) \(days)"
        }
    }

    private static func word(_ base: Indicator.Base?) -> String {
        switch base {
        case .yearOnYear: "yoy"
        case .since(let year): "since:\(year)"
        case .annualAverage: "average"
        case .some: "else"
        case nil: "-"
        }
    }

    private func report(_ body: String) -> String {
        "2026年云岭省政府工作报告\n——2026年1月20日在云岭省第十四届人民代表大会第四次会议上\n" + body
    }

    @Test("the opening line of a section tells the year of the section")
    func opening() throws {
        let found = try read(
            report(
                "各位代表：\n现在，我代表省人民政府，向大会报告工作，请予审议，并请省政协委员提出意见。\n一、工作回顾\n"
                    + "2025年是全省发展历程中很不平凡的一年，地区生产总值增长5.2%。\n二是着力稳住投资。全省完成投资760亿元。\n"))
        #expect(found == ["5.2% actual yoy 2025-01-01/2025-12-31", "760亿元 actual - 2025-01-01/2025-12-31"])
    }

    @Test("a paragraph's year holds for the points of a list behind it, no longer")
    func points() throws {
        let found = try read(
            report(
                "一、“十四五”时期工作回顾\n刚刚过去的2025年，我们迎难而上、真抓实干。全省财政收入增长3%。\n——产业更新。工业投资增长9%。\n"
                    + "五年发展成果惠及全省人民，城镇新增就业80万人。\n"))
        #expect(
            found == [
                "3% actual yoy 2025-01-01/2025-12-31", "9% actual yoy 2025-01-01/2025-12-31",
                "80万人 actual - 2021-01-01/2025-12-31",
            ])
    }

    @Test("five-year plans before the tenth are periods and bases, too")
    func plans() throws {
        let found = try read("云岭县志\n经济综述\n“七五”期间，全县固定资产投资累计完成4.2亿元，比“六五”时期增加1.6亿元，财政收入较为稳定。\n")
        #expect(found.map { $0.suffix(21) } == ["1986-01-01/1990-12-31", "1986-01-01/1990-12-31"])
    }

    @Test("what a year is only compared by is the base")
    func multiples() throws {
        let found = try read("云岭县概况\n1990年全县粮食产量达到21万吨，为1980年的1.7倍，农民收入稳步增加。\n")
        #expect(found == ["21万吨 actual - 1990-01-01/1990-12-31", "1.7倍 actual since:1980 1990-01-01/1990-12-31"])
    }

    @Test("what a change is measured against is told by the words nearest to it")
    func bases() throws {
        let found = try read(
            "云岭县概况\n与“十二五”末相比，2020年全县生产总值达到90亿元、净增30亿元，年均增长6%。地方财政收入达到8亿元、净增2亿元，用水总量由“十二五”末的3亿立方米减少到2亿立方米。\n")
        #expect(
            found.filter { !$0.contains(" - ") }.map { String($0.split(separator: " ")[2]) } == [
                "since:2015", "average", "since:2015",
            ])
        #expect(found.contains("3亿立方米 actual - 2015-12-31/2015-12-31"))
        let rates = try read("2021年6月，价格比上月下降0.3%、同比上涨1.2%，细颗粒物年均浓度为28微克/立方米、下降5%，外贸增速超过全国2个百分点。\n")
        #expect(
            rates.compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) } == [
                "else", "yoy", "-", "yoy", "else",
            ])
    }

    @Test("a period of the same year, or a month, is what came right before")
    func sequences() throws {
        let found = try read("2023年四季度，工业增速比三季度加快0.6个百分点。1—6月利润增速比1—5月回落2个百分点。从环比看，四季度产值增长1%。\n")
        #expect(found.map { String($0.split(separator: " ")[2]) } == ["else", "else", "else"])
    }

    @Test("a line of its own that tells its years is the heading of a part")
    func parts() throws {
        let found = try read("2009年政府工作报告\n二〇〇八年工作回顾\n全县生产总值30亿元，提前两年实现目标；财政收入增长9%。\n")
        #expect(found == ["30亿元 actual - 2008-01-01/2008-12-31", "9% actual yoy 2008-01-01/2008-12-31"])
        let years = try read("2008年政府工作报告\n五年工作回顾\n生产总值年均增长12%，2007年达到910亿元。\n")
        #expect(years == ["12% actual average 2003-01-01/2007-12-31", "910亿元 actual - 2007-01-01/2007-12-31"])
    }

    @Test("an average per year covers the years from what its sentence compares with")
    func averages() throws {
        #expect(
            try read("生产总值由1997年的91亿元增加到2002年的149亿元，年均增长10.4%。\n").last
                == "10.4% actual average 1998-01-01/2002-12-31")
        #expect(
            try read("1990年工业总产值达到100亿元，比1985年增长42%，平均每年递增7.3%。\n").last
                == "7.3% actual average 1986-01-01/1990-12-31")
    }

    @Test("a figure of the year that is compared with has that year, and is the base of the change behind it")
    func comparedYear() throws {
        #expect(
            try read("1988年预算外资金达到220亿元，比1979年的45亿元，增长4倍，比“六五”期间平均88亿元增加130亿元。\n") == [
                "220亿元 actual - 1988-01-01/1988-12-31", "45亿元 actual - 1979-01-01/1979-12-31",
                "4倍 actual since:1979 1988-01-01/1988-12-31", "88亿元 actual - 1981-01-01/1985-12-31",
                "130亿元 actual else 1988-01-01/1988-12-31",
            ])
        #expect(try read("粮食产量比一九八○年增长12%。\n").first?.contains("since:1980") == true)
    }

    @Test("a report on a plan's execution and the next draft tells first of the year past")
    func drafts() throws {
        let text = "关于1990年全市预算执行情况和1991年全市预算草案的报告\n过去的一年，教育支出增长8%，科学支出增长6%。\n去年的财政收入，完成了任务，增长9%。\n"
        #expect(try read(text).map { $0.suffix(21) } == Array(repeating: "1990-01-01/1990-12-31", count: 3))
    }

    @Test("aims that a colon opens go on to the end of the paragraph; an aim compared with is one alone")
    func aimLists() throws {
        let found = try read("1990年的总目标是：工业总产值达到100亿元。粮食总产量达到45万吨，去年为40万吨。\n")
        #expect(found.map { $0.contains("target") } == [true, true, false])
        #expect(
            try read("2006年财政收入增长26%，高于年初12%的目标14个百分点，税收增长20%。\n").map { String($0.dropLast(22)) } == [
                "26% actual yoy", "12% target yoy", "14个百分点 actual else", "20% actual yoy",
            ])
    }

    @Test("a year that is described and compared with is the base, and holds for nothing behind it")
    func describedYears() throws {
        #expect(
            try read("1982年粮食产量增长8%，比历史最高水平的一九七九年增长6%，棉花产量3万吨。\n") == [
                "8% actual yoy 1982-01-01/1982-12-31", "6% actual since:1979 1982-01-01/1982-12-31",
                "3万吨 actual - 1982-01-01/1982-12-31",
            ])
    }

    @Test("each of the figures that 分别 tells has the quarter in its place")
    func quarters() throws {
        let found = try read("2009年一、二、三季度工业增加值分别增长5%、6%和7%。\n")
        #expect(
            found.map { $0.suffix(21) } == ["2009-01-01/2009-03-31", "2009-04-01/2009-06-30", "2009-07-01/2009-09-30"])
    }

    @Test("an opening that tells the years before is about the last year that it names")
    func openingYears() throws {
        let text = "云溪县概况\n由于1989年遭受特大旱灾，全县经济十分困难，1990年各项事业在困境中出现了转机。\n农业总产值1.5亿元。\n"
        #expect(try read(text) == ["1.5亿元 actual - 1990-01-01/1990-12-31"])
        #expect(try read("关于1995年预算执行情况的报告\n财政支出34亿元。\n") == ["34亿元 actual - 1995-01-01/1995-12-31"])
    }

    @Test("a plan's years hold for the points of a list behind them")
    func planPoints() throws {
        let text = "2011年政府工作报告\n一、2010年工作回顾\n“十一五”期间，全区各项事业取得成绩。\n——总量翻番。生产总值年均增长14%，2010年达到179亿元。\n"
        #expect(
            try read(text) == ["14% actual average 2006-01-01/2010-12-31", "179亿元 actual - 2010-01-01/2010-12-31"])
    }

    @Test("aims may be opened by a paragraph, or by what is expected when")
    func openedAims() throws {
        let text = "未来五年，全市要努力实现以下发展：\n到2010年科技进步贡献率达到65%。\n"
        #expect(try read(text).map { $0.contains("target") } == [true])
        #expect(try read("预计2010年，全区生产总值46亿元，财政收入4亿元。\n").map { $0.contains("target") } == [true, true])
    }

    @Test("both ends of a move have their years though a comma stands between")
    func moves() throws {
        #expect(
            try read("2010年每亩产值从2005年的1.1万元，提高到2.1万元。\n") == [
                "1.1万元 actual - 2005-01-01/2005-12-31", "2.1万元 actual - 2010-01-01/2010-12-31",
            ])
    }

    @Test("points behind a paragraph that says what will be done are aims")
    func pointsToDo() throws {
        let found = try read("2005年，市政府将集中财力，为群众办好以下实事：\n一、市区新建22所中小学校。\n二、打通断头路9条。\n")
        #expect(found == ["22所 target - 2005-01-01/2005-12-31", "9条 target - 2005-01-01/2005-12-31"])
    }

    @Test("a report is of the year in its title, whenever a page showed it")
    func shownLater() throws {
        let text = "云江市2007年政府工作报告\n更新时间：2012-04-14\n一、过去四年工作回顾\n基础设施四年累计投入97亿元，是增速最快的四年。\n"
        #expect(try read(text) == ["97亿元 actual - 2003-01-01/2006-12-31"])
    }

    @Test("a number of years says again which plan is told of; a year's plan is an aim")
    func plansAgain() throws {
        let text = "“七五”时期，全市各项事业发展较快。五年间，国民收入平均每年增长7%。\n1986年计划农业总产值比上年增长3%，工业总产值增长8%。\n"
        #expect(
            try read(text) == [
                "7% actual average 1986-01-01/1990-12-31", "3% target yoy 1986-01-01/1986-12-31",
                "8% target yoy 1986-01-01/1986-12-31",
            ])
        #expect(
            try read("预计2011年生产总值达到31亿元，比2006年增长85%。\n").map { $0.contains("target") } == [true, true])
    }

    @Test("a year that dates one figure holds for no later sentence")
    func passing() throws {
        let found = try read(
            report("一、“十四五”时期工作回顾\n五年来，入园率从2020年的90%提升至2025年的95%。累计新建幼儿园80所。\n"))
        #expect(
            found.map { String($0.suffix(21)) } == [
                "2020-01-01/2020-12-31", "2025-01-01/2025-12-31", "2021-01-01/2025-12-31",
            ])
    }

    @Test("an aim goes on through its sentence; coming years are an aim")
    func aims() throws {
        let found = try read(report("二、主要工作\n力争培育龙头企业30家，合作社120家。\n今后五年，全省森林覆盖率提高到58%。\n"))
        #expect(found.allSatisfy { $0.contains("target") })
        #expect(found.last?.hasSuffix("2026-01-01/2030-12-31") == true)
    }

    @Test("a paragraph that is read in pieces keeps its year")
    func longParagraphs() throws {
        let rest = String(repeating: "各项工作有序推进，各类市场保持平稳。", count: 90)
        let found = try read("云岭县概况\n2019年，全县粮食产量12万吨。" + rest + "棉花产量3万吨，比2015年增长4%。1949年以前没有棉花。\n")
        #expect(found.map { String($0.suffix(21)) } == Array(repeating: "2019-01-01/2019-12-31", count: 3))
    }

    @Test("a headline has the period of the sentence that it sums up; what stands now has none")
    func headlines() throws {
        let found = try read(
            "云岭茶叶出口首超2亿元\n从云岭海关获悉，2010年前11个月，我市出口茶叶2.1亿元，从去年的1.6亿元增长到2.1亿元，同比增长31%。目前全市有茶企80家。\n")
        #expect(
            found.map { String($0.split(separator: " ").last ?? "") } == [
                "2010-01-01/2010-11-30", "2010-01-01/2010-11-30", "2009-01-01/2009-11-30", "2010-01-01/2010-11-30",
                "2010-01-01/2010-11-30", "-",
            ])
    }

    @Test("a day on which something happened is no period of later clauses; spans may be set with ～")
    func events() throws {
        #expect(
            try read("云岭县志\n1986～1990年，全县粮食产量累计90万吨。\n").map { String($0.suffix(21)) }
                == ["1986-01-01/1990-12-31"])
        #expect(try read("云岭县志\n信用社2005年5月18日开业，设网点30个，服务周到。\n").map { String($0.suffix(2)) } == [" -"])
    }

    @Test("争取 in a review is what was obtained, in a plan an aim")
    func obtaining() throws {
        let review = try read(report("一、2025年工作回顾\n争取“两重”任务60项。\n"))
        #expect(review.first?.contains("actual") == true)
        let plan = try read(report("三、2026年重点工作\n争取“两重”任务60项。\n"))
        #expect(plan.first?.contains("target") == true)
    }

    @Test("预计 holds for the change that goes on with the figure")
    func forecasts() throws {
        #expect(
            try read("2016年，投资预计完成50亿元，同比增长18%。\n").map { $0.split(separator: " ")[1] } == [
                "target", "target",
            ])
    }

    @Test("what is obtained is no aim")
    func obtained() throws {
        #expect(try read("云岭县工作简报\n去冬今春以来，全县争取上级资金3.8亿元，安排水利项目开工建设。\n").first?.contains("actual") == true)
    }

    @Test("a year that is not over on the day of publication makes no aim")
    func december() throws {
        let winter = "云岭县政府工作报告\n——2023年12月26日在云岭县第九届人民代表大会第三次会议上\n一、2023年工作回顾\n全县完成投资86亿元。\n"
        #expect(try read(winter) == ["86亿元 actual - 2023-01-01/2023-12-31"])
        let summer = "关于开展养老服务的通知\n2023年6月26日\n2023年，全县建成养老服务站86个。\n"
        #expect(try read(summer) == ["86个 actual - 2023-01-01/2023-12-31"])
    }

    @Test("final accounts tell their year in the title")
    func accounts() throws {
        for title in ["桃源镇人民政府2022年决算报告", "桃源镇人民政府\n2022年决算报告"] {
            let found = try read(title + "\n一、收支情况\n本级收入完成116万元，增长9%。\n")
            #expect(found == ["116万元 actual - 2022-01-01/2022-12-31", "9% actual yoy 2022-01-01/2022-12-31"])
        }
    }

    @Test("a year or a record that only says how much something is dates nothing")
    func marks() throws {
        let review = "云岭省2025年经济运行情况\n"
        let year = "2025-01-01/2025-12-31"
        #expect(try read(review + "客运量恢复到2019年水平，货运量5亿吨。").map { $0.suffix(21) } == [year[...]])
        #expect(try read(review + "工业增速为十年来最高，完成投资30亿元。").map { $0.suffix(21) } == [year[...]])
    }

    @Test("the quarters that a sentence goes through end with it")
    func quartersOfWhole() throws {
        let found = try read("云岭省2025年经济运行情况\n分季度看，一季度增长5.1%，四季度增长5.3%。分产业看，第一产业增长3%。")
        #expect(
            found.map { $0.suffix(21) } == [
                "2025-01-01/2025-03-31", "2025-10-01/2025-12-31", "2025-01-01/2025-12-31",
            ])
    }

    @Test("what is expected of the year that is told of has that year; its list goes on to the full stop")
    func expected() throws {
        let found = try read("云岭县2025年工作完成情况\n发布时间：2026-02-11\n预计2025年全县实现产值9亿元，财政收入完成2亿元。新建道路12公里。")
        #expect(
            found == [
                "9亿元 target - 2025-01-01/2025-12-31", "2亿元 target - 2025-01-01/2025-12-31",
                "12公里 actual - 2025-01-01/2025-12-31",
            ])
    }

    @Test("short headings of plans and aims head what stands under them")
    func shortHeadings() throws {
        let found = try read("云岭省作政府工作报告\n“十四五”成就：\n生产总值年均增长6%\n2026年目标：\n城镇新增就业9万人\n")
        #expect(
            found == [
                "6% actual average 2021-01-01/2025-12-31", "9万人 target - 2026-01-01/2026-12-31",
            ])
    }

    @Test("from a day on goes up to the day of the bulletin; holidays have the days of their year")
    func untilToday() throws {
        let head = "云岭省防控通报\n2021-08-09\n"
        #expect(try read(head + "7月20日以来，全市报告病例231例。").map { $0.suffix(21) } == ["2021-07-20/2021-08-09"])
        #expect(try read("云岭省旅游通报\n2017-10-09\n国庆长假期间，全市接待游客90万人次。").map { $0.suffix(21) } == ["2017-10-01/2017-10-08"])
    }

    @Test("the line under a headline tells the year where the headline does not")
    func lineBelow() throws {
        let found = try read("走好新征程\n——云岭市2025年预算执行情况和2026年预算报告解读\n2026-02-10\n全市收入完成220亿元，增长4.1%。")
        #expect(found.map { $0.suffix(21) } == ["2025-01-01/2025-12-31", "2025-01-01/2025-12-31"])
    }

    @Test("two years' average tells that the text is of two years after the one compared with")
    func twoYears() throws {
        let found = try read("上半年，全市工业增加值同比增长13%，比2019年同期增长14%，两年平均增长6.5%。")
        #expect(found.first?.suffix(21) == "2021-01-01/2021-06-30")
    }
}

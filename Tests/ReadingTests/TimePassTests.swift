import BulletinModel
import Reading
import Testing

@Suite struct TimePassTests {
    private let engine: Engine
    init() throws { engine = Engine(lexicon: try Lexicon(tables: [:])) }

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
}

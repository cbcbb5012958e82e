import BulletinModel
import Foundation
import Testing

@testable import Reading

@Suite struct RegionTests {
    /// The regions of a text's figures as names, `-` where none is known.
    private func regions(_ text: String) throws -> [String] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract).map {
            $0.region?.name ?? "-"
        }
    }

    private func codes(_ text: String) throws -> [String?] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract).map {
            $0.region?.code
        }
    }

    @Test("the words for the whole mean the division that the bulletin is about, and those above it")
    func own() throws {
        let report = "# 2023年栾川县政府工作报告\n\n全县生产总值增长5.1%。全市生产总值增长6.2%。我省粮食产量达到1300亿斤。"
        #expect(try regions(report) == ["栾川县", "洛阳市", "河南省"])
        #expect(try codes(report) == ["410324", "410300", "410000"])
    }

    @Test("figures without a place of their own are of the bulletin's division")
    func standing() throws {
        #expect(try regions("# 绍兴市2022年统计公报\n\n年末常住人口535.3万人，比上年增长0.4%。") == ["绍兴市", "绍兴市"])
    }

    @Test("a clause that begins with a place tells of it, up to the sentence's end")
    func clause() throws {
        let text = """
            # 2021年江苏省统计公报

            全省生产总值116364亿元。其中，苏州市生产总值22718亿元，增长8.7%；无锡市增长8.8%。粮食产量3746万吨。
            """
        #expect(try regions(text) == ["江苏省", "苏州市", "苏州市", "无锡市", "江苏省"])
    }

    @Test("a list of places shares out as many figures; without that they are of the division that holds all of them")
    func list() throws {
        let head = "# 2020年湖北省统计公报\n\n"
        #expect(try regions(head + "宜昌市、襄阳市、荆州市分别增长3.1%、3.5%、3.9%。") == ["宜昌市", "襄阳市", "荆州市"])
        #expect(try regions(head + "宜昌市、襄阳市合计投资500亿元。") == ["湖北省"])
    }

    @Test("a place that a figure is compared with is not its own")
    func comparison() throws {
        let text = "# 2022年眉山市统计公报\n\n全市生产总值1635亿元，增速居全省第3位，比成都市快1.2个百分点，占全省的2.9%。"
        #expect(try regions(text) == ["眉山市", "眉山市", "眉山市", "眉山市"])
    }

    @Test("a county whose name others share resolves where its city is known, and only there")
    func ambiguous() throws {
        #expect(try codes("鼓楼区生产总值增长5%。") == [nil])
        #expect(try codes("# 2021年福州市统计公报\n\n鼓楼区生产总值增长5%。") == ["350102"])
        #expect(try codes("江苏省徐州市鼓楼区生产总值增长5%。") == ["320302"])
        #expect(try codes("# 2021年开封市统计公报\n\n鼓楼区生产总值增长5%。") == ["410204"])
    }

    @Test("names that were in force in the year of the bulletin count")
    func former() throws {
        #expect(try codes("# 1996年襄樊市统计公报\n\n全市粮食产量45亿斤。") == ["420600"])
        #expect(try regions("# 1996年襄樊市统计公报\n\n全市粮食产量45亿斤。") == ["襄樊市"])
        #expect(try codes("# 2008年天津市统计公报\n\n蓟县粮食产量4亿斤。") == ["120225"])
    }

    @Test("national bulletins are of the country, and say 我国")
    func country() throws {
        let text = "# 国务院2018年政府工作报告\n\n粮食产量达到1.2万亿斤。我国城镇新增就业6600万人。"
        #expect(try codes(text) == ["100000", "100000"])
    }

    @Test("bodies and roads that are named after a place are not the place")
    func bodies() throws {
        let head = "# 2022年宿迁市政府工作报告\n\n"
        #expect(try regions(head + "苏州工业集团投资20亿元。") == ["宿迁市"])
        #expect(try regions(head + "建成全国首个零碳园区，亮化北京路等道路50公里。") == ["宿迁市"])
    }

    @Test("the rows of a table may be places")
    func table() throws {
        let text = """
            # 2022年台州市统计公报

            | 地区 | 常住人口（万人） |
            | --- | --- |
            | 全市 | 667.8 |
            | 玉环市 | 64.6 |
            | 仙居县 | 43.5 |
            """
        #expect(try regions(text) == ["台州市", "玉环市", "仙居县"])
    }

    @Test("a heading's place holds for what stands under it")
    func heading() throws {
        let text = """
            # 2022年丽水市各县概况

            ## 云和县

            年末户籍人口11.3万人。

            ## 景宁县

            年末户籍人口16.4万人。
            """
        #expect(try regions(text) == ["云和县", "景宁畲族自治县"])
    }

    @Test("a township's figures are of the county that it lies in")
    func township() throws {
        #expect(try regions("# 2019年桐乡市年鉴\n\n全镇工业总产值30亿元。") == ["桐乡市"])
    }

    @Test("places in front of the figures of a list or in brackets are these figures' alone")
    func items() throws {
        let head = "# 2022年山东省公报\n\n"
        #expect(
            try regions(head + "新增病例9例（青岛市5例、威海市4例），治愈7例。") == ["山东省", "青岛市", "威海市", "山东省"])
        #expect(
            try regions(head + "投资居前的是济南（320亿元）、烟台（280亿元）。全省投资2100亿元。") == ["济南市", "烟台市", "山东省"])
    }

    @Test("several places that a number counts are no place of the figure, the whole is")
    func counted() throws {
        let head = "# 2023年甘肃省政府工作报告\n\n"
        #expect(try regions(head + "在会宁、通渭等12个县建设果园6万亩。") == ["甘肃省", "甘肃省"])
    }

    @Test("where a report was sent from, and what another place is to it, tells nothing")
    func elsewhere() throws {
        let text = "# 皖北治水\n\n本报合肥6月3日电 安徽省投资30亿元。安徽同江苏签约12项。"
        #expect(try regions(text) == ["安徽省", "安徽省"])
        #expect(try regions("# 2021年宁夏回族自治区公报\n\n增速居全国第3位，自日本进口2亿元。") == ["宁夏回族自治区", "宁夏回族自治区"])
    }

    @Test("no place is a division that was not there in the figure's period")
    func years() throws {
        #expect(try regions("# 2025年白山市公报\n\n2025年，临江区投资5亿元。") == ["白山市"])
        let text = "# 2020年承德市公报\n\n2010年，平泉县投资5亿元。2020年，平泉市投资9亿元。"
        #expect(try codes(text) == ["130823", "130881"])
    }

    @Test("a text of the country's bodies is of the country")
    func bodiesOfTheCountry() throws {
        #expect(try regions("海关总署发布，前5个月进出口17万亿元，增长4%。") == ["中国", "中国"])
    }

    @Test("a bulletin that names no place leaves the region open")
    func unknown() throws {
        #expect(try regions("全市生产总值增长5.1%。") == ["-"])
    }

    @Test("a broken table is told with its line")
    func broken() throws {
        for line in ["4103\t洛阳市", "410300", "410300\t洛阳市\t\t2000\t1990", "410300\t洛阳市\t\tx\t"] {
            do {
                _ = try Lexicon(tables: ["regions.tsv": "# head\n" + line + "\n"])
                Issue.record("\(line) was taken")
            } catch {
                #expect(error.message.hasPrefix("regions.tsv:2: "))
            }
        }
    }

    @Test("every division of the shipped table lies in a province of it, and no year has a code twice")
    func shippedTable() throws {
        var names: [String: Set<Int>] = [:]
        var provinces: Set<Substring> = []
        var count = 0
        for line in (try #require(Lexicon.shippedTables["regions.tsv"])).split(separator: "\n")
        where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            #expect(cells.count == 5, "\(line)")
            if cells[0].hasSuffix("0000") { provinces.insert(cells[0].prefix(2)) }
            if cells[4].isEmpty {
                count += 1
                #expect(names[String(cells[0]), default: []].insert(9999).inserted, "\(line)")
            }
            #expect(provinces.contains(cells[0].prefix(2)) || cells[0].hasSuffix("0000"), "\(line)")
        }
        #expect(count > 3100 && provinces.count >= 34)
    }

    @Test("where a place lies does not change what the figures are of")
    func lies() throws {
        #expect(
            try regions("# 上杭县\n\n上杭县是福建省龙岩市下辖县，位于福建省西南部，面积2856平方公里，辖21个乡镇。") == ["上杭县", "上杭县"])
    }

    @Test("several counties outside of the text's own are of the division above them")
    func listed() throws {
        #expect(try regions("# 祥云发生地震\n\n截至3日19时，祥云、宾川、弥渡3个县共2万人受灾。").last == "大理白族自治州")
    }

    @Test("a town's own text is not of the country, whatever it measures")
    func town() throws {
        #expect(try regions("全年我镇国民生产总值4亿元。") == ["-"])
    }

    @Test("全区 in the text of a zone is of the zone's city")
    func zone() throws {
        #expect(try regions("# 荆门高新区2023年经济运行情况\n\n全区完成工业产值90亿元。") == ["荆门市"])
    }

    @Test("a paper named after a place is of it, where nothing else tells of which")
    func paper() throws {
        #expect(try regions("来源：沧州日报\n\n一季度，全市固定资产投资增长6%。") == ["沧州市"])
    }
}

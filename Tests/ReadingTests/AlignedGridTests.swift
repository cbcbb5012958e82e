import BulletinModel
import Testing

@testable import Reading

/// Tables as they come out of PDF pages: columns of blanks, heads and names over several lines.
@Suite struct AlignedGridTests {
    private func read(_ text: String) throws -> [String] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let bytes = Array(text.utf8)
        return try engine.segment(engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).flatMap(engine.extract)
            .map { figure in
                let period = figure.period.map { $0.start.prefix(4) + "-" + $0.end.suffix(5) } ?? ""
                return
                    "\(period) \(figure.region?.name ?? "") \(figure.name) \(figure.value)\(figure.unit) \(figure.kind)"
            }
    }

    @Test("heads over several columns belong to them by their order, wherever the blanks put them")
    func groups() throws {
        let text = """
            表5 宜春市主要指标（单位：亿元、%）
                             2022 年                  2023 年
            项目
                         金额  增速                 金额        增速
            一般公共预算收入            271.30     5.2    280.41     3.4
            社会消费品零售总额          1,020.55     6.1  1,077.82     5.6
            """
        #expect(
            try read(text) == [
                "2022-12-31 宜春市 一般公共预算收入 27130000000元 level", "2022-12-31 宜春市 一般公共预算收入 5.2% change",
                "2023-12-31 宜春市 一般公共预算收入 28041000000元 level", "2023-12-31 宜春市 一般公共预算收入 3.4% change",
                "2022-12-31 宜春市 社会消费品零售总额 102055000000元 level", "2022-12-31 宜春市 社会消费品零售总额 6.1% change",
                "2023-12-31 宜春市 社会消费品零售总额 107782000000元 level", "2023-12-31 宜春市 社会消费品零售总额 5.6% change",
            ])
    }

    @Test("a head over some columns alone holds for all of them")
    func someColumns() throws {
        let text = """
                     辽阳市地域收入构成表
                                                     单位：万元
                                  2023年执行数
            项   目    2022年
                             金额        所占比重%      增长%
            税收收入     310200   325710       71.20     5.00
            非税收入     128800   131760       28.80     2.30
            """
        #expect(
            try read(text).prefix(4) == [
                "2022-12-31 辽阳市 税收收入 3102000000元 level", "2023-12-31 辽阳市 税收收入 3257100000元 level",
                "2023-12-31 辽阳市 税收收入 71.2% share", "2023-12-31 辽阳市 税收收入 5% change",
            ])
    }

    @Test(
        "a name set over several lines goes to the figures in its middle, and the unit may stand beside the table's number"
    )
    func wrapped() throws {
        let text = """
                     2024年鹰潭市政府债务限额表
            表三                                单位：亿元
            地区            合计     一般债务     专项债务
            鹰潭市
            市本级         88.10      30.05      58.05
            贵溪市        120.40      51.30      69.10
            余江区及
            信江新区       45.60      20.10      25.50
            管理委员
            会
            """
        let figures = try read(text)
        #expect(figures.contains("2024-12-31 贵溪市 政府债务限额 12040000000元 level"), "\(figures)")
        #expect(figures.contains { $0.hasSuffix("4560000000元 level") }, "\(figures)")
        #expect(figures.count == 9, "\(figures)")
    }

    @Test("in a table of two halves a row of the second half alone stays there")
    func halves() throws {
        let text = """
            2023年崇左市一般公共预算收支决算表
                                                              单位：万元
                收入               决算数            支出               决算数
            税收收入                 45,120       教育支出               30,200
            非税收入                 20,330       卫生健康支出             18,410
                                           农林水支出              22,080
                                           交通运输支出               9,770
            """
        let figures = try read(text)
        #expect(figures.contains("2023-12-31 崇左市 农林水支出 220800000元 level"), "\(figures)")
        #expect(figures.contains("2023-12-31 崇左市 交通运输支出 97700000元 level"), "\(figures)")
        #expect(figures.count == 6, "\(figures)")
    }
}

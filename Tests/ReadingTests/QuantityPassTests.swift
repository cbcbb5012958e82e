import BulletinModel
import Testing

@testable import Reading

@Suite struct QuantityPassTests {
    private func passage(_ text: String) -> Passage {
        let scalars = Scalars.of(text)
        return Passage(scalars: scalars, origin: Array(scalars.indices))
    }

    /// Quote, value, upper value, unit and bound, as a line each.
    private func read(_ text: String) -> [String] {
        let passage = passage(text)
        return QuantityPass.read(passage).map { q in
            let quote = Scalars.string(passage.scalars[q.range])
            return "\(quote) \(q.value)\(q.valueTo.map { "~" + $0 } ?? "") \(q.unit) \(q.bound)"
        }
    }

    @Test(
        "numerals in every style, with magnitudes multiplied out",
        arguments: [
            ("收入12.5亿元", "12.5亿元 1250000000 元 exact"), ("支出1,076,420万元", "1,076,420万元 10764200000 元 exact"),
            ("支出3,594, 026万元", "3,594, 026万元 35940260000 元 exact"), ("减税1.3万亿元", "1.3万亿元 1300000000000 元 exact"),
            ("面积13.72千公顷", "13.72千公顷 13720 公顷 exact"), ("产量134.1万千升", "134.1万千升 1341000 千升 exact"),
            ("增长19·5%", "19·5% 19.5 % exact"), ("增长3。1%", "3。1% 3.1 % exact"), ("下降百分之十二", "百分之十二 12 % exact"),
            ("占三分之一", "三分之一 33.33 % exact"), ("缩短一半", "一半 50 % exact"), ("增长三成", "三成 30 % exact"),
            ("共1亿5000万元", "1亿5000万元 150000000 元 exact"), ("用电20.3 %", "20.3 % 20.3 % exact"),
            ("浓度35.0微克/立方米", "35.0微克/立方米 35 微克/立方米 exact"), ("提高34个百分点", "34个百分点 34 百分点 exact"),
            ("臭氧150微克每立方米", "150微克每立方米 150 微克每立方米 exact"),
            ("收入比2.3∶1", "2.3∶1 2.3  exact"), ("无霜期95天—110天", "95天—110天 95~110 天 exact"),
            ("34款新药获批", "34款 34 款 exact"), ("打造6个夜间集市", "6个 6 个 exact"), ("整改36个问题", "36个 36 个 exact"),
        ])
    func numerals(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test("what needs no unit ends a list of numbers that wait for one, so that figures stay in reading order")
    func waiting() {
        #expect(read("分别为0和1/2，增长1%") == ["1/2 50 % exact", "1% 1 % exact"])
        #expect(read("10、首位20万元") == ["首位 1 位 exact", "20万元 200000 元 exact"])
        #expect(read("分别为10、20和30万元") == ["10 100000 元 exact", "20 200000 元 exact", "30万元 300000 元 exact"])
    }

    @Test(
        "bounds in front, inside and behind",
        arguments: [
            ("突破11亿元", "over"), ("近30万人", "about"), ("3800余人", "over"), ("620多万套", "over"), ("5%左右", "about"),
            ("不足5人", "under"), ("100亿元以上", "over"), ("近400余名", "about"), ("430.4亿元", "exact"),
        ])
    func bounds(text: String, expected: String) {
        #expect(read(text).map { $0.split(separator: " ").last.map(String.init) } == [expected])
    }

    @Test(
        "a bound behind the last of two figures holds for both, and a named target is compared with",
        arguments: [
            ("分别增长5%、6.5%左右", ["about", "about"]), ("略低于8%的预定目标", ["exact"]), ("不低于5%左右", ["about"]),
            ("约占38%", ["about"]), ("约占总支出的74%", ["about"]), ("超过了5%", ["over"]), ("控制在2.9%以内", ["under"]),
            ("签约30亿元", ["exact"]),
        ])
    func sharedBounds(text: String, expected: [String]) {
        #expect(read(text).map { String($0.split(separator: " ").last ?? "") } == expected)
    }

    @Test(
        "units of every family, compound ones and those told by the noun",
        arguments: [
            ("近1400万农业转移人口", "1400万 14000000 人 about"), ("人口23.82万", "23.82万 238200 人 exact"),
            ("发电35万千瓦", "35万千瓦 350000 千瓦 exact"), ("周转量12亿吨公里", "12亿吨公里 1200000000 吨公里 exact"),
            ("单价5000元/平方米", "5000元/平方米 5000 元/平方米 exact"), ("节约0.5吨标准煤", "0.5吨标准煤 0.5 吨标准煤 exact"),
            ("中断1个多月", "1个多月 1 月 over"), ("增加两倍", "两倍 2 倍 exact"), ("翻一番", "一番 1 番 exact"),
            ("¥300", "¥300 300 元 exact"),
            ("下降1.2个千分点", "1.2个千分点 1.2 千分点 exact"), ("占七成六", "七成六 76 % exact"), ("优良天数316天", "316天 316 天 exact"),
            ("出口16.77万亿元人民币", "16.77万亿元 16770000000000 元 exact"), ("突破百亿斤", "百亿斤 10000000000 斤 over"),
        ])
    func units(text: String, expected: String) {
        #expect(read(text) == [expected])
    }

    @Test("a unit printed once holds for the list before it")
    func sharedUnits() {
        #expect(read("加快0.7、1.0和1.1个百分点") == ["0.7 0.7 百分点 exact", "1.0 1 百分点 exact", "1.1个百分点 1.1 百分点 exact"])
        #expect(read("分别快于全国3.4个、1个百分点") == ["3.4个 3.4 百分点 exact", "1个百分点 1 百分点 exact"])
        #expect(read("每千人口托位数4.8个") == ["4.8个 4.8 个 exact"])
        #expect(read("分别为10、20和30万元").map { $0.split(separator: " ")[1] } == ["100000", "200000", "300000"])
    }

    @Test("ranges have both ends")
    func ranges() {
        #expect(read("增长5%—5.5%") == ["5%—5.5% 5~5.5 % exact"])
        #expect(read("建设8至10个") == ["8至10个 8~10 个 exact"])
        #expect(read("带动3至5万人") == ["3至5万人 30000~50000 人 exact"])
    }

    @Test("places in an order are ranks")
    func ranks() {
        #expect(read("总量居全市第二位") == ["第二位 2 位 exact"])
        #expect(read("稳居首位。") == ["首位 1 位 exact"])
        #expect(read("增幅全市第一。") == ["第一 1 位 exact"])
    }

    @Test(
        "what measures nothing is left out",
        arguments: [
            "第十五届人民代表大会第四次会议", "1—8月", "2023年前三季度", "1月24日", "第二产业", "八一路", "“1+1+N”平台",
            "三个重点", "五项治理", "60岁以上老人", "PM2.5浓度", "一批项目", "我们十分重视", "5年来", "4S店", "投资5000万元以上项目", "每10万人",
            "全国500强", "330千伏线路", "两个百年目标", "《十项规定》", "为期两个月", "20分钟服务圈", "百元钞票", "数十家", "上百家",
            "这两项工作", "政府采购、直销等3个阶段", "比分3比2", "第七次人口普查", "双向六车道", "代表团两次亲临现场",
        ])
    func excluded(text: String) {
        #expect(read(text) == [])
    }

    @Test("no two quantities overlap, and each stays inside its passage", arguments: 0..<100)
    func disjoint(seed: UInt64) {
        var state = seed &+ 0x2545_F491_4F6C_DD1D
        let pieces = [
            "12", "3.4", "万", "亿", "元", "%", "至", "—", "第", "一", "三", "百", "分之", "个", "百分点", "年", "多", ",", "。", "位",
        ]
        var text = ""
        for _ in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += pieces[Int((state >> 33) % UInt64(pieces.count))]
        }
        let passage = passage(text)
        var end = 0
        for quantity in QuantityPass.read(passage) {
            #expect(quantity.range.lowerBound >= end && !quantity.range.isEmpty)
            end = quantity.range.upperBound
        }
        #expect(end <= passage.scalars.count)
    }

    @Test(
        "time grows with the length of hostile input, not with its square",
        arguments: ["9", "一", "第", "百分之", "1,", "至", "万"])
    func linear(piece: String) {
        func time(_ count: Int) -> Duration {
            let passage = passage(String(repeating: piece, count: count))
            return ContinuousClock().measure { _ = QuantityPass.read(passage) }
        }
        _ = time(1000)
        let small = (0..<3).map { _ in time(4_000) }.min() ?? .zero
        let large = (0..<3).map { _ in time(32_000) }.min() ?? .zero
        #expect(large < small * 40 + .milliseconds(50))
    }
}

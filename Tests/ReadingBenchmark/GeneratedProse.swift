/// Bulletin prose made up from a seed: the same text on every machine, with about four figures
/// in a kilobyte, as work reports have, and of any length.
struct GeneratedProse {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// About `size` bytes of UTF-8, cut into documents of about `document` bytes each.
    mutating func documents(size: Int, document: Int) -> [[UInt8]] {
        var documents: [[UInt8]] = []
        var written = 0
        while written < size {
            var text = "\(pick(Self.places))\(2005 + below(20))年国民经济和社会发展情况\n"
            while text.utf8.count < document {
                text += "\n" + "\(pick(Self.ordinals))、\(pick(Self.topics))\n"
                for _ in 0..<(2 + below(3)) { text += paragraph() + "\n" }
            }
            documents.append(Array(text.utf8))
            written += text.utf8.count
        }
        return documents
    }

    private mutating func paragraph() -> String {
        var text = ""
        for _ in 0..<(3 + below(4)) { text += sentence() }
        return text
    }

    private mutating func sentence() -> String {
        let measure = pick(Self.measures)
        switch below(24) {
        case 0: return "全年\(measure)\(amount())亿元，比上年增长\(percent())%，增速居全省第\(pick(Self.digits))位。"
        case 1:
            return
                "新增\(pick(Self.things))\(below(900) + 10)个，\(measure)和\(pick(Self.measures))分别完成\(amount())亿元、\(amount())亿元，分别增长\(percent())%和\(percent())%。"
        case 2: return "\(pick(Self.remarks))，\(pick(Self.remarks))，累计建成\(pick(Self.things))\(below(90) + 2)家。"
        case 3: return "其中，\(pick(Self.places))\(measure)达到\(amount())万元，占全市的\(percent())%，同比提高\(percent())个百分点。"
        case 4: return "\(pick(Self.remarks))，\(measure)由\(amount())亿元提高到\(amount())亿元，年均增长\(percent())%以上。"
        case 5..<14: return "坚持稳中求进工作总基调，\(pick(Self.remarks))，\(pick(Self.remarks))，\(pick(Self.remarks))。"
        default: return "\(pick(Self.remarks))，\(pick(Self.remarks))，深入实施创新驱动发展战略，\(pick(Self.remarks))。"
        }
    }

    private mutating func amount() -> String { "\(below(9000) + 10).\(below(10))" }
    private mutating func percent() -> String { "\(below(30)).\(below(9) + 1)" }
    private mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

    /// SplitMix64.
    private mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }

    private static let places = ["东湾市", "临江县", "云溪区", "北原省", "青石镇", "河南省洛阳市", "宁夏回族自治区", "全市"]
    private static let ordinals = ["一", "二", "三", "四", "五", "六", "七", "八"]
    private static let digits = ["一", "二", "三", "四", "五", "六"]
    private static let topics = ["综合", "农业", "工业和建筑业", "固定资产投资", "对外经济", "财政和金融", "人民生活"]
    private static let measures = [
        "地区生产总值", "规模以上工业增加值", "固定资产投资", "社会消费品零售总额", "一般公共预算收入", "城镇居民人均可支配收入",
        "进出口总额", "金融机构存款余额", "旅游总收入", "技术合同成交额",
    ]
    private static let things = ["高新技术企业", "养老服务设施", "示范合作社", "重点实验室", "公共充电站"]
    private static let remarks = [
        "各项社会事业全面进步", "营商环境持续优化", "产业结构继续调整", "一批重大工程开工建设", "基层治理水平稳步提升", "城乡面貌发生新的变化",
        "农业生产形势总体平稳", "干部群众团结一心克服困难", "生态环境质量明显改善", "改革开放迈出新的步伐",
    ]
}

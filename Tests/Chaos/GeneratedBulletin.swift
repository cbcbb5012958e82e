/// A bulletin of known contents: figures that stand nowhere else, or nothing readable at all.
struct GeneratedBulletin {
    /// The file's name.
    let name: String
    /// What is in it.
    let bytes: [UInt8]
    /// The quotes that must be found in it, each once; empty for one that must be rejected.
    let quotes: [String]

    /// The bulletin of that number; every twentieth cannot be read.
    init(_ number: Int, using random: inout Seeded) {
        if number % 20 == 7 {
            name = "unreadable-\(number).bin"
            bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) } + Array("\(number)".utf8)
            quotes = []
            return
        }
        let measures = ["地区生产总值", "规模以上工业增加值", "一般公共预算收入", "社会消费品零售总额", "固定资产投资"]
        var quotes: [String] = []
        var text = "# 临江市经济运行情况第\(number)号\n"
        for paragraph in 0..<Int.random(in: 1...8, using: &random) {
            text += "\n第\(paragraph + 1)部分。"
            for (index, measure) in measures.enumerated() {
                let quote = "\(1_000_000 + number).\(10 + paragraph)\(index + 1)亿元"
                quotes.append(quote)
                text += "全市\(measure)\(quote)，同比增长\(Int.random(in: 1...9, using: &random)).\(index)%。"
            }
            text += "\n"
        }
        name = "bulletin-\(number).md"
        bytes = Array(text.utf8)
        self.quotes = quotes
    }
}

/// SplitMix64: the same seed gives the same run.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

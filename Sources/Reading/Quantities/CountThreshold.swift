/// A mark that those counted have passed: 191家企业营业收入超百亿元 counts firms, and 百亿元 says which.
enum CountThreshold {
    private static let over = WordTable<Bool>(
        WordTable<Bool>.words("超 超过 突破 过 逾 均超 均超过 均突破 达 达到 跨过 跨越 迈过", true))
    private static let measures = WordTable<Bool>(
        WordTable<Bool>.words(
            "营业收入 主营业务收入 销售收入 收入 营收 产值 总产值 增加值 销售额 规模 市值 纳税 税收 利润 生产总值 总量 经济总量 投资 投资额 人口 交易额 出口额 进出口额 估值 产业规模", true))
    private static let bodies = WordTable<Bool>(
        WordTable<Bool>.words("企业 公司 集群 园区 县 区 市 产业 产业链 村 乡镇 镇 街道 开发区 商圈 项目 品牌 产品 港口 机场 合作社 集团", true))

    /// The body that is counted, which begins at `index`, with what it is to have passed up to the mark at
    /// `mark`; nil where nothing of the kind stands there.
    static func read(_ s: [UInt32], at index: Int, mark: Int) -> (body: Range<Int>, condition: Range<Int>)? {
        guard mark > index + 3, mark - index <= 22 else { return nil }
        var verb: Int?
        for i in stride(from: mark - 1, through: max(index, mark - 3), by: -1)
        where over.longest(in: s, at: i, limit: mark)?.length == mark - i { verb = i }
        guard let verb, s[index..<mark].allSatisfy({ NumeralScalars.isHan($0) }) else { return nil }
        for i in index..<verb {
            guard measures.longest(in: s, at: i, limit: verb)?.length == verb - i else { continue }
            // The body ends where the measure begins.
            for start in index..<i where bodies.longest(in: s, at: start, limit: i)?.length == i - start {
                return (index..<i, i..<mark)
            }
        }
        return nil
    }
}

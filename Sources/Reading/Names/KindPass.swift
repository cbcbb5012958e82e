import BulletinModel

/// Tells what part each quantity plays: an amount, a change with its sign, a share or a rank.
enum KindPass {
    /// Verbs and nouns of a rise and of a fall, for passes that cut them off a name.
    static let rises = WordSet(KindCues.rises + " " + KindCues.riseNouns)
    static let falls = WordSet(KindCues.falls + " " + KindCues.fallNouns)

    /// The mentions of a passage, one for each quantity, in the same order.
    static func read(_ quantities: [Quantity], in tokens: Tokens) -> [Mention] {
        var reader = KindReader(tokens)
        return quantities.map { reader.read($0) }
    }
}

/// Reads kinds from left to right; a member of a list takes the kind of the one before it.
struct KindReader {
    private let scalars: [UInt32]
    private let lexicon: Lexicon
    private var previous: Mention?
    /// The cue from which the previous mention was read, for members of its list.
    private var previousSubject: KindCues.Cue?

    /// A window reaches back at most this far.
    private static let reach = 60

    init(_ tokens: Tokens) {
        scalars = tokens.s
        lexicon = tokens.lexicon
    }

    mutating func read(_ quantity: Quantity) -> Mention {
        var mention = Mention(quantity: quantity, kind: .level)
        defer { previous = mention }
        if quantity.form == .rank {
            mention.kind = .rank
            return mention
        }
        let start = quantity.range.lowerBound
        let floor = max(previous?.quantity.range.upperBound ?? 0, start - Self.reach, 0)
        if let last = previous, last.kind != .rank, isListed(last.quantity.range.upperBound, start),
            last.quantity.form == quantity.form
                || (last.kind == .change && quantity.form == .multiple
                    || quantity.form == .ratio && last.quantity.form == .multiple)
        {
            mention.kind = last.kind
            mention.negative = last.negative
            return mention
        }
        let window = Window(scalars, from: clauseStart(start, floor), to: start)
        var (kind, negative) = judge(quantity, window)
        if quantity.form == .ratio, kind == .level, let rate = rateBehind(quantity.range.upperBound) {
            (kind, negative) = (.change, rate)
        }
        if kind == .level, window.isEmpty, quantity.form == .ratio || quantity.form == .multiple {
            (kind, negative) = (.level, false)
        }
        // 增长7.8%，略低于8%的目标: the target of what the sentence says before.
        if quantity.form == .ratio, kind == .level, let last = previous, last.kind == .change,
            last.quantity.form == .ratio,
            QuantityBound.comparesWithTarget(scalars, behind: quantity.range.upperBound, lexicon),
            !scalars[last.quantity.range.upperBound..<start].contains(0x3002)
        {
            kind = .change
            negative = false
        }
        switch quantity.form {
        case .points, .multiple:
            kind = .change
            negative = window.lastSign ?? false
            // 市盈率15倍: a rate told as a multiple.
            if quantity.form == .multiple, window.last == .level, window.lastEnd == start { kind = .level }
        default: break
        }
        // 占年初预算9亿元的41%: a share of the amount that stands between.
        if quantity.form == .ratio, kind == .level, isOfWhole(start) { kind = .share }
        // 5.8:41.6:52.6: shares of the whole.
        if quantity.part != nil { kind = .share }
        mention.kind = kind
        mention.negative = kind == .change && negative
        return mention
    }

    /// Whether only 的 stands between a figure and an amount of which the clause says that something is a part.
    private func isOfWhole(_ start: Int) -> Bool {
        guard let whole = previous, whole.kind == .level, whole.quantity.form == .amount,
            whole.quantity.range.upperBound + 1 == start, scalars[start - 1] == 0x7684
        else { return false }
        let end = whole.quantity.range.lowerBound
        return Window(scalars, from: clauseStart(end, max(0, end - Self.reach)), to: end).last == .share
    }

    /// The sign of a rate of change that the figure qualifies (7%的增长速度); nil where none follows.
    private func rateBehind(_ index: Int) -> Bool? {
        var end = QuantityBound.behind(scalars, at: index, lexicon)?.end ?? index
        // 实现13.1%、32.8%和45.2%的增长: what follows the list holds for each of its figures.
        while end < scalars.count, end - index < 40, Self.listed.contains(scalars[end]) { end += 1 }
        guard end < scalars.count, scalars[end] == 0x7684 else { return nil }
        var cursor = end + 1
        for word in ["年均", "平均", "较快", "高", "速度", "国民", "经济"] {
            let word = Scalars.of(word)
            if cursor + word.count < scalars.count, scalars[cursor..<(cursor + word.count)].elementsEqual(word) {
                cursor += word.count
            }
        }
        switch KindCues.table.longest(in: scalars, at: cursor)?.value {
        case .rate(let negative), .change(let negative): return negative
        default: return nil
        }
    }

    // MARK: - Judging

    private func judge(_ quantity: Quantity, _ window: Window) -> (Indicator.Kind, Bool) {
        guard let cue = window.last else { return (.level, false) }
        let gap = window.lastEnd..<quantity.range.lowerBound
        switch cue {
        case .change(let negative):
            if gap.isEmpty || isLink(gap) { return (.change, negative) }
            if window.hasShare, quantity.form == .ratio { return (.share, false) }
            // 压减一般性支出15%: a share of its object that the verb adds or takes away.
            return quantity.form == .ratio && isObject(gap) ? (.change, negative) : (.level, false)
        case .rate(let negative):
            return quantity.form == .ratio ? (.change, negative) : (.level, false)
        case .arrival:
            guard quantity.form == .ratio else { return (.level, false) }
            switch subject(of: quantity) {
            case .rate(let negative): return (.change, negative)
            case .share: return (.share, false)
            default: return (.level, false)
            }
        case .share: return quantity.form == .ratio ? (.share, false) : (.level, false)
        case .comparison:
            return quantity.form == .ratio && (gap.isEmpty || isLink(gap)) ? (.change, false) : (.level, false)
        case .level:
            // 降低电价10%: the verb at the head changes what its object names.
            if quantity.form == .ratio, gap.isEmpty, let negative = window.headVerb { return (.change, negative) }
            return (.level, false)
        case .neutral, .below, .adjective: return (.level, false)
        }
    }

    /// Whether a short noun alone stands between a verb and its number.
    private func isObject(_ gap: Range<Int>) -> Bool {
        gap.count <= 12 && gap.allSatisfy { NumeralScalars.isHan(scalars[$0]) && !Self.breaks.contains(scalars[$0]) }
    }

    private static let listed = ScalarSet("0123456789.%、和及与")
    private static let breaks = ScalarSet("达为到至是占有的在其并且使和及")

    /// The sign that a cue gives; nil where it gives none.
    static func sign(_ cue: KindCues.Cue) -> Bool? {
        switch cue {
        case .change(let negative), .rate(let negative): negative
        case .below: true
        default: nil
        }
    }

    /// The noun of which 提高到 and its like tell the new value: the last rate or share noun of the clause.
    private func subject(of quantity: Quantity) -> KindCues.Cue? {
        let start = quantity.range.lowerBound
        let window = Window(scalars, from: clauseStart(start, max(0, start - Self.reach)), to: start)
        return window.lastNoun
    }

    // MARK: - Windows

    /// The cues of a stretch of one clause.
    struct Window {
        var last: KindCues.Cue?
        var lastEnd = 0
        var lastNoun: KindCues.Cue?
        var hasShare = false
        /// The sign of a verb of change that opens the clause, with its object behind it.
        var headVerb: Bool?
        /// The sign of the last word of change, a comparison with more or less included.
        var lastSign: Bool?
        private var comparesWith = false
        var isEmpty = true

        init(_ scalars: [UInt32], from start: Int, to end: Int) {
            lastEnd = start
            var cursor = start
            while cursor < end {
                // 占总人口比重(城镇化率)为: what a note says is not said of the figure behind it.
                if scalars[cursor] == 0x28 || scalars[cursor] == 0xFF08,
                    let close = scalars[cursor..<end].firstIndex(where: { $0 == 0x29 || $0 == 0xFF09 })
                {
                    cursor = close + 1
                    continue
                }
                guard let match = KindCues.table.longest(in: scalars, at: cursor, limit: end) else {
                    if NumeralScalars.isHan(scalars[cursor]) { isEmpty = false }
                    if scalars[cursor] == 0x6BD4 || scalars[cursor] == 0x8F83 || scalars[cursor] == 0x5DEE {
                        comparesWith = true
                    }  // 比 较 差
                    cursor += 1
                    continue
                }
                isEmpty = false
                cursor += match.length
                if match.value == .neutral { continue }
                if case .comparison = match.value { comparesWith = true }
                var value = match.value
                if case .adjective(let negative) = value {
                    guard comparesWith, KindReader.isLink(scalars, cursor..<end) else { continue }
                    value = .change(negative: negative)
                }
                // A verb of one scalar speaks of the numeral only right before it.
                if match.length == 1, case .change = match.value, !KindReader.isLink(scalars, cursor..<end) { continue }
                if match.value == .share { hasShare = true }
                // 占国内生产总值的比例: a share, though 比例 alone is a level.
                if hasShare, match.value == .level, match.length == 2, scalars[cursor - 2] == 0x6BD4 { value = .share }
                if match.value == .below, end - cursor < 2 { continue }
                if case .change(let negative) = match.value, match.length > 1, cursor - match.length <= start + 2 {
                    headVerb = negative
                }
                switch match.value {
                case .rate, .share, .level: lastNoun = match.value
                default: break
                }
                last = value
                if let sign = KindReader.sign(value) { lastSign = sign }
                lastEnd = cursor
            }
        }
    }

    private func clauseStart(_ index: Int, _ floor: Int) -> Int {
        var cursor = index
        while cursor > floor {
            switch scalars[cursor - 1] {
            case 0xFF0C, 0x3002, 0xFF1B, 0x3B, 0x2C, 0xFF01, 0xFF1F, 0x0A, 0xFF1A: return cursor
            default: cursor -= 1
            }
        }
        return cursor
    }

    /// Whether only list signs and words stand between two quantities.
    private func isListed(_ end: Int, _ start: Int) -> Bool {
        guard end < start, start - end <= 6 else { return false }
        var cursor = end
        while cursor < start {
            guard let match = Self.joints.longest(in: scalars, at: cursor, limit: start) else { return false }
            cursor += match.length
        }
        return true
    }

    private static let joints = WordTable<Bool>(
        WordTable<Bool>.words("、 和 与 及 以及 或 / ~ 近 约 超 超过 左右 以上 逾 不足 到 至", true) + [(" ", true)])

    private func isLink(_ range: Range<Int>) -> Bool { Self.isLink(scalars, range) }

    /// Whether a stretch holds nothing but words that may stand between a verb of change and its number.
    static func isLink(_ scalars: [UInt32], _ range: Range<Int>) -> Bool {
        if range.count > 60 { return false }
        var cursor = range.lowerBound
        var noted = 0
        while cursor < range.upperBound {
            if scalars[cursor] == 0x28 || scalars[cursor] == 0xFF08 {
                // A parenthesis between verb and number (可比价) says nothing of it.
                let open = cursor
                while cursor < range.upperBound, scalars[cursor] != 0x29, scalars[cursor] != 0xFF09 { cursor += 1 }
                cursor += 1
                noted += cursor - open
                continue
            }
            if cursor - range.lowerBound - noted > 24 { return false }
            guard let match = links.longest(in: scalars, at: cursor, limit: range.upperBound) else { return false }
            cursor += match.length
        }
        return true
    }

    private static let links = WordTable<Bool>(
        WordTable<Bool>.words(
            """
            了 约 近 超 超过 逾 达 达到 为 将 将近 接近 大约 不足 不到 不低于 不高于 不少于 不超过 突破 至少 仅 只 再 又 各 均 都 分别 分别为 分别达 分别达到 高达 多达 目标 预期 预计 目标为 预期为 预期目标为 预期目标 \
            左右 最多 最少 近一 出 的 是 在 幅度 幅度为 幅度达 幅度达到 力争 确保 以上 保持 保持在 控制 控制在 稳定在 已 已达 低于 高于 仅为 只有 仅有 则 全年 由 从 : ： 约为 约达 数 值 额 速度为 速度达 超出 负 有 \
            平均 每年 年均 每月 每人 人均 户均 每亩 亩均 个 人民币 实际 名义
            """, true) + [(" ", true)])
}

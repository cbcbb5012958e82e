import BulletinModel

/// Tells what part each quantity plays: an amount, a change with its sign, a share or a rank.
enum KindPass {
    /// The mentions of a passage, one for each quantity, in the same order.
    static func read(_ quantities: [Quantity], in tokens: Tokens, rules: FieldRules? = nil) -> [Mention] {
        var reader = KindReader(tokens)
        return quantities.indices.map { i in
            let last = i > 0 ? reader.previous : nil
            var mention = reader.read(quantities[i])
            guard let rules, let told = RuleKind(mention) else { return mention }
            let found = rules.value(of: .kind, at: i, told: told.rawValue) { key, value in
                switch key {
                case "form": mention.quantity.form.rawValue == value
                case "unit": mention.quantity.unit == value
                case "last": last.flatMap { RuleKind($0) }?.rawValue == value
                default: false
                }
            }
            if let found, let said = RuleKind(rawValue: found.value) {
                (mention.kind, mention.negative) = said.kind
                mention.proposals = found.proposals
                reader.previous = mention
            }
            return mention
        }
    }
}

/// Reads kinds from left to right; a member of a list takes the kind of the one before it.
struct KindReader {
    private let scalars: [UInt32]
    private let lexicon: Lexicon
    /// The figure before.
    fileprivate(set) var previous: Mention?
    /// The cue from which the previous mention was read, for members of its list.
    private var previousSubject: KindSense?

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
        let window = window(from: clauseStart(start, floor), to: start)
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
        return window(from: clauseStart(end, max(0, end - Self.reach)), to: end).last == .share
    }

    /// The sign of a rate of change that the figure qualifies (7%的增长速度); nil where none follows.
    private func rateBehind(_ index: Int) -> Bool? {
        var end = QuantityBound.behind(scalars, at: index, lexicon)?.end ?? index
        // 实现13.1%、32.8%和45.2%的增长: what follows the list holds for each of its figures.
        while end < scalars.count, end - index < 40, isListed(scalars[end]) { end += 1 }
        guard end < scalars.count, scalars[end] == 0x7684 else { return nil }
        var cursor = end + 1
        for word in lexicon.words(.changeQualifier) {
            let word = Scalars.of(word)
            if cursor + word.count < scalars.count, scalars[cursor..<(cursor + word.count)].elementsEqual(word) {
                cursor += word.count
            }
        }
        guard let sense = lexicon.kinds.table.longest(in: scalars, at: cursor)?.value, sense != .behind else {
            return nil
        }
        return sense.isFall
    }

    // MARK: - Judging

    private func judge(_ quantity: Quantity, _ window: Window) -> (Indicator.Kind, Bool) {
        guard let cue = window.last else { return (.level, false) }
        let gap = window.lastEnd..<quantity.range.lowerBound
        switch cue {
        case .rise, .fall:
            if gap.isEmpty || isLink(gap) { return (.change, cue == .fall) }
            if window.hasShare, quantity.form == .ratio { return (.share, false) }
            // 压减一般性支出15%: a share of its object that the verb adds or takes away.
            return quantity.form == .ratio && isObject(gap) ? (.change, cue == .fall) : (.level, false)
        case .riseRate, .fallRate:
            return quantity.form == .ratio ? (.change, cue == .fallRate) : (.level, false)
        case .arrival:
            guard quantity.form == .ratio else { return (.level, false) }
            switch subject(of: quantity) {
            case .riseRate: return (.change, false)
            case .fallRate: return (.change, true)
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
        case .none, .behind, .more, .less: return (.level, false)
        }
    }

    /// Whether a short noun alone stands between a verb and its number.
    private func isObject(_ gap: Range<Int>) -> Bool {
        gap.count <= 12
            && gap.allSatisfy {
                NumeralScalars.isHan(scalars[$0]) && !lexicon.scalars(.objectBreak).contains(scalars[$0])
            }
    }

    /// Whether a scalar may stand in a list of numbers.
    private func isListed(_ c: UInt32) -> Bool {
        Glyph.isDigit(c) || c == 0x2E || c == 0x25 || lexicon.scalars(.listJoint).contains(c)
    }

    /// The noun of which 提高到 and its like tell the new value: the last rate or share noun of the clause.
    private func subject(of quantity: Quantity) -> KindSense? {
        let start = quantity.range.lowerBound
        return window(from: clauseStart(start, max(0, start - Self.reach)), to: start).lastNoun
    }

    // MARK: - Windows

    /// The cues of a stretch of one clause.
    struct Window {
        var last: KindSense?
        var lastEnd = 0
        var lastNoun: KindSense?
        var hasShare = false
        /// The sign of a verb of change that opens the clause, with its object behind it.
        var headVerb: Bool?
        /// The sign of the last word of change, a comparison with more or less included.
        var lastSign: Bool?
        private var comparesWith = false
        var isEmpty = true

        init(_ scalars: [UInt32], _ lexicon: Lexicon, from start: Int, to end: Int) {
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
                guard let match = lexicon.kinds.table.longest(in: scalars, at: cursor, limit: end) else {
                    if NumeralScalars.isHan(scalars[cursor]) { isEmpty = false }
                    if scalars[cursor] == 0x6BD4 || scalars[cursor] == 0x8F83 || scalars[cursor] == 0x5DEE {
                        comparesWith = true
                    }  // 比 较 差
                    cursor += 1
                    continue
                }
                isEmpty = false
                cursor += match.length
                if match.value == .none { continue }
                if match.value == .comparison { comparesWith = true }
                var value = match.value
                if value == .more || value == .less {
                    guard comparesWith, KindReader.isLink(scalars, cursor..<end, lexicon) else { continue }
                    value = value == .more ? .rise : .fall
                }
                let isVerb = match.value == .rise || match.value == .fall
                // A verb of one scalar speaks of the numeral only right before it.
                if match.length == 1, isVerb, !KindReader.isLink(scalars, cursor..<end, lexicon) { continue }
                if match.value == .share { hasShare = true }
                // 占国内生产总值的比例: a share, though 比例 alone is a level.
                if hasShare, match.value == .level, match.length == 2, scalars[cursor - 2] == 0x6BD4 { value = .share }
                if match.value == .behind, end - cursor < 2 { continue }
                if isVerb, match.length > 1, cursor - match.length <= start + 2 { headVerb = match.value == .fall }
                switch match.value {
                case .riseRate, .fallRate, .share, .level: lastNoun = match.value
                default: break
                }
                // 低于全市平均增速2个百分点: the rate that is compared with has no say.
                let isCompared = last == .behind && (value == .riseRate || value == .fallRate)
                if let sign = value.isFall, !isCompared { lastSign = sign }
                last = value
                lastEnd = cursor
            }
        }
    }

    private func window(from start: Int, to end: Int) -> Window { Window(scalars, lexicon, from: start, to: end) }

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
            let joint = scalars[cursor] == 0x20 ? 1 : lexicon[.figureJoint].begins(scalars, at: cursor, end: start)
            guard joint > 0 else { return false }
            cursor += joint
        }
        return true
    }

    private func isLink(_ range: Range<Int>) -> Bool { Self.isLink(scalars, range, lexicon) }

    /// Whether a stretch holds nothing but words that may stand between a verb of change and its number.
    static func isLink(_ scalars: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
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
            let link =
                scalars[cursor] == 0x20 ? 1 : lexicon[.changeLink].begins(scalars, at: cursor, end: range.upperBound)
            guard link > 0 else { return false }
            cursor += link
        }
        return true
    }

}

/// Reads the unit behind a numeral, compound units and a 个 in front of a unit noun included.
enum UnitReader {
    /// A unit found, with where it ends.
    struct Found {
        var unit: Unit
        /// One past the last scalar of the unit.
        var end: Int
        /// 多 or 余 between 个 and the unit (1个多月).
        var isSurplus = false
        /// 半 behind the unit (两米半).
        var half = false
    }

    /// The unit that begins at `index` and cuts no word, spaces before it allowed; nil where there is none.
    static func read(_ tokens: Tokens, at index: Int) -> Found? {
        read(tokens.s, at: index, tokens.lexicon) { tokens.startsToken($0) }
    }

    /// The unit that begins at `index`, spaces before it allowed; nil where there is none.
    static func read(
        _ scalars: [UInt32], at index: Int, _ lexicon: Lexicon, isBorder: ((Int) -> Bool)? = nil
    ) -> Found? {
        let begin = NumeralReader.skipSpaces(scalars, from: index)
        guard begin < scalars.count else { return nil }
        if scalars[begin] == 0x4E2A || scalars[begin] == 0x500B,
            let inner = behindClassifier(scalars, begin + 1, lexicon)
        {
            return inner
        }
        guard var match = lexicon.unitTable.longest(in: scalars, at: begin) else { return nil }
        // 5项目标 is 5项 + 目标, not 项目.
        if match.value.family == .none, match.length == 2, begin + 2 < scalars.count, scalars[begin] == 0x9879,
            scalars[begin + 2] == 0x6807,
            let shorter = lexicon.unitTable.longest(in: scalars, at: begin, limit: begin + 1)
        {
            match = shorter
        }
        if let isBorder, scalars[begin] >= 0x80, scalars[begin] != 0x4E2A {
            // 154万户家庭: what goes on into the next word is no unit.
            while !isBorder(begin + match.length) {
                guard match.length > 1,
                    let shorter = lexicon.unitTable.longest(in: scalars, at: begin, limit: begin + match.length - 1)
                else { return nil }
                match = shorter
            }
        }
        guard match.value.isPlain else { return nil }
        var found = Found(unit: match.value, end: begin + match.length)
        if found.unit.text.utf8.first.map({ $0 < 0x80 && $0 != 0x25 }) == true, found.end < scalars.count,
            NumeralScalars.isLetter(scalars[found.end])
        {
            return nil  // A letter goes on: 5GHz is in the table, 5Gate is no unit.
        }
        extend(&found, scalars, from: begin, lexicon)
        if found.unit.family == .measure || found.unit.family == .rating || found.unit.family == .money,
            found.end + 1 < scalars.count, scalars[found.end] == 0x6BCF,
            let per = lexicon.unitTable.longest(in: scalars, at: found.end + 1),
            per.value.family == .measure || per.value.family == .time
        {
            // 微克每立方米, 公斤每亩: the stroke in words.
            found.end += 1 + per.length
            found.unit = Unit(text: Scalars.string(scalars[begin..<found.end]), family: .measure)
        }
        extendInBrackets(&found, scalars, from: begin, lexicon)
        if found.unit.family == .money, let other = lexicon.unitTable.longest(in: scalars, at: found.end),
            other.value.family == .money, other.length > 1,
            other.value.text != lexicon.unit(.renminbi), found.end - begin == 1
        {
            // 3万元欧元: the currency stands behind.
            found.unit = other.value
            found.end += other.length
        }
        if found.end < scalars.count, scalars[found.end] == 0x534A,
            takesHalf(found.unit, scalars, found.end + 1, lexicon)
        {
            found.half = true
            found.end += 1
        }
        return found
    }

    /// 指数提高20点: the points of an index, which only a verb of change tells from a clock time.
    static func indexPoints(_ scalars: [UInt32], behind numeral: Range<Int>, _ lexicon: Lexicon) -> Found? {
        let at = numeral.upperBound
        guard at < scalars.count, scalars[at] == 0x70B9,
            at + 1 == scalars.count || Glyph.endsClause(scalars[at + 1]) || scalars[at + 1] == 0x3001,
            lexicon.rises.ends(scalars, before: numeral.lowerBound) > 1
                || lexicon.falls.ends(scalars, before: numeral.lowerBound) > 1
        else { return nil }
        return Found(unit: lexicon.unitRoles.indexPoint, end: at + 1)
    }

    /// 个百分点, 个月, 个多月, 个工作日: 个 is no part of the unit.
    private static func behindClassifier(_ scalars: [UInt32], _ index: Int, _ lexicon: Lexicon) -> Found? {
        var cursor = NumeralReader.skipSpaces(scalars, from: index)
        guard cursor < scalars.count else { return nil }
        var surplus = false
        if NumeralScalars.isSurplus(scalars[cursor]) {
            surplus = true
            cursor += 1
        }
        let half = cursor < scalars.count && scalars[cursor] == 0x534A  // 一个半月
        if half { cursor += 1 }
        // OCR may set 个百分 点 with spaces.
        for word in lexicon.unitRoles.pointsWords {
            if let end = spaced(scalars, cursor, word) { return Found(unit: lexicon.unitRoles.points, end: end) }
        }
        guard let match = lexicon.unitTable.longest(in: scalars, at: cursor) else { return nil }
        switch match.value.family {
        case .points, .time:
            guard match.value.family == .points || lexicon[.takesClassifier].contains(match.value.text) else {
                return nil
            }
            return Found(unit: match.value, end: cursor + match.length, isSurplus: surplus, half: half)
        default: return nil
        }
    }

    /// The end of a word whose scalars may be parted by single spaces.
    private static func spaced(_ scalars: [UInt32], _ index: Int, _ word: [UInt32]) -> Int? {
        var cursor = index
        for scalar in word {
            if cursor < scalars.count, cursor > index, NumeralScalars.isSpace(scalars[cursor]) { cursor += 1 }
            guard cursor < scalars.count, scalars[cursor] == scalar else { return nil }
            cursor += 1
        }
        return cursor
    }

    /// Appends another classifier in brackets: 套（间）, 辆（台）.
    private static func extendInBrackets(
        _ found: inout Found, _ scalars: [UInt32], from begin: Int, _ lexicon: Lexicon
    ) {
        guard found.unit.family == .count, found.end + 2 < scalars.count,
            scalars[found.end] == 0xFF08 || scalars[found.end] == 0x28,
            let inner = lexicon.unitTable.longest(in: scalars, at: found.end + 1), inner.value.family == .count
        else { return }
        let close = found.end + 1 + inner.length
        guard close < scalars.count, scalars[close] == 0xFF09 || scalars[close] == 0x29 else { return }
        found.end = close + 1
        found.unit = Unit(text: Scalars.string(scalars[begin..<found.end]), family: .count)
    }

    /// Appends what a stroke joins: 元/平方米, 微克/立方米, 元/人·月.
    private static func extend(_ found: inout Found, _ scalars: [UInt32], from begin: Int, _ lexicon: Lexicon) {
        var parts = 0
        while parts < 3, found.end + 1 < scalars.count {
            let sign = scalars[found.end]
            guard sign == 0x2F || sign == 0xFF0F || sign == 0x2215 || (parts > 0 && NumeralScalars.isPoint(sign)) else {
                break
            }
            var cursor = found.end + 1
            while cursor < scalars.count, NumeralScalars.magnitude(scalars[cursor]) != nil, cursor < found.end + 3,
                lexicon.unitTable.longest(in: scalars, at: cursor) == nil
            {
                cursor += 1  // 人/万人, 件/百户
            }
            guard let next = lexicon.unitTable.longest(in: scalars, at: cursor), next.value.isPlain else { break }
            found.end = cursor + next.length
            found.unit = Unit(
                text: Scalars.string(scalars[begin..<found.end]),
                family: found.unit.family == .time || found.unit.family == .rating ? .measure : found.unit.family)
            parts += 1
        }
    }

    private static func takesHalf(_ unit: Unit, _ scalars: [UInt32], _ next: Int, _ lexicon: Lexicon) -> Bool {
        switch unit.family {
        case .measure, .multiple, .money: break
        case .time: if unit.only == 0x65E5 || unit.only == 0x6708 { return false }
        default: return false
        }
        // 半 that begins a word of its own: 半年, 半径, 半导体.
        guard next < scalars.count else { return true }
        return !lexicon.scalars(.halfOpens).contains(scalars[next])
    }

}

import BulletinModel

/// The names of one figure, with where they were found.
public struct Naming: Sendable, Equatable {
    /// Where the words of a name stood.
    public enum Source: String, Sendable, CaseIterable {
        /// In front of the figure, in its clause.
        case front
        /// Behind the figure.
        case behind
        /// In an earlier clause: the parent's name, alone or with the clause's own words.
        case parent
        /// In a list whose members share their figures or their noun.
        case list
        /// In the heads of a table.
        case table
    }

    /// One name, or one for each thing that has the same figure.
    public var names: [String]
    /// Where they were found.
    public var source: Source
}

/// Finds what each mention measures: the words in front and behind, or the subject that an
/// earlier clause named.
public struct NamePass {
    private let s: [UInt32]
    private let times: [Range<Int>]
    /// What the last level was of; later changes, ranks and bare aspects go on with it.
    private var subject = ""
    private var subjectUnit = ""

    private init(_ passage: Passage) {
        s = passage.scalars
        // Any year will do: only the places of the words matter here.
        let context = YearContext(printed: 2000, published: 2000)
        times = TimeReader(s, context: context).read(in: 0..<s.count).map(\.range)
    }

    /// The names of the mentions of a passage: one or more for each, in their order.
    public static func read(_ mentions: [Mention], in passage: Passage) -> [Naming] {
        var pass = NamePass(passage)
        var names: [Naming] = []
        var floor = 0
        for mention in mentions {
            names.append(pass.names(mention, floor: floor))
            floor = mention.quantity.range.upperBound
        }
        pass.distribute(mentions, &names)
        return names
    }

    // MARK: One mention

    private mutating func names(_ mention: Mention, floor: Int) -> Naming {
        let q = mention.quantity
        var clause = q.range.lowerBound
        while clause > floor, !Glyph.endsClause(s[clause - 1]) { clause -= 1 }
        var front = front(clause..<q.range.lowerBound, mention)
        let behind = noun(behind: q, mention)
        let own = front
        if ClauseWords.governing.contains(front), behind.isEmpty { front = q.unit }
        if ClauseWords.aspects.contains(front), behind.isEmpty {
            front = mention.kind == .rank && !subject.isEmpty ? subject + front : subject
        }
        let isBareRate = front.hasSuffix("率") && front.count <= 4 && !ClauseWords.wholeRates.contains(front)
        if ClauseWords.bare.contains(front) || isBareRate, behind.isEmpty {
            front = completed(bare: front, at: q.range.lowerBound)
        }
        if front == "经济" || front == "国民经济", mention.kind == .change { front += "增长" }
        if let several = shared(front, mention) { return Naming(names: several, source: .list) }
        var name: String
        if mention.kind == .rank, let ranked = ranked(q) {
            return Naming(names: [ranked], source: .behind)
        } else if let rate = rate(behind: q, mention), front.isEmpty {
            name = rate
        } else if !behind.isEmpty, isCapacity(q) {
            name = owner(before: q.range.lowerBound, clause: clause) + behind
        } else if !behind.isEmpty {
            name = verb(before: q.range.lowerBound, clause: clause) + behind
        } else if front.isEmpty {
            name = floorless(q.range.lowerBound, floor: floor) ?? subject
        } else {
            name = mention.kind == .level ? whole(front, unit: q.unit) : front
        }
        if mention.kind == .level || mention.kind == .share, !name.isEmpty {
            subject = name
            subjectUnit = q.unit
        } else if !front.isEmpty, mention.kind == .change {
            subject = front
        }
        let source: Naming.Source = !behind.isEmpty ? .behind : name == own && !own.isEmpty ? .front : .parent
        return Naming(names: [name], source: source)
    }

    /// 覆盖面逐步扩大，已达到12.5%: what the clause before is about, where no figure stands between.
    private func floorless(_ place: Int, floor: Int) -> String? {
        var end = place
        while end > floor, !Glyph.endsClause(s[end - 1]) { end -= 1 }
        guard end > floor + 1, s[end - 1] == 0xFF0C else { return nil }
        var a = end - 1
        while a > floor, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        guard a > floor else { return nil }
        (a, _) = trimmed(a, end - 1, nil)
        guard let adverb = ClauseWords.moving.first(s, in: a..<(end - 1)), (2...10).contains(adverb.at - a),
            s[a..<adverb.at].allSatisfy({ Glyph.isHan($0) || Glyph.isLetter($0) || [0x201C, 0x201D].contains($0) })
        else { return nil }
        return Scalars.string(s[a..<adverb.at].filter { $0 != 0x7684 })
    }

    /// 产值, 投资 and the like after what they are of: the earlier subject without its own measure.
    private func completed(bare: String, at place: Int) -> String {
        let topic = topic(before: place)
        if !topic.isEmpty { return topic + bare }
        guard !subject.isEmpty else { return bare }
        let head = Scalars.of(subject)
        let tail = ClauseWords.tails.ends(head, before: head.count)
        if tail >= 2, tail < head.count, !head.contains(where: Set(Scalars.of(bare).prefix(2)).contains) {
            return Scalars.string(head[..<(head.count - tail)]) + bare
        }
        guard tail == 0, ["个", "家", "项", "处", "座", "场", "条", "件", "户", "所"].contains(subjectUnit) else { return bare }
        let verb = ClauseWords.actions.begins(head, at: 0)
        return (verb < head.count ? Scalars.string(head[verb...]) : subject) + bare
    }

    /// What a sentence begins with, where that is what its figures are of.
    private func topic(before place: Int) -> String {
        var a = place
        while a > 0, !Glyph.endsSentence(s[a - 1]) { a -= 1 }
        while a < place {
            let head = ClauseWords.linking.begins(s, at: a, end: place)
            if head == 0 { break }
            a += head
        }
        var b = a
        while b < place, b - a < 14, Glyph.isHan(s[b]) || [0x201C, 0x201D].contains(s[b]) {
            if b > a, ClauseWords.topicEnds.begins(s, at: b) > 0 { break }
            b += 1
        }
        guard b - a >= 3, b < place, ClauseWords.topicNouns.ends(s, before: b, start: a) > 0 else { return "" }
        return Scalars.string(s[a..<b].filter { $0 != 0x7684 })
    }

    /// 3万吨生产线: the size of what stands around it.
    private func isCapacity(_ q: Quantity) -> Bool {
        ["吨", "兆瓦", "千瓦", "吉瓦", "立方米", "升", "千升"].contains(q.unit)
    }

    /// Whose the thing behind a size is: the words right in front, without what is done to it.
    private func owner(before i: Int, clause: Int) -> String {
        var a = i
        while a > clause, i - a < 12, Glyph.isHan(s[a - 1]), s[a - 1] != 0x7684 { a -= 1 }
        if let verb = ClauseWords.pushing.last(s, in: a..<i) { a = verb.at + verb.length }
        return i - a >= 2 && i - a <= 10 ? Scalars.string(s[a..<i]) : ""
    }

    /// A part of a list takes the noun of its head where its own words do not tell it.
    private func whole(_ name: String, unit: String) -> String {
        guard unit == subjectUnit, !subject.isEmpty else { return name }
        let own = Scalars.of(name)
        let head = Scalars.of(subject)
        if own.last == 0x7EA7, let level = head.lastIndex(of: 0x7EA7), level + 1 < head.count {
            return name + Scalars.string(head[(level + 1)...])
        }
        // 城镇人均居住面积…，农村…: the class word alone is other.
        if ClauseWords.classes.begins(own, at: 0) == own.count {
            let other = ClauseWords.classes.begins(head, at: 0)
            if other > 0, other < head.count { return name + Scalars.string(head[other...]) }
        }
        guard own.count <= 6, ClauseWords.tails.ends(own, before: own.count) == 0,
            ClauseWords.complete.ends(own, before: own.count) == 0
        else { return name }
        let tail = ClauseWords.tails.ends(head, before: head.count)
        guard tail >= 2, !own.elementsEqual(head) else { return name }
        return name + Scalars.string(head[(head.count - tail)...])
    }

    /// A、B均居第一位: one figure for each of them.
    private func shared(_ front: String, _ mention: Mention) -> [String]? {
        let rates = Self.parts(front)
        if mention.kind == .level, mention.quantity.form == .ratio, rates.count > 1,
            rates.allSatisfy({ $0.hasSuffix("率") })
        {
            return rates
        }
        guard mention.kind == .rank || mention.kind == .change, mention.quantity.range.lowerBound > 1 else {
            return nil
        }
        var i = mention.quantity.range.lowerBound
        var isShared = false
        while i > 0, mention.quantity.range.lowerBound - i < 8, !Glyph.endsClause(s[i - 1]) {
            i -= 1
            let isAverage = i > 0 && ClauseWords.averages.contains(s[i - 1])
            if s[i] == 0x5747 && !isAverage || s[i] == 0x90FD { isShared = true }
        }
        let parts = Self.parts(front)
        return isShared && parts.count > 1 ? Self.completed(parts) : nil
    }

    // MARK: Words in front

    /// The words in front without what only links, bounds, or says when and where.
    private func front(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        if mention.kind == .rank { b = beforePlacing(a, b) }
        if let time = times.last(where: { $0.lowerBound >= a && $0.upperBound <= b }) {
            if time.lowerBound > a + 1, time.upperBound >= b - 1 {
                b = time.lowerBound
            } else if !isReference(time) {
                // 失业率全年控制在…: the measure may stand in front of the time.
                let (from, to) = trimmed(time.upperBound, b, mention)
                if from < to || time.lowerBound < a + 2 { a = time.upperBound } else { b = time.lowerBound }
            }
        }
        b = beforeOrigin(a, b)
        (a, b) = trimmed(a, b, mention)
        if mention.kind == .rank {
            b -= ClauseWords.rankPlaces.ends(s, before: b, start: a)
            (a, b) = trimmed(a, b, mention)
        }
        if mention.kind == .share, a < b {
            if let share = ClauseWords.sharing.first(s, in: a..<b) {
                if share.at <= a { return "" }
                b = share.at
            }
        }
        if mention.kind == .change, a < b, let than = WordSet("比 较 与去年 与上年 同比 高于 低于 超年度 超").first(s, in: a..<b) {
            if than.at <= a { return "" }
            b = than.at
        }
        if mention.kind == .change, let share = ClauseWords.sharing.first(s, in: a..<b),
            ClauseWords.whole.begins(s, at: share.at) == 0
        {
            if share.at <= a { return "" }
            b = share.at
        }
        (a, b) = trimmed(a, b, mention)
        if mention.kind == .change { a += ClauseWords.causing.begins(s, at: a, end: b) }
        a = afterTotal(a, b)
        guard a < b else { return "" }
        var words = Array(s[a..<b])
        // 光伏产业累计完成产值: linking words inside go, too.
        for inner in ["累计完成", "共完成", "累计实现", "共实现", "累计"] {
            let scalars = Scalars.of(inner)
            if let at = words.indices.first(where: { words[$0...].starts(with: scalars) }), at > 0 {
                words.removeSubrange(at..<(at + scalars.count))
            }
        }
        return Scalars.string(words.filter { $0 != 0x20 && $0 != 0x7684 })
    }

    /// 园区共入驻企业: what stands behind 共 and 累计 tells the figure, unless it is a bare measure.
    private func afterTotal(_ a: Int, _ b: Int) -> Int {
        guard a < b, let total = WordSet("共计 累计 总共 共").last(s, in: a..<b), total.at > a else { return a }
        let begin = total.at + total.length
        let isPublic = s[total.at] == 0x5171 && total.length == 1 && s[total.at - 1] == 0x516C
        guard !isPublic, b - begin >= 2 else { return a }
        let (from, to) = trimmed(begin, b, nil)
        return ClauseWords.bare.contains(Scalars.string(s[from..<to])) ? a : begin
    }

    /// Where the words begin that only place something (稳居, 排名升到).
    private func beforePlacing(_ a: Int, _ end: Int) -> Int {
        var b = end
        guard let verb = ClauseWords.placing.last(s, in: a..<b), ClauseWords.whole.begins(s, at: verb.at) == 0 else {
            return b
        }
        b = verb.at
        while b > a {
            let before = ClauseWords.placing.ends(s, before: b, start: a)
            if before > 0 {
                b -= before
            } else if ClauseWords.beforePlacing.contains(s[b - 1]) {
                b -= 1
            } else {
                break
            }
        }
        return b
    }

    /// 从2007年的639亿元增加到…: what a figure starts from does not name it.
    private func beforeOrigin(_ a: Int, _ b: Int) -> Int {
        var i = b
        while i > a + 2 {
            i -= 1
            guard s[i] == 0x4ECE || s[i] == 0x7531, i + 1 < b else { continue }
            if Glyph.isDigit(s[i + 1]) || ClauseWords.origins.begins(s, at: i + 1, end: b) > 0 { return i }
        }
        return b
    }

    private func isReference(_ time: Range<Int>) -> Bool {
        time.lowerBound > 0 && [0x6BD4, 0x8F83].contains(s[time.lowerBound - 1])
    }

    private func trimmed(_ start: Int, _ end: Int, _ mention: Mention?) -> (Int, Int) {
        var (a, b) = (start, end)
        while a < b {
            if let begin = span(before: b, start: a) {
                b = begin
                continue
            }
            var tail = ClauseWords.linking.ends(s, before: b, start: a)
            if tail > 0, ClauseWords.whole.ends(s, before: b, start: a) > tail { break }
            if mention?.kind == .change {
                tail = max(
                    tail, ClauseWords.rises.ends(s, before: b, start: a), ClauseWords.falls.ends(s, before: b, start: a)
                )
            }
            if tail == 0, [0x20, 0x22, 0xFF08, 0x28, 0x3A, 0xFF1A, 0x3001, 0x201C].contains(s[b - 1]) { tail = 1 }
            // 保费收入(含…): what stands in parentheses does not name.
            if tail == 0, s[b - 1] == 0x29 || s[b - 1] == 0xFF09,
                let open = s[a..<b].lastIndex(where: { $0 == 0x28 || $0 == 0xFF08 }), open > a
            {
                tail = b - open
            }
            if tail == 0 { break }
            b -= tail
        }
        while a < b {
            let head = ClauseWords.linking.begins(s, at: a, end: b)
            if head > 0, ClauseWords.whole.begins(s, at: a, end: b) > head { break }
            if head > 0, head < b - a || !Glyph.isHan(s[a]) {
                a += head
            } else if let end = span(at: a, end: b) {
                a = end
            } else if opensName(a, b) {
                break
            } else if !Glyph.isHan(s[a]), !Glyph.isLetter(s[a]), s[a] != 0x201C, s[a] != 0x300A, s[a] != 0x2B {
                a += 1
            } else {
                break
            }
        }
        return (a, b)
    }

    /// 五年来, 3年累计: behind a number of years at `a`; nil where none stands there.
    private func span(at a: Int, end: Int) -> Int? {
        guard Glyph.isDigit(s[a]) || Glyph.digit(s[a]) != nil || s[a] == 0x5341 else { return nil }
        var i = a
        while i < end, i - a < 3, Glyph.isDigit(s[i]) || Glyph.digit(s[i]) != nil || s[i] == 0x5341 { i += 1 }
        guard i < end, s[i] == 0x5E74 else { return nil }
        i += 1
        if ClauseWords.afterYears.begins(s, at: i, end: end) > 0 { return nil }
        return i + ClauseWords.yearEnds.begins(s, at: i, end: end)
    }

    /// The same at the end of a name: where such a number begins.
    private func span(before b: Int, start: Int) -> Int? {
        var i = b
        i -= ClauseWords.yearEnds.ends(s, before: i, start: start)
        guard i > start + 2, s[i - 1] == 0x5E74 else { return nil }
        i -= 1
        var digits = 0
        while i > start + 1, digits < 3, Glyph.isDigit(s[i - 1]) || Glyph.digit(s[i - 1]) != nil || s[i - 1] == 0x5341 {
            i -= 1
            digits += 1
        }
        guard digits > 0 else { return nil }
        return i - ClauseWords.beforeYears.ends(s, before: i, start: start)
    }

    /// 15岁以上人口…: a number with which a name may open.
    private func opensName(_ a: Int, _ b: Int) -> Bool {
        guard Glyph.isDigit(s[a]) else { return false }
        var i = a
        while i < b, Glyph.isDigit(s[i]) || s[i] == 0x2D || s[i] == 0x2014 || s[i] == 0x81F3 { i += 1 }
        return ClauseWords.numberNouns.begins(s, at: i, end: b) > 0
    }

    // MARK: Words behind

    private func noun(behind q: Quantity, _ mention: Mention) -> String {
        guard mention.kind == .level, q.form == .amount else { return "" }
        var i = q.range.upperBound
        i += WordSet("以上 以下 左右 以内").begins(s, at: i)
        if i < s.count, s[i] == 0x7684 { i += 1 }
        var j = i
        var quoted = false
        while j < s.count, j - i < 30 {
            let c = s[j]
            if c == 0x201C { quoted = true }
            guard quoted || Glyph.isHan(c) || Glyph.isLetter(c) || [0x201D, 0x300A, 0x300B].contains(c) else { break }
            if c == 0x201D { quoted = false }
            let whole = quoted ? 0 : ClauseWords.whole.begins(s, at: j)
            if whole == 0, !quoted, stops(at: j, from: i) { break }
            j += max(1, whole)
        }
        if j == i, i == q.range.upperBound || s[i - 1] != 0x7684 {
            // 6700万人受益: what becomes of those counted is all that names them.
            let becomes = ClauseWords.fates.begins(s, at: i)
            return becomes > 0 ? Scalars.string(s[i..<(i + becomes)]) : ""
        }
        guard j - i >= 2 else { return "" }
        if i > 0, s[i - 1] == 0x7684, ClauseWords.heights.ends(s, before: j, start: i) > 0 { return "" }
        var noun = Scalars.string(s[i..<j])
        if isCapacity(q), let more = noun.firstIndex(of: "等") { noun = String(noun[..<more]) }
        if noun.hasSuffix("之一") { noun.removeLast(2) }
        while let last = noun.last, "等和及与、一批".contains(last) { noun.removeLast() }
        var k = j
        while k < s.count {
            let length = ClauseWords.adverbs.begins(s, at: k)
            if length == 0 { break }
            k += length
        }
        let completion = ClauseWords.completions.begins(s, at: k)
        if completion > 0 { return Scalars.string(s[k..<(k + completion)]) + noun }
        // 25所学校改造提升: what becomes of it may follow at once.
        let scalars = Scalars.of(noun)
        let ending = ClauseWords.completions.ends(scalars, before: scalars.count)
        guard ending >= 2, scalars.count - ending >= 2 else { return noun }
        return Scalars.string(scalars[(scalars.count - ending)...] + scalars[..<(scalars.count - ending)])
    }

    /// 世界第二大进口市场: what is placed stands behind 大.
    private func ranked(_ q: Quantity) -> String? {
        let i = q.range.upperBound
        guard i < s.count, s[i] == 0x5927 else { return nil }
        var j = i + 1
        while j < s.count, j - i < 12, Glyph.isHan(s[j]), ClauseWords.stops.begins(s, at: j) == 0 { j += 1 }
        return j - i > 2 ? Scalars.string(s[(i + 1)..<j]) : nil
    }

    /// 7%的经济增速: what grows stands between the figure and the word for its rate.
    private func rate(behind q: Quantity, _ mention: Mention) -> String? {
        guard mention.kind == .change, q.form == .ratio else { return nil }
        var i = q.range.upperBound
        i += WordSet("以上 以下 左右 以内").begins(s, at: i)
        guard i < s.count, s[i] == 0x7684 else { return nil }
        i += 1
        i += WordSet("年均 平均 较快 高").begins(s, at: i)
        guard let rate = WordSet("增速 增长速度 增长率 增幅 增长 速度").first(s, in: i..<min(s.count, i + 10)),
            s[i..<rate.at].allSatisfy(Glyph.isHan)
        else { return nil }
        let words = Scalars.string(s[i..<rate.at])
        return words.isEmpty || words == "经济" || words == "国民经济" ? "经济增长" : words
    }

    /// Whether a noun behind a figure ends at `j`.
    private func stops(at j: Int, from start: Int) -> Bool {
        let stop = ClauseWords.stops.begins(s, at: j)
        guard stop > 0 else { return false }
        if s[j] == 0x7684 {
            // 2个国家级的示范区: what only describes goes on to its noun.
            return ClauseWords.describing.ends(s, before: j, start: start) == 0
        }
        guard ClauseWords.softStops.begins(s, at: j) > 0 else { return true }
        var end = j
        while end < s.count, end - j < 14, Glyph.isHan(s[end]) { end += 1 }
        return end - j <= stop || ClauseWords.closing.ends(s, before: end, start: j + stop) == 0
    }

    private func verb(before i: Int, clause: Int) -> String {
        var b = i
        while b > clause {
            let length = WordSet("了 约 近 超 超过 突破 达 达到 逾 各类 各 的 共 完成 实现").ends(s, before: b, start: clause)
            if length == 0 { break }
            b -= length
        }
        let length = ClauseWords.actions.ends(s, before: b, start: clause)
        return length > 0 ? Scalars.string(s[(b - length)..<b]) : ""
    }

    // MARK: Lists

    /// A、B分别增长x和y: each figure has the name in its place.
    private func distribute(_ mentions: [Mention], _ names: inout [Naming]) {
        var i = 0
        while i < mentions.count {
            var j = i
            while j + 1 < mentions.count, joined(mentions[j], mentions[j + 1]) { j += 1 }
            if j > i, names[i].names.count == 1 {
                var clause = mentions[i].quantity.range.lowerBound
                while clause > 0, !Glyph.endsSentence(s[clause - 1]), s[clause - 1] != 0xFF1B { clause -= 1 }
                let isParallel =
                    WordSet("分别").first(s, in: clause..<mentions[i].quantity.range.lowerBound) != nil
                let parts = Self.parts(names[i].names[0])
                if parts.count == j - i + 1 {
                    for (k, part) in Self.completed(parts).enumerated() {
                        names[i + k] = Naming(names: [part], source: .list)
                    }
                } else if isParallel, let earlier = levels(mentions, names, before: i, count: j - i + 1) {
                    for (k, name) in earlier.enumerated() { names[i + k] = Naming(names: [name], source: .list) }
                } else {
                    for k in i...j where mentions[k].kind != .level {
                        names[k] = Naming(names: names[i].names, source: .list)
                    }
                }
            }
            i = j + 1
        }
    }

    /// 接待游客x人次，收入y元，分别增长…: the levels right in front, one for each change.
    private func levels(_ mentions: [Mention], _ names: [Naming], before i: Int, count: Int) -> [String]? {
        guard i >= count else { return nil }
        let range = (i - count)..<i
        guard range.allSatisfy({ mentions[$0].kind == .level && names[$0].names.count == 1 }) else { return nil }
        return range.map { names[$0].names[0] }
    }

    private func joined(_ first: Mention, _ second: Mention) -> Bool {
        let gap = first.quantity.range.upperBound..<second.quantity.range.lowerBound
        guard !gap.isEmpty, gap.count <= 3 else { return false }
        return gap.allSatisfy { [0x3001, 0x548C, 0x53CA, 0x4E0E, 0x20, 0xFF0C, 0x2C].contains(s[$0]) }
            && (s[gap.lowerBound] != 0xFF0C || first.kind == .change)
    }

    private static func parts(_ name: String) -> [String] {
        var parts: [String] = []
        var part: [UInt32] = []
        var depth = 0
        for c in Scalars.of(name) {
            if c == 0x201C || c == 0x300A { depth += 1 }
            if c == 0x201D || c == 0x300B { depth -= 1 }
            if depth <= 0, [0x3001, 0x548C, 0x4E0E, 0x53CA].contains(c) {
                parts.append(Scalars.string(part))
                part = []
            } else {
                part.append(c)
            }
        }
        parts.append(Scalars.string(part))
        // 城乡居民…: two groups in one word.
        if parts.count == 1, name.hasPrefix("城乡居民") {
            let rest = name.dropFirst(4)
            return ["城镇居民" + rest, "农村居民" + rest]
        }
        if parts.count == 1, name.hasPrefix("牛羊") { return ["牛" + name.dropFirst(2), "羊" + name.dropFirst(2)] }
        return parts.filter { !$0.isEmpty }
    }

    /// What the last of coordinated names says for all of them: 粮食、油料产量 are two 产量.
    private static func completed(_ parts: [String]) -> [String] {
        guard let last = parts.last.map(Scalars.of) else { return parts }
        // 医药、建材等行业增加值: what follows 等 belongs to all.
        if let more = last.firstIndex(of: 0x7B49), more > 0, more + 1 < last.count {
            let noun = Scalars.string(last[(more + 1)...])
            return parts.dropLast().map { $0 + noun } + [Scalars.string(last[..<more]) + noun]
        }
        // 城镇和农村人均住房面积, 第一、二、三产业: the last class word stands for all before it.
        let own = ClauseWords.classes.begins(last, at: 0)
        if own > 0, own < last.count,
            parts.dropLast().allSatisfy({
                let part = Scalars.of($0)
                return ClauseWords.classes.begins(part, at: 0) == part.count
            })
        {
            let rest = Scalars.string(last[own...])
            let isOrdinal = parts[0].hasPrefix("第")
            return parts.dropLast().map { isOrdinal && !$0.hasPrefix("第") ? "第" + $0 + rest : $0 + rest }
                + [(isOrdinal && last[0] != 0x7B2C ? "第" : "") + Scalars.string(last)]
        }
        let tail = ClauseWords.tails.ends(last, before: last.count)
        guard tail >= 2 else { return parts }
        // 行业规上工业增加值: the noun may have words of its own in front.
        let noun = Scalars.string(last[(last.count - tail)...])
        return parts.map { part in
            let own = Scalars.of(part)
            return ClauseWords.tails.ends(own, before: own.count) >= 2 ? part : part + noun
        }
    }
}

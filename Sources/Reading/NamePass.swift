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
        if !behind.isEmpty, isCapacity(q) {
            name = owner(before: q.range.lowerBound, clause: clause) + behind
        } else if !behind.isEmpty {
            name = verb(before: q.range.lowerBound, clause: clause) + behind
        } else if front.isEmpty {
            name = subject
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

    /// 产值, 投资 and the like after what they are of: the earlier subject without its own measure.
    private func completed(bare: String, at place: Int) -> String {
        let topic = topic(before: place)
        if !topic.isEmpty { return topic + bare }
        guard !subject.isEmpty else { return bare }
        let head = Scalars.of(subject)
        let tail = ClauseWords.tails.ends(head, before: head.count)
        if tail >= 2, tail < head.count { return Scalars.string(head[..<(head.count - tail)]) + bare }
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
        guard own.count <= 6, ClauseWords.tails.ends(own, before: own.count) == 0 else { return name }
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
            if s[i] == 0x5747 || s[i] == 0x90FD { isShared = true }
        }
        let parts = Self.parts(front)
        return isShared && parts.count > 1 ? Self.completed(parts) : nil
    }

    // MARK: Words in front

    /// The words in front without what only links, bounds, or says when and where.
    private func front(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        if let time = times.last(where: { $0.lowerBound >= a && $0.upperBound <= b }) {
            if time.lowerBound > a + 1, time.upperBound >= b - 1 {
                b = time.lowerBound
            } else if !isReference(time) {
                a = time.upperBound
            }
        }
        if mention.kind == .rank, let verb = ClauseWords.placing.last(s, in: a..<b) {
            b = verb.at
            while b > a, [0x7A33, 0x4F4D, 0x5747, 0x8DC3, 0x9AD8, 0x540D, 0x90FD].contains(s[b - 1]) { b -= 1 }
        }
        (a, b) = trimmed(a, b, mention)
        if mention.kind == .share, a < b {
            if let share = WordSet("占比 占 比重").first(s, in: a..<b) {
                if share.at <= a { return "" }
                b = share.at
            }
        }
        if mention.kind == .change, a < b, let than = WordSet("比 较 与去年 与上年 同比 高于 低于 超年度 超").first(s, in: a..<b) {
            if than.at <= a { return "" }
            b = than.at
        }
        (a, b) = trimmed(a, b, mention)
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

    private func isReference(_ time: Range<Int>) -> Bool {
        time.lowerBound > 0 && [0x6BD4, 0x8F83].contains(s[time.lowerBound - 1])
    }

    private func trimmed(_ start: Int, _ end: Int, _ mention: Mention?) -> (Int, Int) {
        var (a, b) = (start, end)
        while a < b {
            var tail = ClauseWords.linking.ends(s, before: b, start: a)
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
            if head > 0, head < b - a || !Glyph.isHan(s[a]) {
                a += head
            } else if !Glyph.isHan(s[a]), !Glyph.isLetter(s[a]), s[a] != 0x201C, s[a] != 0x300A, s[a] != 0x2B {
                a += 1
            } else {
                break
            }
        }
        return (a, b)
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
            if !quoted, ClauseWords.stops.begins(s, at: j) > 0 { break }
            j += 1
        }
        guard j - i >= 2 else { return "" }
        var noun = Scalars.string(s[i..<j])
        if isCapacity(q), let more = noun.firstIndex(of: "等") { noun = String(noun[..<more]) }
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

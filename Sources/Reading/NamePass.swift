import BulletinModel

/// Finds what each mention measures: the words in front and behind, or the subject that an
/// earlier clause named.
public struct NamePass {
    private let s: [UInt32]
    /// The subject that later clauses go on with.
    private var subject = ""

    private init(_ passage: Passage) {
        s = passage.scalars
    }

    /// The names of the mentions of a passage: one or more for each, in their order.
    public static func read(_ mentions: [Mention], in passage: Passage) -> [[String]] {
        var pass = NamePass(passage)
        var names: [[String]] = []
        var floor = 0
        for mention in mentions {
            names.append(pass.name(mention, floor: floor))
            floor = mention.quantity.range.upperBound
        }
        pass.distribute(mentions, &names)
        return names
    }

    private mutating func name(_ mention: Mention, floor: Int) -> [String] {
        let q = mention.quantity
        var clause = q.range.lowerBound
        while clause > floor, !Glyph.endsClause(s[clause - 1]) { clause -= 1 }
        let front = clean(clause..<q.range.lowerBound, mention)
        let behind = noun(after: q, mention)
        var name: String
        if !behind.isEmpty {
            name = verb(before: q.range.lowerBound, clause: clause) + behind
        } else if !front.isEmpty {
            name = front
        } else {
            name = subject
        }
        if name.isEmpty { name = subject }
        if mention.kind == .level || subject.isEmpty, !name.isEmpty { subject = name }
        if mention.kind != .level, !front.isEmpty { subject = front }
        return [name]
    }

    /// The words in front without bound words, linking words and what only says when and where.
    private func clean(_ range: Range<Int>, _ mention: Mention) -> String {
        var (a, b) = (range.lowerBound, range.upperBound)
        // After a comma inside, only the last part counts.
        for i in range where s[i] == 0x3001 && mention.kind == .level { a = i + 1 }
        var changed = true
        while changed, a < b {
            changed = false
            let tail = max(
                ClauseWords.linking.ends(s, before: b, start: a),
                mention.kind == .change
                    ? max(KindPass.rises.ends(s, before: b, start: a), KindPass.falls.ends(s, before: b, start: a)) : 0)
            if tail > 0 {
                b -= tail
                changed = true
            }
            if b > a, [0x20, 0x22, 0xFF08, 0x28, 0x3A, 0xFF1A].contains(s[b - 1]) {
                b -= 1
                changed = true
            }
        }
        changed = true
        while changed, a < b {
            changed = false
            let head = ClauseWords.linking.begins(s, at: a, end: b)
            if head > 0 {
                a += head
                changed = true
            }
            if a < b, !Glyph.isHan(s[a]) && !Glyph.isLetter(s[a]) && s[a] != 0x201C && !Glyph.isDigit(s[a]) {
                a += 1
                changed = true
            }
            // Dates in front: 2023年, 1月.
            var i = a
            while i < b, Glyph.isDigit(s[i]) { i += 1 }
            if i > a, i < b, s[i] == 0x5E74 || s[i] == 0x6708 || s[i] == 0x65E5 {
                a = i + 1
                changed = true
            }
        }
        // 占…的比重 names the part; 比…年 the reference.
        if a < b, let share = WordSet("占 占比").first(s, in: a..<b), mention.kind == .share {
            if share.at > a { b = share.at } else { return "" }
        }
        if a < b, let than = WordSet("比 较").first(s, in: a..<b), mention.kind == .change, than.at > a { b = than.at }
        return a < b ? Scalars.string(s[a..<b]).replacing("的", with: "") : ""
    }

    private func noun(after q: Quantity, _ mention: Mention) -> String {
        guard mention.kind == .level, q.form == .amount else { return "" }
        var i = q.range.upperBound
        i += WordSet("以上 以下 左右 以内").begins(s, at: i)
        if i < s.count, s[i] == 0x7684 { i += 1 }
        var j = i
        while j < s.count, j - i < 24, Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) || [0x201C, 0x201D].contains(s[j]) {
            if WordSet("竣工 开工 投产 完成 实现 达到 获评 入选 建成 投入 有力 按期 全面 顺利 纳入 通过 获得 为 是 在 已 共").begins(s, at: j) > 0, j > i {
                break
            }
            j += 1
        }
        return Scalars.string(s[i..<j])
    }

    private func verb(before i: Int, clause: Int) -> String {
        var b = i
        while b > clause {
            let length = WordSet("了 约 近 超 超过 突破 达 达到 逾 各类 各 的 共").ends(s, before: b, start: clause)
            if length == 0 { break }
            b -= length
        }
        let length = ClauseWords.actions.ends(s, before: b, start: clause)
        return length > 0 ? Scalars.string(s[(b - length)..<b]) : ""
    }

    /// A、B分别增长x和y: each figure has the name in its place.
    private func distribute(_ mentions: [Mention], _ names: inout [[String]]) {
        var i = 0
        while i < mentions.count {
            var j = i
            while j + 1 < mentions.count {
                let gap = mentions[j].quantity.range.upperBound..<mentions[j + 1].quantity.range.lowerBound
                guard !gap.isEmpty, gap.count <= 2,
                    gap.allSatisfy({ [0x3001, 0x548C, 0x53CA, 0x4E0E].contains(s[$0]) })
                else { break }
                j += 1
            }
            if j > i {
                var clause = mentions[i].quantity.range.lowerBound
                while clause > 0, !Glyph.endsClause(s[clause - 1]) { clause -= 1 }
                let parts = names[i][0].split(whereSeparator: { $0 == "、" || $0 == "和" || $0 == "与" }).map(String.init)
                if parts.count == j - i + 1 {
                    let tail = Self.commonTail(parts)
                    for (k, part) in parts.enumerated() {
                        names[i + k] = [part.hasSuffix(tail) ? part : part + tail]
                    }
                } else {
                    for k in i...j { names[k] = names[i] }
                }
            }
            i = j + 1
        }
    }

    /// What the last of coordinated names says for all of them (…增加值, …产量).
    private static func commonTail(_ parts: [String]) -> String {
        guard let last = parts.last else { return "" }
        for tail in ["增加值", "产量", "产值", "总产值", "收入", "支出", "总额", "投资", "出栏", "人均可支配收入"] where last.hasSuffix(tail) {
            return tail
        }
        return ""
    }
}

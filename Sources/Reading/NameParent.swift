import BulletinModel

/// What a figure is of where its own clause does not tell it alone: the subject of an earlier
/// clause, the topic of the sentence, the head of a list.
extension NamePass {
    /// 覆盖面逐步扩大，已达到12.5%: what the clause before is about, where no figure stands between.
    func floorless(_ place: Int, floor: Int) -> String? {
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
    func completed(bare: String, at place: Int) -> String {
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
    func topic(before place: Int) -> String {
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
    func isCapacity(_ q: Quantity) -> Bool {
        ["吨", "兆瓦", "千瓦", "吉瓦", "立方米", "升", "千升"].contains(q.unit)
    }

    /// Whose the thing behind a size is: the words right in front, without what is done to it.
    func owner(before i: Int, clause: Int) -> String {
        var a = i
        while a > clause, i - a < 12, Glyph.isHan(s[a - 1]), s[a - 1] != 0x7684 { a -= 1 }
        if let verb = ClauseWords.pushing.last(s, in: a..<i) { a = verb.at + verb.length }
        return i - a >= 2 && i - a <= 10 ? Scalars.string(s[a..<i]) : ""
    }

    /// A part of a list takes the noun of its head where its own words do not tell it.
    func whole(_ name: String, unit: String) -> String {
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
    func shared(_ front: String, _ mention: Mention) -> [String]? {
        let rates = NameParts.of(front)
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
        let parts = NameParts.of(front)
        return isShared && parts.count > 1 ? NameParts.completed(parts) : nil
    }
}

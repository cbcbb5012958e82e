import BulletinModel

/// What a figure is of where its own clause does not tell it alone: the subject of an earlier
/// clause, the topic of the sentence, the head of a list.
extension NamePass {
    /// 新增规上企业20家、上市企业6家: the verb of the figure before holds for coordinated things.
    func sharedVerb(_ name: String, _ q: Quantity, floor: Int) -> String? {
        guard let last, last.mention.kind == .level, q.form == .amount, q.unit != lexicon.unit(.yuan), !name.isEmpty
        else { return nil }
        let start = q.range.lowerBound
        let gap = s[floor..<start]
        guard floor > 0, !gap.isEmpty, gap.count < 30, !gap.dropFirst().contains(where: Glyph.endsClause),
            gap.first.map(Self.coordinates) == true || gap.last.map(Self.coordinates) == true
                || gap.first.map(Glyph.isComma) == true && q.unit == last.mention.quantity.unit
                    && name.unicodeScalars.count <= 3
        else { return nil }
        let before = Scalars.of(last.name)
        let own = Scalars.of(name)
        var verb = lexicon[.actionVerb].begins(before, at: 0)
        if verb == 0, lexicon[.timesUnit].end(q.unit), gap.first.map(Self.coordinates) == true, before.count > 4,
            let inner = lexicon[.actionVerb].last(before, in: 1..<(before.count - 1)), inner.length >= 2
        {
            verb = inner.at + inner.length  // 邮轮港接待邮轮80艘次、旅客20万人次
        }
        guard verb >= 2, verb < before.count, lexicon[.actionVerb].begins(own, at: 0) == 0,
            lexicon[.measureNoun].ends(own, before: own.count) == 0,
            own.count >= 2 || gap.last.map(Self.coordinates) == true || gap.first == 0xFF0C || gap.first == 0x2C,
            lexicon[.completion].begins(before, at: 0) == 0 || gap.first.map(Self.coordinates) == true
        else { return nil }
        return Scalars.string(before[..<verb])
    }

    private static func coordinates(_ c: UInt32) -> Bool { [0x3001, 0x548C, 0x53CA, 0x4E0E].contains(c) }

    /// 国有企业增加值增长5%，私营企业增长9%: a class of a list takes the measure of its head.
    func measured(_ name: String, at clause: Int) -> String {
        guard lexicon[.listedClass].mayEnd(name.unicodeScalars.last?.value) else { return name }
        let own = Scalars.of(name)
        guard lexicon[.listedClass].ends(own, before: own.count) > 0,
            own.count >= 3 || own.last == 0x7C7B || own.last == 0x4E1A,
            lexicon[.measureNoun].ends(own, before: own.count) < 2,
            lexicon[.noClass].ends(own, before: own.count) == 0
        else { return name }
        var sentence = clause
        while sentence > max(0, clause - 200), !Glyph.endsSentence(s[sentence - 1]) { sentence -= 1 }
        // 商品零售额中，粮油类增长…: the sentence may name the whole itself.
        if let within = (sentence..<clause).last(where: {
            s[$0] == 0x4E2D && $0 + 1 < clause && Glyph.isComma(s[$0 + 1])
        }) {
            let tail = lexicon[.measureNoun].ends(s, before: within, start: sentence)
            if tail >= 2 { return name + Scalars.string(s[(within - tail)..<within]) }
        }
        guard let last, last.mention.kind == .change || last.mention.kind == .level else { return name }
        let before = Scalars.of(last.name)
        let tail = lexicon[.measureNoun].ends(before, before: before.count)
        guard tail >= 2, tail < before.count else { return name }
        let isSame = last.mention.quantity.range.lowerBound >= sentence
        let isClass = lexicon[.listedClass].ends(before, before: before.count - tail) > 0
        let opens = lexicon[.listOpens].first(s, in: sentence..<clause) != nil
        return isSame && isClass || opens && isClass ? name + Scalars.string(before[(before.count - tail)...]) : name
    }

    /// 完成年度预算的98%: what is fulfilled is the subject's.
    func isGoal(_ front: String) -> Bool {
        // 计划 and 目标 link elsewhere and are gone by now: 年度 is what they leave.
        if lexicon[.planLeft].contains(front) { return true }
        guard lexicon[.goal].mayEnd(front.unicodeScalars.last?.value) else { return false }
        let words = Scalars.of(front)
        let goal = lexicon[.goal].ends(words, before: words.count)
        return goal > 0
            && (goal == words.count || lexicon[.goalHead].contains(Array(words[..<(words.count - goal)])))
    }

    /// A bare 总量 or 增速: its parent's name, with the aspect for a rank and for a rate that moves.
    func aspect(_ word: String, _ mention: Mention, at clause: Int, floor: Int) -> String {
        if mention.kind == .level, let topic = lead(before: clause, floor: floor) { return topic }
        guard !subject.isEmpty else { return "" }
        let rates = Scalars.of(word)
        if mention.kind == .rank { return subject + word }
        if mention.kind == .change, mention.quantity.form == .points,
            lexicon[.rateNoun].begins(rates, at: 0) == rates.count
        {
            return subject + word
        }
        // 新登记经营主体20万户，总量达…: the whole is not what was added.
        let words = Scalars.of(subject)
        if mention.kind == .level, words.first == 0x65B0 {
            let verb = lexicon[.actionVerb].begins(words, at: 0)
            if verb > 0, verb < words.count { return Scalars.string(words[verb...]) }
        }
        return subject
    }

    /// 总量和增速均居…: the parent's aspects, one for each.
    func aspects(_ front: String, _ mention: Mention) -> [String]? {
        guard mention.kind == .rank, !subject.isEmpty else { return nil }
        let parts = nameParts.split(front)
        guard parts.count > 1, parts.allSatisfy({ lexicon[.aspect].contains($0) }) else { return nil }
        return parts.map { subject + $0 }
    }

    /// 经营主体稳中培优。总量达…: what the short sentence right before is about.
    private func lead(before clause: Int, floor: Int) -> String? {
        guard clause > floor + 2, Glyph.endsSentence(s[clause - 1]) else { return nil }
        var a = clause - 1
        while a > floor, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        guard a > floor || floor == 0, (4...14).contains(clause - 1 - a),
            let verb = lexicon[.faring].first(
                s, in: (a + 2)..<(clause - 1))
        else { return nil }
        return Scalars.string(s[a..<verb.at])
    }

    /// 覆盖面逐步扩大，已达到12.5%: what the clause before is about, where no figure stands between.
    func floorless(_ place: Int, floor: Int) -> String? {
        var end = place
        while end > floor, !Glyph.endsClause(s[end - 1]) { end -= 1 }
        guard end > floor + 1, Glyph.isComma(s[end - 1]) else { return nil }
        var a = end - 1
        while a > floor, !Glyph.endsClause(s[a - 1]) { a -= 1 }
        guard a > floor || a == 0 else { return nil }
        if let noun = circumstance(before: end) { return noun }
        if let noun = opening(before: a, floor: floor) { return noun }
        (a, _) = trimmed(a, end - 1, nil)
        // 甲产业、乙集群从无到有，分别达2个、3个: the list may be as long as its figures.
        let isShared = lexicon[.respectively].first(s, in: end..<place) != nil
        if let noun = measure(a..<(end - 1)) { return noun }
        guard
            let adverb = lexicon[.moving].first(s, in: a..<(end - 1))
                ?? lexicon[.passing].first(s, in: a..<(end - 1)),
            (2...(isShared ? 24 : 10)).contains(adverb.at - a),
            s[a..<adverb.at].allSatisfy({
                Glyph.isHan($0) || Glyph.isLetter($0) || [0x201C, 0x201D].contains($0) || isShared && $0 == 0x3001
            })
        else { return nil }
        return Scalars.string(s[a..<adverb.at].filter { $0 != 0x7684 })
    }

    /// 去年的财政收入，完成了任务，比上年增加…: the measure that is alone in an earlier clause of the sentence; nil
    /// where there is none or a figure stands between.
    private func opening(before end: Int, floor: Int) -> String? {
        var b = end - 1
        while b > floor, end - b < 60, !Glyph.endsSentence(s[b]) {
            var a = b
            while a > floor, !Glyph.endsClause(s[a - 1]) { a -= 1 }
            if Glyph.isComma(s[b]), a > floor || a == 0 {
                if let time = times.first(where: { $0.lowerBound == a }), time.upperBound < b { a = time.upperBound }
                while a < b, s[a] == 0x7684 { a += 1 }
                if let noun = measure(a..<b) { return noun }
            }
            b = min(a, b) - 1
        }
        return nil
    }

    /// 粮食生产获得丰收，总产…: what the sentence says is produced, for a measure of what comes of it.
    private func product(before place: Int, of bare: String) -> String? {
        guard lexicon[.cropYield].contains(bare) else { return nil }
        var a = place
        while a > 0, place - a < 60, !Glyph.endsSentence(s[a - 1]) { a -= 1 }
        guard let making = lexicon[.making].first(s, in: a..<min(place, a + 8)), (2...5).contains(making.at - a),
            s[a..<making.at].allSatisfy(Glyph.isHan)
        else { return nil }
        return Scalars.string(s[a..<making.at])
    }

    /// 棉花在连年增产的基础上，又…: what stands in front of the circumstances with which the sentence begins.
    private func circumstance(before place: Int) -> String? {
        var a = place
        while a > 0, place - a < 60, !Glyph.endsSentence(s[a - 1]) { a -= 1 }
        guard a < place, a == 0 || Glyph.endsSentence(s[a - 1]),
            let comma = s[a..<place].firstIndex(where: Glyph.isComma),
            lexicon[.circumstance].ends(s, before: comma, start: a) > 0,
            let at = s[a..<comma].firstIndex(of: 0x5728), (2...8).contains(at - a), s[a..<at].allSatisfy(Glyph.isHan)
        else { return nil }
        return Scalars.string(s[a..<at])
    }

    /// 人均国民收入，1990年达到…: a measure that stands alone in front of the comma; nil for other words.
    private func measure(_ range: Range<Int>) -> String? {
        guard (3...16).contains(range.count), s[range].allSatisfy(Glyph.isHan) else { return nil }
        let tail = max(
            lexicon[.measureNoun].ends(s, before: range.upperBound, start: range.lowerBound),
            lexicon[.sharedNoun].ends(s, before: range.upperBound, start: range.lowerBound))
        guard tail >= 2, lexicon[.actionVerb].begins(s, at: range.lowerBound) == 0,
            lexicon[.causing].first(s, in: range) == nil,
            !lexicon.scalars(.noMeasureOpens).contains(s[range.lowerBound]), !s[range].contains(0x5360)
        else { return nil }
        return Scalars.string(s[range].filter { $0 != 0x7684 })
    }

    /// 产值, 投资 and the like after what they are of: the earlier subject without its own measure.
    func completed(bare: String, at place: Int) -> String {
        if lexicon[.relationalMeasure].contains(bare) { return ofHolder(bare, at: place) ?? bare }
        let head = Scalars.of(subject)
        // 乡镇企业总数1200个，总产值…: of those counted.
        let isTotal = head.count > 4 && lexicon[.totalNumber].end(subject)
        let tail =
            isTotal
            ? 2
            : max(
                lexicon[.measureNoun].ends(head, before: head.count),
                lexicon[.bareMeasure].ends(head, before: head.count))
        let whose = tail >= 2 && tail < head.count ? Array(head.dropLast(tail)) : []
        // 年度计划投资8亿元，完成投资6亿元: what was planned is no thing.
        let thing = lexicon[.planning].ends(whose, before: whose.count) > 0 ? [] : whose
        let isThing = !thing.isEmpty && !thing.contains(where: Set(Scalars.of(bare).prefix(2)).contains)
        // 茶叶产量8000吨，实现产值9亿元: of the thing of the figure right before.
        if !thing.isEmpty, isNext(place),
            !thing.indices.contains(where: { thing[$0...].starts(with: Scalars.of(bare)) })
        {
            return Scalars.string(thing) + bare
        }
        // 水域占1.5%，面积300公顷: of the part.
        if thing.isEmpty, !subject.isEmpty, last?.mention.kind == .share, isNext(place) { return subject + bare }
        var topic = circumstance(before: place) ?? product(before: place, of: bare) ?? topic(before: place)
        if topic.isEmpty { topic = body(before: place) }
        if !topic.isEmpty { return topic + bare }
        if lexicon[.ownedMeasure].contains(bare), let whose = ofHolder(bare, at: place) { return whose }
        guard !subject.isEmpty else { return bare }
        if isThing { return Scalars.string(thing) + bare }
        let isCrop = isNext(place) && lexicon[.landUnit].contains(subjectUnit) && lexicon[.harvest].contains(bare)
        guard tail == 0, lexicon[.countUnit].contains(subjectUnit) || isCrop
        else {
            return bare
        }
        let verb = lexicon[.actionVerb].begins(head, at: 0)
        // 开工80个，开工率90%: a verb alone is no thing.
        if verb == head.count { return bare }
        return Scalars.string(head[verb...]) + bare
    }

    /// Whose a measure is that only says what of a thing is told: of the thing of the sentence's last figure, else of
    /// what the sentence is about; nil where neither is known.
    func ofHolder(_ measure: String, at place: Int) -> String? {
        if let place = introduced(before: place, floor: last?.mention.quantity.range.upperBound ?? 0) {
            return place + measure
        }
        let isNear =
            last.map { !s[$0.mention.quantity.range.upperBound..<place].contains(where: Glyph.endsSentence) } ?? false
        if isNear, !holder.isEmpty { return Scalars.string(holder) + measure }
        let named = self.topic(before: place)
        if !named.isEmpty, !named.hasSuffix(measure) { return named + measure }
        if !topic.isEmpty { return Scalars.string(topic) + measure }
        return holder.isEmpty ? nil : Scalars.string(holder) + measure
    }

    /// Whether the figure before is in the clause right before and of the subject.
    private func isNext(_ place: Int) -> Bool {
        guard let last, last.mention.kind != .rank, last.name == subject else { return false }
        let between = last.mention.quantity.range.upperBound..<place
        return between.count < 12 && s[between].count(where: Glyph.endsClause) == 1
            && !s[between].contains(where: Glyph.endsSentence)
    }

    /// 使甲公司产量下滑，产值下降…: the firm or trade that an earlier clause of the sentence was about.
    private func body(before place: Int) -> String {
        var end = place
        while end > 0, !Glyph.endsClause(s[end - 1]) { end -= 1 }
        var start = end
        while start > 0, !Glyph.endsSentence(s[start - 1]), end - start < 80 { start -= 1 }
        guard start < end, let noun = lexicon[.bodyNoun].last(s, in: start..<end) else { return "" }
        var a = noun.at
        while a > start, noun.at - a < 10, Glyph.isHan(s[a - 1]),
            lexicon[.beforeBody].ends(s, before: a, start: start) == 0
        {
            a -= 1
        }
        return noun.at - a >= 2 ? Scalars.string(s[a..<(noun.at + noun.length)]) : ""
    }

    /// What a sentence begins with, where that is what its figures are of.
    func topic(before place: Int) -> String {
        var a = place
        while a > 0, !Glyph.endsSentence(s[a - 1]) {
            a -= 1
            if place - a > 200 { return "" }
        }
        while a < place {
            let head = lexicon[.linking].begins(s, at: a, end: place)
            if head == 0 { break }
            a += head
        }
        var b = a
        while b < place, b - a < 14, Glyph.isHan(s[b]) || [0x201C, 0x201D].contains(s[b]) {
            // 经 ends a topic, 经济 may be one.
            let isEconomy = s[b] == 0x7ECF && b + 1 < place && s[b + 1] == 0x6D4E
            if b > a, !isEconomy, lexicon[.topicEnd].begins(s, at: b) > 0 { break }
            b += 1
        }
        guard b - a >= 3, b < place, lexicon[.topicNoun].ends(s, before: b, start: a) > 0 else { return "" }
        return Scalars.string(s[a..<b].filter { $0 != 0x7684 })
    }

    /// 3万吨生产线: the size of what stands around it.
    func isCapacity(_ q: Quantity, _ noun: [UInt32], verb: Bool) -> Bool {
        guard lexicon[.capacityUnit].contains(q.unit) else { return false }
        // 生产了900万吨生铁: what is made is no works.
        return !verb || tokens.lexicon[.works].ends(noun, before: noun.count) > 0
    }

    /// Whose the thing behind a size is: the words right in front, without what is done to it.
    func owner(before i: Int, clause: Int) -> String {
        var a = i
        while a > clause, i - a < 12, Glyph.isHan(s[a - 1]), s[a - 1] != 0x7684 { a -= 1 }
        if let verb = lexicon[.pushing].last(s, in: a..<i) { a = verb.at + verb.length }
        if s[i - 1] == 0x7B49 { return "" }  // 甲电厂、乙电厂等40万千瓦机组
        return i - a >= 2 && i - a <= 10 ? Scalars.string(s[a..<i]) : ""
    }

    /// A part of a list takes the noun of its head where its own words do not tell it.
    func whole(_ name: String, unit: String) -> String {
        guard !subject.isEmpty, unit == subjectUnit || name.utf8.count <= 12 else { return name }
        // 城市低保对象…，其中市本级…: the part is told by its owner or manner alone.
        if lexicon[.ownerLevel].contains(name) {
            let head = Scalars.of(subject)
            return name + Scalars.string(head[lexicon[.ownerLevel].begins(head, at: 0)...])
        }
        guard unit == subjectUnit else { return name }
        let own = Scalars.of(name)
        let head = Scalars.of(subject)
        if own.last == 0x7EA7, let level = head.lastIndex(of: 0x7EA7), level + 1 < head.count {
            return name + Scalars.string(head[(level + 1)...])
        }
        if let classed = ofClass(own) { return classed }
        // 城镇人均居住面积…，农村…: the class word alone is other.
        if lexicon[.classWord].begins(own, at: 0) == own.count {
            let other = lexicon[.classWord].begins(head, at: 0)
            if other > 0, other < head.count { return name + Scalars.string(head[other...]) }
        }
        // 医院床位使用率80%，公立医院86%: the one is a kind of the other.
        for shared in stride(from: min(own.count, head.count - 3, 4), through: 2, by: -1)
        where own.count <= 8 && own.count > shared && own.suffix(shared).elementsEqual(head.prefix(shared)) {
            return name + Scalars.string(head[shared...])
        }
        if let other = parallel(own, head) { return other }
        // 种草5万亩: what is done needs no measure.
        if own.count <= 3, own.first.map(lexicon.scalars(.worksVerb).contains) == true { return name }
        guard own.count <= 6, lexicon[.measureNoun].ends(own, before: own.count) == 0,
            lexicon[.sharedNoun].ends(own, before: own.count) == 0,
            lexicon[.completeNoun].ends(own, before: own.count) == 0
        else { return name }
        let tail = lexicon[.measureNoun].ends(head, before: head.count)
        guard tail >= 2, !own.elementsEqual(head) else { return name }
        return name + Scalars.string(head[(head.count - tail)...])
    }

    /// 东部地区房地产投资…，中部地区…: the same of another member of its class; nil for other words.
    func parallel(_ own: [UInt32], _ head: [UInt32]) -> String? {
        guard own.count >= 3, own.count <= 10, let end = own.last else { return nil }
        let length = lexicon[.classEnd].ends(own, before: own.count)
        guard length > 0, length < own.count, lexicon[.measureNoun].ends(own, before: own.count) == 0 else {
            return nil
        }
        let shared = own.suffix(max(1, length))
        for i in 1..<max(1, min(head.count - 2, 14)) where head[i] == end {
            let from = i + 1 - shared.count
            if from > 0, head[from...i].elementsEqual(shared), head.count - i - 1 >= 2 {
                return Scalars.string(own + head[(i + 1)...])
            }
        }
        return nil
    }

    /// A、B均居第一位: one figure for each of them.
    func shared(_ front: String, _ mention: Mention) -> [String]? {
        let isPair =
            lexicon[.inPairs].last(
                s, in: max(0, mention.quantity.range.lowerBound - 6)..<mention.quantity.range.lowerBound)
            != nil
        let rates = isPair ? nameParts.of(front) : nameParts.split(front)
        guard rates.count > 1, mention.quantity.range.lowerBound > 1 else { return nil }
        if isPair { return nameParts.completed(rates) }
        let start = mention.quantity.range.lowerBound
        // 分别 gives each its own figure.
        if lexicon[.respectively].last(s, in: max(0, start - 8)..<start) != nil { return nil }
        if mention.kind == .level, mention.quantity.form == .ratio, rates.allSatisfy(lexicon[.rateEnd].end) {
            return rates
        }
        guard mention.kind != .share else { return nil }
        if mention.kind == .rank,
            rates.allSatisfy({
                let own = Scalars.of($0)
                return lexicon[.measureNoun].ends(own, before: own.count) > 0
                    || lexicon[.scale].ends(own, before: own.count) > 0
            })
        {
            return rates
        }
        var i = mention.quantity.range.lowerBound
        var isShared = false
        while i > 0, mention.quantity.range.lowerBound - i < 8, !Glyph.endsClause(s[i - 1]) {
            i -= 1
            let isAverage = i > 0 && lexicon.scalars(.averaged).contains(s[i - 1])
            if s[i] == 0x5747 && !isAverage || s[i] == 0x90FD { isShared = true }
        }
        return isShared ? nameParts.completed(rates) : nil
    }
}

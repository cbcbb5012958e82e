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
    /// The row of the rule table that found it; nil where none did.
    public var rule: String?

    /// A name that was proposed.
    public struct Candidate: Sendable, Equatable {
        /// The row of the rule table, or `clause` for the words around the figure.
        public let rule: String
        /// The name.
        public let name: String
    }

    /// What was proposed, the one that was taken first; kept only where somebody asks.
    public var candidates: [Candidate] = []

    /// Names with where they were found.
    public init(names: [String], source: Source, rule: String? = nil) {
        self.names = names
        self.source = source
        self.rule = rule
    }
}

/// Finds what each mention measures: the words in front and behind, or the subject that an
/// earlier clause named.
struct NamePass {
    let s: [UInt32]
    let times: [Range<Int>]
    /// What the last level was of; later changes, ranks and bare aspects go on with it.
    var subject = ""
    var subjectUnit = ""
    /// The figure before, with its name.
    var last: Named?
    /// The thing that the last level was of.
    var holder: [UInt32] = []

    /// A figure with its name.
    struct Named {
        let mention: Mention
        let name: String
    }

    /// The passage in words.
    let tokens: Tokens
    /// What a sentence or paragraph is about, for measures that do not say whose they are.
    var topic: [UInt32] = []

    var lexicon: Lexicon { tokens.lexicon }
    /// Takes coordinated names apart.
    var nameParts: NameParts { NameParts(lexicon: lexicon) }
    /// Divisions whose names a name leaves out.
    var divisions: RegionTable { tokens.lexicon.regions }

    private init(_ passage: Passage, _ tokens: Tokens, times: [Range<Int>]) {
        s = passage.scalars
        self.tokens = tokens
        self.times = times
    }

    /// The names of the mentions of a passage: one or more for each, in their order.
    static func read(
        _ mentions: [Mention], in passage: Passage, times: [Range<Int>] = [], tokens: Tokens,
        _ text: RuleText? = nil, rules table: RuleTable = .empty, examines: Bool = false,
        scope: inout SubjectScope
    ) -> [Naming] {
        if mentions.isEmpty {
            scope.enter(heading: passage.scalars, passage.scalars.indices)
            return []
        }
        var pass = NamePass(passage, tokens, times: times)
        if let subject = scope.subject {
            (pass.subject, pass.subjectUnit) = (Scalars.string(subject.name), subject.unit)
        }
        var rules = NameRules(
            text ?? RuleText(tokens, figures: mentions.map(\.quantity.range)), table, tokens.lexicon)
        var names: [Naming] = []
        names.reserveCapacity(mentions.count)
        var floor = 0
        for (i, mention) in mentions.enumerated() {
            // 企业90家（村办60家，联办30家），职工4000人: behind a note its head goes on.
            if scope.walk(passage.scalars, floor..<mention.quantity.range.lowerBound), let head = scope.subject {
                (pass.subject, pass.subjectUnit) = (Scalars.string(head.name), head.unit)
            }
            scope.follow(tokens, floor..<mention.quantity.range.lowerBound)
            pass.topic = scope.topic
            let before = (pass.subject, pass.subjectUnit)
            var naming: Naming
            pass.holder = scope.holder
            let behind = pass.noun(behind: mention.quantity, mention)
            rules.current = Scalars.of(pass.subject)
            if let last = pass.last, last.mention.kind == .change { rules.changed = Scalars.of(last.name) }
            let found = rules.candidates(i, mention, scope, behind: Scalars.of(behind))
            if let best = found.first {
                naming = Naming(names: [Scalars.string(best.text(passage.scalars))], source: .parent)
                naming.rule = best.rule.id
                if examines {
                    var other = pass
                    naming.candidates = found.map {
                        Naming.Candidate(rule: $0.rule.id, name: Scalars.string($0.text(passage.scalars)))
                    }
                    let words = other.names(mention, floor: floor).names.joined(separator: "/")
                    naming.candidates.append(Naming.Candidate(rule: "clause", name: words))
                }
            } else {
                naming = pass.names(mention, floor: floor)
            }
            naming.names = naming.names.map { pass.withoutPlace($0) }
            if let name = naming.names.last {
                scope.note(
                    Scalars.of(name), unit: mention.quantity.unit, kind: mention.kind,
                    end: mention.quantity.range.upperBound)
            }
            if naming.rule != nil, let subject = scope.subject {
                (pass.subject, pass.subjectUnit) = (Scalars.string(subject.name), subject.unit)
            }
            // 总收入50亿元（包括债务收入6亿元），完成预算的…: what a note tells is not what goes on behind it.
            if pass.isNoted(mention.quantity.range), !before.0.isEmpty { (pass.subject, pass.subjectUnit) = before }
            pass.last = naming.names.last.map { Named(mention: mention, name: $0) }
            floor = mention.quantity.range.upperBound
            // 12类45件实事: what stands behind both is counted twice.
            if i > 0, naming.source == .behind,
                mentions[i - 1].quantity.range.upperBound == mention.quantity.range.lowerBound,
                mentions[i - 1].kind == .level, mention.kind == .level,
                !tokens.lexicon[.placeUnit].contains(mentions[i - 1].quantity.unit)
            {
                names[i - 1] = naming
            }
            // 4个国家级、4个省级医疗中心: the noun of the last is that of all.
            if i > 0, let tail = pass.sharedNoun(mentions[i - 1], names[i - 1], mention, naming) {
                names[i - 1].names = [names[i - 1].names[0] + tail]
            }
            if i > 0, let told = pass.sharedFate(mentions[i - 1], names[i - 1], mention, naming) {
                names[i - 1].names = [told]
            }
            names.append(naming)
            pass.attribute(mentions, &names, i)
        }
        pass.distribute(mentions, &names)
        return names
    }

    /// Whether a figure is the last of a note in parentheses that opens with what it includes.
    private func isNoted(_ range: Range<Int>) -> Bool {
        guard range.upperBound < s.count, [0x29, 0xFF09].contains(s[range.upperBound]) else { return false }
        var a = range.lowerBound
        while a > 0, range.lowerBound - a < 30, !Glyph.endsSentence(s[a - 1]) {
            a -= 1
            if s[a] == 0x28 || s[a] == 0xFF08 { return lexicon[.including].begins(s, at: a + 1) > 0 }
        }
        return false
    }

    /// Words further in front of a figure name it no more; later figures may go on with all of a name.
    private static let reach = 400

    mutating func names(_ mention: Mention, floor: Int) -> Naming {
        let q = mention.quantity
        var clause = q.range.lowerBound
        while clause > floor, q.range.lowerBound - clause < Self.reach, !Glyph.endsClause(s[clause - 1]) {
            clause = note(endingAt: clause, floor: floor) ?? clause - 1
        }
        if clause == floor, floor > 0 {
            // 5%左右安排、比上年…: what bounds or settles the figure before belongs to it.
            clause += lexicon[.boundOfLast].begins(s, at: clause, end: q.range.lowerBound)
            clause += lexicon[.settles].begins(s, at: clause, end: q.range.lowerBound)
        }
        // 9万名亲属、共济金额2亿元: the noun behind the figure before is its own.
        if clause == floor, floor > 0, let last, last.mention.kind == .level,
            let mark = s[floor..<min(q.range.lowerBound, floor + 20)].firstIndex(of: 0x3001), mark > floor + 1,
            Scalars.of(last.name).suffix(mark - floor).elementsEqual(s[floor..<mark])
        {
            clause = mark + 1
        }
        if clause == floor, floor > 0, clause < q.range.lowerBound, s[clause] == 0x7684,
            let verb = lexicon[.actionVerb].first(s, in: (clause + 1)..<q.range.lowerBound)
        {
            clause = verb.at  // 1/16的耕地生产1/10的粮食: the noun in front is of the figure before.
        }
        // 一、新建学校…: the number of a point of an outline names nothing.
        clause = afterOutline(clause, before: q.range.lowerBound)
        // 16个省建立基地60万亩: the noun behind the figure before stands in front of a verb of its own.
        if clause == floor, floor > 0, let last, last.mention.kind == .level {
            let noun = Scalars.of(last.name)
            let end = floor + noun.count
            if noun.count >= 2, end < q.range.lowerBound, s[floor..<end].elementsEqual(noun) {
                if s[end] == 0x4E2D {
                    clause = end + 1  // 25个标段中已完工标段11个: the whole of which a part is told.
                } else if lexicon[.actionVerb].begins(s, at: end, end: q.range.lowerBound) > 0 {
                    clause = end
                }
            }
        }
        var front = front(clause..<q.range.lowerBound, mention)
        var behind = noun(behind: q, mention)
        // 带动农户6万户增收: the noun in front is what the unit counts.
        if !behind.isEmpty, q.unit.unicodeScalars.count == 1, front.unicodeScalars.count > 2,
            front.unicodeScalars.last == q.unit.unicodeScalars.last
        {
            behind = ""
        }
        let own = front
        let isPlace = front.isEmpty && lexicon[.placeUnit].contains(q.unit)
        let governs = lexicon[.placeUnit].contains(q.unit) && (lexicon[.governsEnd].end(front))
        if lexicon[.governing].contains(front) || isPlace || governs, behind.isEmpty {
            front = q.unit
        }
        // 财政支出近八成投向民生: what the part is used for goes with its whole.
        if q.form == .ratio, mention.kind == .level, let use = purpose(behind: q) {
            return Naming(names: [use + (front.isEmpty ? subject : front)], source: .behind)
        }
        let isJoined = q.range.lowerBound > 0 && [0x548C, 0x4E0E, 0x53CA].contains(s[q.range.lowerBound - 1])
        let isVerb = lexicon[.actionVerb].contains(front)
        if front.isEmpty || isJoined || isVerb || lexicon[.voidWord].contains(front), behind.isEmpty,
            let members = members(behind: q, mention)
        {
            return Naming(names: [(isVerb ? front : "") + members], source: .behind)
        }
        // 人均居住面积，城市6平方米，农村18平方米: the class of what stands in front of the comma.
        if behind.isEmpty, mention.kind == .level, lexicon[.classWord].contains(front),
            let topic = floorless(clause, floor: floor)
        {
            front += topic
        }
        // 新建楼房5万平方米，续建7万平方米: of the same things.
        if isVerb || lexicon[.completion].contains(front), behind.isEmpty, mention.kind == .level, let last,
            last.mention.kind == .level, last.mention.quantity.unit == q.unit
        {
            let words = Scalars.of(last.name)
            let verb = max(
                lexicon[.actionVerb].begins(words, at: 0), lexicon[.completion].begins(words, at: 0))
            // 82个项目中，已立项74个: of those counted first.
            let isPart =
                verb == 0 && last.mention.quantity.form == .amount && q.unit != lexicon.unit(.yuan)
                && lexicon[.measureNoun].ends(words, before: words.count) == 0
            if verb > 0 || isPart, words.count >= verb + 2 { front += Scalars.string(words[verb...]) }
        }
        // 收入80亿元，人均1.2万元: the mean of what went before.
        if lexicon[.meanOf].contains(front), behind.isEmpty, !subject.isEmpty { front += subject }
        // 单位2024年支出预算: an amount planned, where nothing was told that it may be the plan of.
        let isPlan = mention.kind == .level && q.form == .amount && isPlanOfSide(front)
        if isGoal(front) && !isPlan || lexicon[.voidWord].contains(front) { front = "" }
        let isAspect = lexicon[.aspect].contains(front) && behind.isEmpty
        if isAspect {
            front = aspect(front, mention, at: clause, floor: floor)
        } else if let aspects = aspects(front, mention) {
            return Naming(names: aspects, source: .list)
        }
        let isBareRate = lexicon[.rateEnd].end(front) && front.count <= 4 && !lexicon[.wholeRate].contains(front)
        // 产值增长8%、出口增长9%: trade, too, is of what stands in front where only 、 parts them.
        let isTrade = floor > 0 && floor < s.count && s[floor] == 0x3001 && lexicon[.anyTrade].contains(front)
        if behind.isEmpty, lexicon[.bareMeasure].contains(front), let held = heldToo(front, at: q.range.lowerBound) {
            front = held
        } else if lexicon[.bareMeasure].contains(front) || lexicon[.relationalMeasure].contains(front) || isBareRate
            || isTrade,
            behind.isEmpty
        {
            front = completed(bare: front, at: q.range.lowerBound)
        } else if behind.isEmpty, let owned = owned(front, at: q.range.lowerBound) {
            front = owned
        }
        if mention.kind == .change, lexicon[.economy].contains(front) { front += lexicon.word(.growth) }
        if let several = shared(front, mention) { return Naming(names: several, source: .list) }
        var name: String
        if mention.kind == .rank, let ranked = ranked(q) {
            if let holder = holder(of: q) { (subject, subjectUnit) = (holder, "") }
            return Naming(names: [ranked], source: .behind)
        } else if let rate = rate(behind: q, mention), front.isEmpty {
            name = rate
        } else if !behind.isEmpty,
            isCapacity(
                q, Scalars.of(behind), verb: !verb(before: q.range.lowerBound, clause: clause).isEmpty)
        {
            name = owner(before: q.range.lowerBound, clause: clause) + behind
        } else if !behind.isEmpty {
            name =
                agent(before: q.range.lowerBound, clause: clause) + verb(before: q.range.lowerBound, clause: clause)
                + behind
        } else if front.isEmpty {
            name =
                (mention.kind == .rank ? contest(before: q.range.lowerBound) : nil) ?? ""
            if name.isEmpty, let topic = floorless(q.range.lowerBound, floor: floor) {
                // 出口增长速度减缓，全年增长1%: what grows.
                let words = Scalars.of(topic)
                let isRate = mention.kind == .change && q.form == .ratio
                name = String(topic.dropLast(isRate ? lexicon.rises.ends(words, before: words.count) : 0))
                if mention.kind == .change { (subject, subjectUnit) = (topic, "") }
            }
            if name.isEmpty { name = continued(mention, clause..<q.range.lowerBound) }
        } else {
            name = mention.kind == .level ? whole(front, unit: q.unit) : front
            if mention.kind == .change { name = measured(front, at: clause) }
        }
        if mention.kind == .level, name == own || !behind.isEmpty, let verb = sharedVerb(name, q, floor: floor) {
            name = verb + name
        }
        // 改造小区80个，惠及居民9万人: by what.
        if mention.kind == .level, lexicon[.benefit].opens(name), let last,
            last.mention.kind == .level,
            floor > 0, clause - floor <= 1, s[floor] == 0x3001 || s[floor] == 0xFF0C || s[floor] == 0x2C
        {
            name = last.name + name
        }
        if mention.kind == .level || mention.kind == .share, !name.isEmpty {
            subject = behind.isEmpty ? name : counted(name, behind: q)
            subjectUnit = q.unit
        } else if !front.isEmpty, !isAspect, mention.kind == .change {
            subject = name
        }
        let source: Naming.Source = !behind.isEmpty ? .behind : name == own && !own.isEmpty ? .front : .parent
        return Naming(names: [name], source: source)
    }

    /// 收入预算, 支出预算: the plan of a side and nothing else.
    private func isPlanOfSide(_ name: String) -> Bool {
        let words = Scalars.of(name)
        let side = tokens.lexicon[.budgetSide].begins(words, at: 0)
        return side > 0 && tokens.lexicon[.plan].ends(words, before: words.count) == words.count - side
    }

    /// Where the note in parentheses begins that ends right before `i`; nil where none does.
    private func note(endingAt i: Int, floor: Int) -> Int? {
        guard s[i - 1] == 0x29 || s[i - 1] == 0xFF09 else { return nil }
        var j = i - 2
        while j > floor, i - j < 60 {
            if s[j] == 0x28 || s[j] == 0xFF08 { return j }
            if s[j] == 0x29 || s[j] == 0xFF09 || Glyph.endsSentence(s[j]) { return nil }
            j -= 1
        }
        return nil
    }

    /// What follows 级 in a name, where the figure before it in the list ends its own with 级.
    private func sharedNoun(_ first: Mention, _ front: Naming, _ second: Mention, _ behind: Naming) -> String? {
        guard front.names.count == 1, let name = front.names.first, lexicon[.rankEnd].end(name),
            behind.source == .behind,
            first.quantity.unit == second.quantity.unit, let own = behind.names.first,
            let level = own.unicodeScalars.lastIndex(where: { lexicon.scalars(.rankEnd).contains($0.value) }),
            second.quantity.range.lowerBound - first.quantity.range.upperBound <= 8
        else { return nil }
        let noun = own[own.index(after: level)...]
        return noun.isEmpty ? nil : String(noun)
    }

    /// The subject that a figure with no words of its own goes on with.
    private func continued(_ mention: Mention, _ words: Range<Int>) -> String {
        // 新增公园20座，累计达到300座; 净增企业35家，达314家: the whole is not what was added.
        let own = Scalars.of(subject)
        guard mention.kind == .level, mention.quantity.unit == subjectUnit, own.first == 0x65B0 || own.first == 0x51C0,
            lexicon[.wholeTold].first(s, in: words) != nil
        else { return subject }
        let verb = max(lexicon[.actionVerb].begins(own, at: 0), lexicon[.netGain].begins(own, at: 0))
        return verb > 0 && verb < own.count ? Scalars.string(own[verb...]) : subject
    }
}

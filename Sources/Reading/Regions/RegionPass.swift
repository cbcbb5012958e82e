import BulletinModel

/// Of which division each mention is: the place that its clause or paragraph begins with, the
/// bulletin's own, or none.
struct RegionPass {
    private let table: RegionTable
    private let year: Int?
    /// The divisions of the article, nearest first.
    private let own: [Region]
    /// The division of the heading that holds here.
    private var heading: Region?
    private var headingLevel = 0
    private let country: Region?
    /// The divisions that names here are told apart by, nearest first.
    private var context: [Region]

    /// What a figure is of.
    private enum Place {
        case region(Region)
        /// Several divisions together, or one that the table does not have.
        case other
    }

    /// Begins with what is known of the whole article.
    init(_ article: Article, blocks: [Block], table: RegionTable) {
        self.table = table
        country = table.region(Region.countryCode, year: nil)
        let passages = blocks.compactMap(Self.passage)
        let published = article.setting.day.flatMap { Int($0.prefix(4)) }
        let year = published ?? article.setting.title.flatMap(Self.year)
        self.year = year
        let region = OwnRegion.find(article, passages: passages, in: table, year: year)
        own = region.map { table.chain($0, year: year) } ?? []
        context = own
    }

    private static func passage(_ block: Block) -> Passage? {
        switch block {
        case .heading(let passage, _), .paragraph(let passage), .item(let passage), .caption(let passage): passage
        case .table: nil
        }
    }

    private static func year(_ title: String) -> Int? {
        var value = 0
        var digits = 0
        for c in title.unicodeScalars {
            if Glyph.isDigit(c.value), digits < 4 {
                value = value * 10 + Int(c.value - 0x30)
                digits += 1
            } else if digits == 4, c == "年", (1900...2100).contains(value) {
                return value
            } else {
                value = 0
                digits = 0
            }
        }
        return nil
    }

    /// Takes note of a heading: the place that it begins with holds for what stands under it.
    mutating func enter(heading passage: Passage, level: Int) {
        let s = passage.scalars
        if let match = place(s, at: opening(s, from: 0)), case .region(let region) = match.place {
            heading = region
            headingLevel = level
            context = table.chain(region, year: year) + own
        } else if level <= headingLevel {
            heading = nil
            headingLevel = 0
            context = own
        }
    }

    /// The divisions of the mentions of a passage, in order; nil where it is not known.
    func read(_ mentions: [Mention], in passage: Passage) -> [Indicator.Region?] {
        guard !mentions.isEmpty else { return [] }
        let s = passage.scalars
        var places: [Indicator.Region?] = []
        places.reserveCapacity(mentions.count)
        var topic: Place?
        var current: Place?
        var list: [Region] = []
        var isClauseStart = true
        var next = 0
        var i = 0
        while i < s.count, next < mentions.count {
            let figure = mentions[next].quantity.range
            if figure.lowerBound <= i {
                if list.count > 1 {
                    let members = list
                    list = []
                    if share(members, mentions[next...], in: s) {
                        for (k, region) in members.enumerated() where next + k < mentions.count {
                            places.append(region.place)
                        }
                        i = max(i, mentions[next + members.count - 1].quantity.range.upperBound)
                        next += members.count
                        continue
                    }
                    current = .other
                }
                places.append(shown(current ?? topic))
                next += 1
                i = max(i, figure.upperBound)
                isClauseStart = false
                continue
            }
            if isClauseStart {
                isClauseStart = false
                let begin = opening(s, from: i)
                if begin < figure.lowerBound, let match = place(s, at: begin) {
                    current = match.place
                    list = members(s, from: match, limit: figure.lowerBound)
                    if topic == nil, opening(s, from: 0) == begin, list.count < 2 { topic = match.place }
                    i = match.range.upperBound
                    continue
                }
                if begin > i, begin <= figure.lowerBound {
                    i = begin
                    continue
                }
            } else if let owned = owned(s, at: i) {
                current = owned.place
                i = owned.range.upperBound
                continue
            }
            if Glyph.endsClause(s[i]) || s[i] == 0x28 || s[i] == 0xFF08 {
                isClauseStart = true
                if Glyph.endsSentence(s[i]), !continues(s, after: i) {
                    current = nil
                    list = []
                }
            }
            i += 1
        }
        while places.count < mentions.count { places.append(shown(current ?? topic)) }
        return places
    }

    /// The division of a cell: of its row, its column, its table.
    func region(row: Passage?, head: Passage, caption: Passage?) -> Indicator.Region? {
        for cell in [row, head].compactMap({ $0 }) {
            let s = cell.scalars.filter { $0 != 0x20 }
            if let match = table.match(s, at: 0, context: context, year: year), match.range.upperBound == s.count {
                return match.region.place
            }
        }
        if let s = caption?.scalars, let match = place(s, at: opening(s, from: 0)) { return shown(match.place) }
        return shown(nil)
    }

    // MARK: Places

    private func shown(_ place: Place?) -> Indicator.Region? {
        switch place {
        case .region(let region): region.place
        case .other: nil
        case nil: (heading ?? own.first)?.place
        }
    }

    /// The place that is named right here.
    private func place(_ s: [UInt32], at i: Int) -> (place: Place, range: Range<Int>)? {
        guard i < s.count else { return nil }
        if let owned = ownWord(s, at: i) { return owned }
        guard let match = table.match(s, at: i, context: context, year: year) else { return nil }
        return RegionWords.isPart(of: s, behind: match.range.upperBound) ? nil : (.region(match.region), match.range)
    }

    /// 全市, 全国, 全镇.
    private func ownWord(_ s: [UInt32], at i: Int) -> (place: Place, range: Range<Int>)? {
        let below = RegionWords.below.begins(s, at: i)
        if below > 0 { return (.other, i..<(i + below)) }
        let national = RegionWords.country.begins(s, at: i)
        if national > 0, RegionWords.orders.begins(s, at: i + national) == 0 {
            return (country.map(Place.region) ?? .other, i..<(i + national))
        }
        guard let word = RegionWords.own.longest(in: s, at: i), RegionWords.orders.begins(s, at: i + word.length) == 0
        else { return nil }
        // 省级园区 in a county's report is a rank of the county's own park, not a figure of the province.
        let isRank = s[i + 1] == 0x7EA7
        if isRank, let nearest = context.first, nearest.suffix != word.value { return nil }
        let range = i..<(i + word.length)
        let region = context.first { $0.suffix == word.value }
        return (region.map(Place.region) ?? .other, range)
    }

    /// 实现全市生产总值: words like 全市 inside a clause count where nothing is compared with them.
    private func owned(_ s: [UInt32], at i: Int) -> (place: Place, range: Range<Int>)? {
        guard [0x5168, 0x6211, 0x672C].contains(s[i]), let owned = ownWord(s, at: i),
            RegionWords.comparing.ends(s, before: i) == 0
        else { return nil }
        return owned
    }

    /// Skips time, links and numbers that a clause begins with.
    private func opening(_ s: [UInt32], from start: Int) -> Int {
        var i = start
        while i < s.count, i - start < 40 {
            let word = RegionWords.openings.begins(s, at: i)
            if word > 0 {
                i += word
            } else if Glyph.isDigit(s[i]) || Glyph.isBlank(s[i]) || [0x2D, 0x2014, 0x2013, 0x7E].contains(s[i])
                || s[i] == 0x28 || s[i] == 0x29 || s[i] == 0xFF08 || s[i] == 0xFF09 || s[i] == 0x2E
            {
                i += 1
            } else {
                break
            }
        }
        return i
    }

    /// Sentences that go on with the place of the one before.
    private func continues(_ s: [UInt32], after i: Int) -> Bool {
        WordSet.continuing.begins(s, at: i + 1) > 0
    }

    /// A、B、C in front of a figure.
    private func members(
        _ s: [UInt32], from first: (place: Place, range: Range<Int>), limit: Int
    ) -> [Region] {
        guard case .region(let region) = first.place else { return [] }
        var all = [region]
        var i = first.range.upperBound
        while i < limit, s[i] == 0x3001 || s[i] == 0x548C || s[i] == 0x53CA || s[i] == 0x4E0E,
            let match = table.match(s, at: i + 1, limit: limit, context: context, year: year)
        {
            all.append(match.region)
            i = match.range.upperBound
        }
        return all
    }

    /// Whether as many figures follow as there are places in the list.
    private func share(_ members: [Region], _ mentions: ArraySlice<Mention>, in s: [UInt32]) -> Bool {
        guard mentions.count >= members.count else { return false }
        var last = mentions.startIndex
        for mention in mentions.indices.dropFirst() {
            let gap = mentions[mention - 1].quantity.range.upperBound..<mentions[mention].quantity.range.lowerBound
            guard gap.count <= 1 else { break }
            last = mention
        }
        return last - mentions.startIndex + 1 == members.count
    }
}

extension WordSet {
    /// How sentences begin that go on with what the one before was about.
    fileprivate static let continuing = WordSet("其中 按 分产业 分行业 从 分 增速 同比 比上年 增长")
}

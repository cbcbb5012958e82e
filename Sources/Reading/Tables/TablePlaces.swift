import BulletinModel

/// Tells of which division the rows, columns and titles of a table are.
struct TablePlaces {
    /// What a name of a row or column says of the place.
    struct Place: Equatable {
        /// The division; nil where its figures are of one that nothing tells.
        var region: Region?
        var extent: Head.Extent
        /// The words that tell a part of the division, for the name.
        var words: [UInt32] = []
    }

    private let lexicon: Lexicon
    private var table: RegionTable { lexicon.regions }
    private let year: Int?
    /// The divisions of the article and of the table's title, nearest first.
    private var context: [Region]
    /// The division of the whole table.
    private(set) var whole: Region?
    /// How much of it figures are of where no head tells.
    private(set) var scope: Indicator.Scope?
    /// The last division above the county in the rows so far, in which counties are told apart.
    private var above: Region?

    /// - Parameters:
    ///   - own: the divisions of the article, nearest first.
    ///   - holds: the division of figures that nothing else places.
    ///   - scope: how much of it they are of.
    init(_ lexicon: Lexicon, own: [Region], holds: Region?, scope: Indicator.Scope?, year: Int?) {
        self.lexicon = lexicon
        self.scope = scope
        self.year = year
        context = own
        whole = holds
    }

    /// Takes note of a title; where a name stands in it is the answer.
    mutating func enter(title s: [UInt32]) -> Range<Int>? {
        var i = 0
        while i < s.count {
            if table.mayBegin(s, at: i), let match = table.match(s, at: i, context: context, year: year),
                match.region.level != .country || match.range.count == 2
            {
                if isPart(s, behind: match.range.upperBound) {
                    i = match.range.upperBound
                    continue
                }
                whole = match.region
                scope = .whole
                context = table.chain(match.region, year: year) + context
                return match.range
            }
            // 全省, 全市: the article's own.
            if s[i] == 0x5168, case let length = lexicon[.wholeDivision].begins(s, at: i), length > 0 {
                let kind = s[i + length - 1]
                if let region = context.first(where: { $0.suffix == kind }) { whole = region }
                return i..<(i + length)
            }
            i += 1
        }
        // 中央一般公共预算: what the nation's own level has.
        let central = lexicon[.centralLevel]
        if whole == nil, central.begins(s, at: 0) > 0 || central.begins(s, at: 5) > 0,
            let match = table.match(Scalars.of(lexicon.word(.country)), at: 0, context: [], year: year)
        {
            whole = match.region
            scope = .own
        }
        return nil
    }

    /// Whether what stands before `i` is only a part of another name: a road, a body, its people.
    private func isPart(_ s: [UInt32], behind i: Int) -> Bool {
        if lexicon[.placeTail].begins(s, at: i) > 0 { return true }
        var j = i
        while j < s.count, j - i < 12, Glyph.isHan(s[j]) || Glyph.isLetter(s[j]) { j += 1 }
        return lexicon[.bodyBehind].first(s, in: i..<j) != nil
    }

    /// The division that a row or column is named after; nil where its name is none.
    mutating func place(_ name: [UInt32], _ words: HeadWords) -> Place? {
        let s = Self.withoutTotal(name, words)
        guard !s.isEmpty else { return nil }
        let context = (above.map { [$0] } ?? []) + context
        if let match = table.match(s, at: 0, context: context, year: year) {
            let end = match.range.upperBound
            let region = match.region
            if end == s.count {
                note(region)
                return Place(region: region, extent: .whole)
            }
            let rest = Array(s[end...])
            // 西宁市本级: the level alone; its kind stays in the name.
            if words.isWhole(rest, .own) || rest == [0x7EA7] {
                note(region)
                return Place(region: region, extent: .own, words: [s[end - 1]] + rest)
            }
            if words.isWhole(rest, .part) {
                return Place(region: region, extent: .part, words: rest)
            }
            if words.isWhole(rest, .whole) || words.isWhole(rest, .total) {
                return Place(region: region, extent: .whole)
            }
            if words.ends(rest, before: rest.count, .zone) > 0 {
                return Place(region: region, extent: .part, words: rest)
            }
            return nil
        }
        for word in words.whole(s) {
            switch word.role {
            case .whole: return Place(region: whole, extent: .whole)
            case .own:
                let kind = s[0]
                let nearest = [above, whole].compactMap { $0 }.first { $0.suffix == kind }
                return Place(region: nearest ?? whole, extent: .own, words: s)
            case .part: return Place(region: whole, extent: .part, words: s)
            default: continue
            }
        }
        if words.ends(s, before: s.count, .zone) > 0 { return Place(region: whole, extent: .part, words: s) }
        return nil
    }

    private mutating func note(_ region: Region) {
        if region.level == .prefecture || region.level == .province { above = region }
    }

    /// 全省合计 is 全省.
    private static func withoutTotal(_ name: [UInt32], _ words: HeadWords) -> [UInt32] {
        let s = HeadReader.folded(name)
        let total = words.ends(s, before: s.count, .total)
        // 县（市、区）
        let marks: Set<UInt32> = [0x28, 0x29, 0x3001]
        return (total > 0 && total < s.count ? s.dropLast(total) : s[...]).filter { !marks.contains($0) }
    }
}

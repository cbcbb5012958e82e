import BulletinModel

/// Finds the division that an article is about: what 全市 and 我县 mean in it, and where its
/// figures are of when no sentence says another.
struct OwnRegion {
    private let table: RegionTable
    private let year: Int?
    /// In the order in which they count: headlines, then title, publisher, opening lines.
    private var found: [Region] = []

    /// How far into an article names are looked for.
    private static let opening = 400
    private static let closing = 120
    /// How far into an article words like 全市 are counted.
    private static let reach = 20_000

    private init(_ table: RegionTable, year: Int?) {
        self.table = table
        self.year = year
    }

    /// The division of an article; nil where nothing tells or several could be meant.
    static func find(_ article: Article, passages: [Passage], in table: RegionTable, year: Int?) -> Region? {
        var own = OwnRegion(table, year: year)
        let setting = article.setting
        for line in [setting.title, setting.publisher, article.section] { own.note(line, isNational: true) }
        let outer = own.found
        own.found = []
        for line in [article.headline, article.subheadline] { own.note(line, isNational: false) }
        own.found += outer
        let kind = own.kind(of: passages)
        if let region = own.fitting(kind) { return region }
        own.found = []
        var rest = opening
        for passage in passages.prefix(12) where rest > 0 {
            own.note(passage.scalars, in: 0..<min(rest, passage.scalars.count), isNational: false)
            rest -= passage.scalars.count
        }
        if let last = passages.last {
            let s = last.scalars
            own.note(s, in: max(0, s.count - closing)..<s.count, isNational: false)
        }
        if own.isOfOne, let region = own.fitting(kind) { return region }
        return kind.flatMap { own.shared(by: passages, kind: $0) }
    }

    /// Whether what was found are a division and what it lies in, not several side by side.
    private var isOfOne: Bool {
        let counties = Set(found.filter { $0.level == .county }.map(\.code))
        let prefectures = Set(found.filter { $0.level == .prefecture }.map(\.code))
        return counties.count <= 2 && prefectures.count <= 2
    }

    /// The division of a kind in which nearly all that the text names lies.
    private mutating func shared(by passages: [Passage], kind: UInt32) -> Region? {
        found = []
        var rest = Self.reach
        for passage in passages where rest > 0 {
            note(passage.scalars, in: passage.scalars.indices, isNational: false, isPartOfNames: true)
            rest -= passage.scalars.count
        }
        var counts: [Int: Int] = [:]
        for region in found {
            guard let above = table.chain(region, year: year).last(where: { $0.suffix == kind }) else { continue }
            counts[above.code, default: 0] += 1
        }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value >= 2,
            most.value * 5 >= found.count * 4
        else { return nil }
        return table.region(most.key, year: year)
    }

    private mutating func note(_ line: String?, isNational: Bool) {
        guard let line else { return }
        let s = Scalars.of(line)
        note(s, in: 0..<s.count, isNational: isNational)
    }

    private mutating func note(
        _ s: [UInt32], in range: Range<Int>, isNational: Bool, isPartOfNames: Bool = false
    ) {
        var i = range.lowerBound
        while i < range.upperBound {
            if table.mayBegin(s, at: i),
                let match = table.match(s, at: i, limit: range.upperBound, context: found, year: year)
            {
                let isPart = !isPartOfNames && !isNational && RegionWords.isPart(of: s, behind: match.range.upperBound)
                if !isPart, match.region.level != .country || isNational { found.append(match.region) }
                i = match.range.upperBound
            } else {
                let body = isNational ? RegionWords.nationalBodies.begins(s, at: i, end: range.upperBound) : 0
                if body > 0, let country = table.region(Region.countryCode, year: nil) { found.append(country) }
                i += max(1, body)
            }
        }
    }

    /// The kind of division that the text speaks of as its own most often at the beginning of
    /// clauses; nil where it does not.
    private func kind(of passages: [Passage]) -> UInt32? {
        var counts: [UInt32: Int] = [:]
        var rest = Self.reach
        for passage in passages where rest > 0 {
            let s = passage.scalars
            rest -= s.count
            for i in s.indices where [0x5168, 0x6211, 0x672C, 0x56FD].contains(s[i]) {
                guard i == 0 || !Glyph.isHan(s[i - 1]) || s[i] == 0x6211 else { continue }
                if let own = RegionWords.own.longest(in: s, at: i) { counts[own.value, default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    private func fitting(_ kind: UInt32?) -> Region? {
        guard let kind else { return found.first }
        if let exact = found.first(where: { $0.suffix == kind }) { return exact }
        // Named only by what it belongs to: its own division is not known.
        return found.first { region in
            table.chain(region, year: year).contains { $0.suffix == kind }
        }
    }
}

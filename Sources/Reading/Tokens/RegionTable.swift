/// The administrative divisions that texts may name, looked up in folded scalars.
final class RegionTable: Sendable {
    let regions: [Region]
    /// The divisions that a word may mean.
    private let words: WordTable<[Int32]>
    /// The same, one by one.
    let names: [(word: String, value: [Int32])]
    private let byCode: [Int: [Int32]]
    /// The short names of the divisions of a code.
    private let shortNames: [Int: [String]]
    /// One bit for each pair of scalars with which a word may begin, folded to sixteen bits: most places of
    /// a text begin no name, and need no look at the words.
    private let heads: [UInt64]

    /// A table without divisions: nothing resolves.
    static let empty = RegionTable()

    private init() {
        regions = []
        words = WordTable([])
        names = []
        byCode = [:]
        shortNames = [:]
        heads = []
    }

    /// Reads `regions.tsv`: code, name, aliases, first year, last year, with tabs between.
    ///
    /// - Throws: ``LexiconError``.
    init(_ text: String) throws(LexiconError) {
        var regions: [Region] = []
        var meanings: [WordKey: [Int32]] = [:]
        var byCode: [Int: [Int32]] = [:]
        var shortNames: [Int: [String]] = [:]
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, cells[0].utf8.count == 6, let code = Int(cells[0]), code >= 100_000,
                !cells[1].isEmpty
            else {
                throw LexiconError(message: "regions.tsv:\(number): needs a code of six digits and a name.")
            }
            guard let since = Self.year(cells, 3, or: 0), let until = Self.year(cells, 4, or: 9999), since <= until
            else {
                throw LexiconError(message: "regions.tsv:\(number): since and until are years, the earlier first.")
            }
            let index = Int32(regions.count)
            regions.append(Region(code: code, name: cells[1], years: since...until))
            byCode[code, default: []].append(index)
            meanings[WordKey(cells[1]), default: []].append(index)
            guard cells.count > 2, !cells[2].isEmpty else { return }
            for bytes in cells[2].utf8.split(separator: 0x2C) {
                let alias = String(Substring(bytes))
                meanings[WordKey(alias), default: []].append(index)
                shortNames[code, default: []].append(alias)
            }
        }
        self.regions = regions
        self.byCode = byCode
        self.shortNames = shortNames
        // In whatever order: no two words are equal.
        names = meanings.map { (word: $0.key.text, value: $0.value) }
        words = WordTable(names)
        heads = Self.heads(of: names.lazy.map(\.word))
    }

    private static func heads(of words: some Sequence<String>) -> [UInt64] {
        var heads = [UInt64](repeating: 0, count: 1024)
        for word in words {
            let scalars = Scalars.of(word)
            // A word of one scalar may have anything behind it.
            guard scalars.count > 1 else { return Array(repeating: .max, count: 1024) }
            let bit = pair(scalars[0], scalars[1])
            heads[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        return heads
    }

    @inline(__always) private static func pair(_ first: UInt32, _ second: UInt32) -> Int {
        Int((first &* 0x9E37_79B1 ^ second &* 0x85EB_CA77) >> 16)
    }

    /// Whether a name may begin here; false is certain.
    @inline(__always) func mayBegin(_ s: [UInt32], at i: Int) -> Bool {
        guard i + 1 < s.count, !heads.isEmpty else { return i < s.count && !heads.isEmpty }
        let bit = Self.pair(s[i], s[i + 1])
        return heads[bit >> 6] >> UInt64(bit & 63) & 1 != 0
    }

    /// How long the name is that begins at a place; 0 where none does.
    func length(of s: [UInt32], at index: Int) -> Int {
        guard mayBegin(s, at: index) else { return 0 }
        return words.longest(in: s, at: index)?.length ?? 0
    }

    private static func year(_ cells: [String], _ column: Int, or open: Int) -> Int? {
        guard column < cells.count, !cells[column].isEmpty else { return open }
        return Int(cells[column])
    }

    /// A name in a text, with what it means.
    struct Match: Equatable {
        /// Where it stands, the names of its provinces and prefectures in front included.
        var range: Range<Int>
        /// What it names.
        var region: Region
        /// The official name is printed, not one of its short forms.
        var isOfficial: Bool
    }

    /// The name that begins at `index`: 河南省洛阳市西工区 is one name. What several divisions
    /// are called resolves to the one in `context` or, where all others are below it, to the
    /// highest; else to nothing.
    ///
    /// - Parameters:
    ///   - context: divisions that the text is known to be about, nearest first.
    ///   - year: the year of the text; nil for today.
    ///   - isWord: the name is known to be a word of its own, so that a county's short name is one, too.
    func match(
        _ s: [UInt32], at index: Int, limit: Int? = nil, context: [Region] = [], year: Int? = nil, isWord: Bool = false
    ) -> Match? {
        guard mayBegin(s, at: index), let first = words.longest(in: s, at: index, limit: limit) else { return nil }
        var end = index + first.length
        var found = pick(first.value, Scalars.string(s[index..<end]), context: context, year: year, isWord: isWord)
        // A name inside a name: what follows belongs to what stands in front, or it is none of it.
        while mayBegin(s, at: end), let next = words.longest(in: s, at: end, limit: limit) {
            let word = Scalars.string(s[end..<(end + next.length)])
            let inside = next.value.filter { i in
                let inner = regions[Int(i)]
                guard !(inner.name != word && inner.level == .county) else { return false }
                if let found { return inner.code != found.region.code && inner.lies(in: found.region) }
                return first.value.contains { inner.lies(in: regions[Int($0)]) }
            }
            guard let deeper = pick(inside, word, context: context, year: year, isWord: isWord) else { break }
            end += next.length
            found = deeper
        }
        return found.map { Match(range: index..<end, region: $0.region, isOfficial: $0.isOfficial) }
    }

    /// The division of a code in a year; nil where the table has none.
    func region(_ code: Int, year: Int?) -> Region? {
        guard let all = byCode[code] else { return nil }
        return current(all, year: year).map { regions[Int($0)] }
    }

    /// What a division was called in a year: itself, or the division of the same code or name then; nil where there
    /// was none.
    func valid(_ region: Region, year: Int?) -> Region? {
        guard let year, !region.years.contains(year) else { return region }
        if let same = byCode[region.code]?.first(where: { regions[Int($0)].years.contains(year) }) {
            return regions[Int(same)]
        }
        // 平泉县 became 平泉市 under another code: they share their short name and province.
        let short = Set(shortNames[region.code] ?? [])
        let others = short.flatMap { meanings($0) }.map { regions[Int($0)] }.filter {
            $0.years.contains(year) && $0.level == region.level && $0.code / 10_000 == region.code / 10_000
        }
        return Set(others.map(\.code)).count == 1 ? others.first : nil
    }

    private func meanings(_ word: String) -> [Int32] {
        let s = Scalars.of(word)
        guard let found = words.longest(in: s, at: 0), found.length == s.count else { return [] }
        return found.value
    }

    /// Whether a scalar ends the names of divisions of a kind: 省 市 县 区 州 盟 旗.
    static func isKind(_ scalar: UInt32) -> Bool {
        [0x7701, 0x5E02, 0x53BF, 0x533A, 0x5DDE, 0x76DF, 0x65D7].contains(scalar)
    }

    /// A division with those that it lies in, nearest first, without the country.
    func chain(_ region: Region, year: Int?) -> [Region] {
        var chain = [region]
        if region.level == .county, let above = self.region(region.code / 100 * 100, year: year ?? region.last) {
            chain.append(above)
        }
        if region.level > .province, let above = self.region(region.code / 10_000 * 10_000, year: year) {
            chain.append(above)
        }
        return chain
    }

    private func pick(
        _ candidates: [Int32], _ word: String, context: [Region], year: Int?, isWord: Bool
    ) -> (region: Region, isOfficial: Bool)? {
        guard !candidates.isEmpty else { return nil }
        let official = candidates.filter { regions[Int($0)].name == word }
        // Of two divisions with one name that did not exist in the same years the one of the day counts.
        let valid = candidates.filter { regions[Int($0)].years.contains(year ?? Self.today) }
        var left = valid.isEmpty ? latest(candidates) : valid
        for place in context {
            let inside = left.filter { regions[Int($0)].lies(in: place) }
            if !inside.isEmpty, place.level != .country {
                left = inside
                break
            }
        }
        guard let highest = left.map({ regions[Int($0)].level }).min() else { return nil }
        let top = left.filter { regions[Int($0)].level == highest }
        guard Set(top.map { regions[Int($0)].code }).count == 1, let one = top.last else { return nil }
        let isOfficial = official.contains(one)
        let region = regions[Int(one)]
        // A county's short name is too often a word of its own.
        if !isOfficial, !isWord, region.level == .county, !Self.isLong(word, region),
            !context.contains(where: { $0.level > .country && region.lies(in: $0) })
        {
            return nil
        }
        return (region, isOfficial)
    }

    /// 峨边县 for 峨边彝族自治县 says what it is.
    private static func isLong(_ word: String, _ region: Region) -> Bool {
        word.unicodeScalars.last?.value == region.suffix && word.unicodeScalars.count > 2
    }

    private static let today = 9999

    private func latest(_ candidates: [Int32]) -> [Int32] {
        let last = candidates.map { regions[Int($0)].years.upperBound }.max() ?? 0
        return candidates.filter { regions[Int($0)].years.upperBound == last }
    }

    private func current(_ candidates: [Int32], year: Int?) -> Int32? {
        candidates.first { regions[Int($0)].years.contains(year ?? Self.today) } ?? latest(candidates).last
    }
}

extension Region {
    /// The last year in which it was so called; nil where it still is.
    fileprivate var last: Int? { years.upperBound == 9999 ? nil : years.upperBound }
}

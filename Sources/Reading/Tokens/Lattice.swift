/// All words that stand in a passage, and the likeliest way to cut it into words.
///
/// One pass from left to right: at each place the dictionary's words that begin there are noted, and for
/// each place where a word ends the cheapest way to it is kept. A number or a run of letters is one word.
struct Lattice {
    /// A word at a place.
    struct Edge {
        var start: Int32
        var end: Int32
        var entry: Int32
        /// The edge before it in the list that ends at the same place; -1 for none.
        var previous: Int32
    }

    /// What a place begins that no dictionary has.
    private enum Run { case none, digits, letters, spelled }

    /// The words, by where they begin.
    private(set) var edges: [Edge] = []
    /// For each place the last edge that ends there; -1 for none.
    private(set) var ending: [Int32]
    /// For each place the first edge that begins there or later.
    private(set) var beginning: [Int32]
    /// The best path.
    private(set) var tokens: [Token] = []

    /// Cost of a character that no table has, of a number, and of a run of letters.
    private static let (unknown, number, word) = (1800 as UInt32, 1050 as UInt32, 900 as UInt32)
    /// How much less a unit costs behind a number, and the least that it costs there.
    private static let (behindNumber, leastUnit) = (400 as UInt32, 100 as UInt32)

    init(_ s: [UInt32], _ dictionary: WordDictionary) {
        let n = s.count
        ending = Array(repeating: -1, count: n + 1)
        beginning = Array(repeating: 0, count: n + 1)
        edges.reserveCapacity(n + n / 2)
        var best = [UInt32](repeating: .max, count: n + 1)
        // How the best way to a place ends: where it begins, and with which word.
        var back = [(start: Int32, entry: Int32, features: Int32)](repeating: (-1, -1, 0), count: n + 1)
        best[0] = 0
        dictionary.slots.withUnsafeBufferPointer { slots in
            dictionary.entries.withUnsafeBufferPointer { entries in
                walk(s, slots, dictionary.mask, entries, dictionary.kinds, &best, &back)
            }
        }
        collect(back, s, dictionary)
    }

    private mutating func walk(
        _ s: [UInt32], _ slots: UnsafeBufferPointer<WordDictionary.Slot>, _ mask: Int,
        _ entries: UnsafeBufferPointer<WordDictionary.Entry>, _ kinds: [UInt8], _ best: inout [UInt32],
        _ back: inout [(start: Int32, entry: Int32, features: Int32)]
    ) {
        let n = s.count
        var i = 0
        // Up to here a run goes on, inside which no word begins.
        var inside = 0
        while i < n {
            beginning[i] = Int32(edges.count)
            defer { i += 1 }
            if i < inside { continue }
            let base = best[i]
            let c = s[i]
            var kind = Run.none
            var runEnd = i + 1
            if c < 0x80 {
                if Glyph.isDigit(c) {
                    (kind, runEnd) = (.digits, Self.digits(s, from: i))
                } else if Glyph.isLetter(c) {
                    while runEnd < n, Glyph.isLetter(s[runEnd]) { runEnd += 1 }
                    kind = .letters
                }
                if kind != .none { inside = runEnd }
            } else if Spelled.mayBegin(c) {
                runEnd = Spelled.end(s, from: i)
                if runEnd > i + 1 { kind = .spelled }
            }
            let isBehindNumber = Self.isBehindNumber(s, i, back, entries, kinds)
            // The word that covers a whole run, and the single character.
            var single: Int32 = -1
            var node: Int32 = 0
            var j = i
            while j < n {
                var place = WordDictionary.hash(s[j], node) & mask
                while slots[place].from >= 0, slots[place].from != node || slots[place].scalar != s[j] {
                    place = (place + 1) & mask
                }
                let slot = slots[place]
                if slot.from < 0 { break }
                node = slot.node
                j += 1
                guard slot.entry >= 0 else { continue }
                // Inside letters and digits no word ends.
                if j < inside { continue }
                if kind == .spelled, j == runEnd {
                    single = slot.entry
                    continue
                }
                if kind == .none, j == i + 1 { single = slot.entry }
                if (kind == .letters || kind == .digits), j == runEnd { single = slot.entry }
                edges.append(
                    Edge(start: Int32(i), end: Int32(j), entry: slot.entry, previous: ending[j]))
                ending[j] = Int32(edges.count - 1)
                let word = entries[Int(slot.entry)]
                var cost = UInt32(word.cost)
                if isBehindNumber, kinds[Int(word.set)] & 2 != 0 {
                    cost = max(Self.leastUnit, cost &- min(cost, Self.behindNumber))
                }
                cost &+= base
                if cost <= best[j] {
                    best[j] = cost
                    back[j] = (Int32(i), slot.entry, 0)
                }
            }
            switch kind {
            case .none:
                if single < 0 { reach(i, i + 1, -1, base &+ Self.unknown, Self.kind(of: c), &best, &back) }
            case .digits: reach(i, runEnd, single, base &+ Self.number, 1, &best, &back)
            case .letters: reach(i, runEnd, single, base &+ Self.word, 2, &best, &back)
            case .spelled:
                let cost = single >= 0 ? min(Self.number, UInt32(entries[Int(single)].cost)) : Self.number
                reach(i, runEnd, single, base &+ cost, 3, &best, &back)
                edges.append(Edge(start: Int32(i), end: Int32(runEnd), entry: single, previous: ending[runEnd]))
                ending[runEnd] = Int32(edges.count - 1)
                if best[i + 1] == .max { reach(i, i + 1, -1, base &+ Self.unknown, 4, &best, &back) }
            }
        }
        beginning[n] = Int32(edges.count)
    }

    /// Whether the best way to a place ends with a number, a blank behind it left out.
    @inline(__always) private static func isBehindNumber(
        _ s: [UInt32], _ i: Int, _ back: [(start: Int32, entry: Int32, features: Int32)],
        _ entries: UnsafeBufferPointer<WordDictionary.Entry>, _ kinds: [UInt8]
    ) -> Bool {
        guard i > 0 else { return false }
        let place = s[i - 1] == 0x20 ? i - 1 : i
        let step = back[place]
        if step.features == 1 || step.features == 3 { return true }
        return step.entry >= 0 && kinds[Int(entries[Int(step.entry)].set)] & 1 != 0
    }

    @inline(__always) private func reach(
        _ start: Int, _ end: Int, _ entry: Int32, _ cost: UInt32, _ features: Int32, _ best: inout [UInt32],
        _ back: inout [(start: Int32, entry: Int32, features: Int32)]
    ) {
        if cost <= best[end] {
            best[end] = cost
            back[end] = (Int32(start), entry, features)
        }
    }

    /// What a character that no table has is: 4 a mark, 5 a blank, 6 anything else.
    private static func kind(of c: UInt32) -> Int32 {
        if Glyph.isHan(c) { return 6 }
        return Glyph.isBlank(c) ? 5 : 4
    }

    private static let kinds: [FeatureSet] = [
        [], [.numeral, .digits], [.letters], [.numeral], [.mark], [.blank], [],
    ]

    private mutating func collect(
        _ back: [(start: Int32, entry: Int32, features: Int32)], _ s: [UInt32], _ dictionary: WordDictionary
    ) {
        tokens.reserveCapacity(s.count / 2 + 1)
        var end = s.count
        while end > 0 {
            let step = back[end]
            var features = dictionary.features(step.entry).union(Self.kinds[Int(step.features)])
            // A mark stays one where tables have it, too.
            if step.entry >= 0, Int(step.start) + 1 == end, Self.kind(of: s[end - 1]) == 4,
                !Glyph.isLetter(s[end - 1]), !Glyph.isDigit(s[end - 1]), !features.contains(.unit)
            {
                features.insert(.mark)
            }
            tokens.append(Token(Int(step.start)..<end, entry: step.entry, features: features))
            end = Int(step.start)
        }
        tokens.reverse()
    }

    /// The end of a number in digits with its separators and points: 1,234.5, 2023.1.24.
    private static func digits(_ s: [UInt32], from start: Int) -> Int {
        var end = start + 1
        while end < s.count, Glyph.isDigit(s[end]) { end += 1 }
        if end - start <= 3 {
            end = NumeralScalars.endOfSpacedGroups(s, from: end)
            while end + 3 < s.count, Glyph.isComma(s[end]), Glyph.isDigit(s[end + 1]), Glyph.isDigit(s[end + 2]),
                Glyph.isDigit(s[end + 3]), end + 4 >= s.count || !Glyph.isDigit(s[end + 4])
            {
                end += 4
            }
        }
        while end + 1 < s.count, NumeralScalars.isPoint(s[end]), Glyph.isDigit(s[end + 1]) {
            end += 2
            while end < s.count, Glyph.isDigit(s[end]) { end += 1 }
        }
        return end
    }
}

/// Runs of spelled numbers: 二十三, 一千二百十四, 十多万.
enum Spelled {
    /// Whether the scalar may begin one.
    @inline(__always) static func mayBegin(_ c: UInt32) -> Bool {
        c >= 0x3007 && ScalarRole.of(c) == .numeral
    }

    /// The end of the run that begins at `start`. 余, 多 and 几 belong to it in front of a magnitude.
    static func end(_ s: [UInt32], from start: Int) -> Int {
        var end = start + 1
        let limit = min(s.count, start + NumeralReader.maximumLength)
        while end < limit {
            let c = s[end]
            if mayBegin(c) {
                // 三十两, 两万两: the weight.
                if c == 0x4E24, end + 1 >= s.count || NumeralScalars.magnitude(s[end + 1]) == nil { return end }
                end += 1
            } else if NumeralScalars.isSurplus(c) || NumeralScalars.isOpenDigit(c), end + 1 < s.count,
                NumeralScalars.magnitude(s[end + 1]) != nil
            {
                end += 2
            } else {
                return end
            }
        }
        return end
    }
}

/// How much other words are like one that a user typed, by the characters and pairs of characters they share.
struct Likeness {
    private let parts: [String: Int]
    private let count: Int

    init(_ word: String) {
        (parts, count) = Self.parts(word)
    }

    /// 0, nothing in common, to 1, the same.
    func with(_ word: String) -> Double {
        let (others, total) = Self.parts(word)
        let shared = others.reduce(0) { $0 + min($1.value, parts[$1.key] ?? 0) }
        return count + total == 0 ? 0 : 2 * Double(shared) / Double(count + total)
    }

    /// The values of which a name is most like the word, the likest first; values without any likeness are none.
    func best<Value>(_ values: [Value], limit: Int, names: (Value) -> [String]) -> [Value] {
        let scored = values.enumerated().map { place, value in
            (place: place, score: names(value).map(with).max() ?? 0)
        }
        return scored.filter { $0.score > 0.2 }.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.prefix(limit)
            .map { values[$0.place] }
    }

    private static func parts(_ word: String) -> ([String: Int], Int) {
        let letters = Array(word.lowercased())
        var parts: [String: Int] = [:]
        for place in letters.indices {
            parts[String(letters[place]), default: 0] += 1
            // A pair says more than two characters.
            if place > 0 { parts[String(letters[place - 1...place]), default: 0] += 1 }
        }
        return (parts, max(0, letters.count * 2 - 1))
    }
}

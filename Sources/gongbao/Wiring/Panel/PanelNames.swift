import Panel
import Reading

/// Turns the names that people write into measures and divisions, and says what they may have meant.
struct PanelNames {
    /// The known measures.
    let measures: MeasureTable
    let divisions: Divisions
    private let lexicon: Lexicon

    init(_ lexicon: Lexicon, _ measures: MeasureTable) {
        self.lexicon = lexicon
        self.measures = measures
        divisions = Divisions(lexicon)
    }

    /// A measure by code or by any of its names, with or without its scope; nil for one that no table has.
    func measure(_ word: String) -> (code: String, title: String)? {
        let known = measures.measure(word) ?? lexicon.code(word).flatMap(measures.measure)
        return known.map { ($0.code, $0.name) }
    }

    /// A division by code or name.
    ///
    /// - Throws: ``CommandFailure`` with the nearest names where there is none, or several.
    func division(_ word: String) throws -> Division {
        let found =
            word.utf8.allSatisfy { (0x30...0x39).contains($0) }
            ? divisions.all.filter { $0.code == word } : divisions.named(word)
        let now = found.filter { $0.years.upperBound == 9999 }
        let left = now.isEmpty ? found : now
        let codes = Set(left.map(\.code))
        // 吉林 is a province before it is a city.
        let highest = left.filter { division in
            !left.contains { division.code != $0.code && division.lies(in: $0.code) }
        }
        if let one = codes.count == 1 ? left.last : Set(highest.map(\.code)).count == 1 ? highest.last : nil {
            return one
        }
        if codes.isEmpty {
            let near = Nearest.words(
                to: word, among: divisions.all.lazy.filter { $0.years.upperBound == 9999 }.map(\.name))
            throw CommandFailure.usedWrongly(
                "there is no division \(word)\(near.isEmpty ? "" : "; did you mean \(Say.list(near))?")")
        }
        let list = Say.list(left.prefix(6).map { "\($0.name) (\($0.code))" })
        throw CommandFailure.usedWrongly("several divisions are called \(word): \(list); give the code.")
    }

    /// The nearest codes and names of measures.
    func nearestMeasures(_ word: String) -> [String] {
        measures.nearest(word).map { "\($0.name) (\($0.code))" }
    }
}

/// Words that are like another one.
enum Nearest {
    /// At most five, the likest first: by the pairs of characters that both have.
    static func words(to word: String, among all: some Sequence<String>) -> [String] {
        let pairs = pairs(word)
        var best: [(word: String, likeness: Double)] = []
        for other in all {
            let its = Self.pairs(other)
            let shared = pairs.intersection(its).count
            guard shared > 0 else { continue }
            // Names that begin alike are more often meant.
            let beginning = Double(zip(word, other).prefix { $0 == $1 }.count) / 10
            best.append((other, 2 * Double(shared) / Double(pairs.count + its.count) + beginning))
        }
        var seen: Set<String> = []
        return best.sorted { ($1.likeness, $0.word) < ($0.likeness, $1.word) }.filter { seen.insert($0.word).inserted }
            .prefix(5).filter { $0.likeness > 0.15 }.map(\.word)
    }

    private static func pairs(_ word: String) -> Set<String> {
        let letters = Array(word)
        guard letters.count > 1 else { return Set(letters.map(String.init)) }
        return Set(zip(letters, letters.dropFirst()).map { "\($0)\($1)" } + letters.map(String.init))
    }
}

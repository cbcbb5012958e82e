/// A set of words that is asked at places: what begins here, what ends here.
///
/// Building one costs time: every set is a `static let`, never made where it is asked.
/// A class, so that handing one on costs one reference and not that of each of its tables.
final class WordSet: Sendable {
    private let forward: WordTable<Bool>
    private let backward: WordTable<Bool>

    /// The words of a list with blanks between.
    init(_ list: String) {
        let words = WordTable<Bool>.words(list, true)
        forward = WordTable(words)
        backward = WordTable(words, backward: true)
    }

    /// These words.
    init(words: [String]) {
        let words = words.map { (word: $0, value: true) }
        forward = WordTable(words)
        backward = WordTable(words, backward: true)
    }

    /// A set without words.
    static let none = WordSet(words: [])

    /// The length of the longest word that begins at `i`, at most up to `end`; 0 for none.
    func begins(_ s: [UInt32], at i: Int, end: Int? = nil) -> Int {
        guard i >= 0, i < s.count else { return 0 }
        return forward.length(in: s, at: i, limit: end ?? s.count)
    }

    /// The length of the longest word that ends right before `i`, not beginning before
    /// `start`; 0 for none.
    func ends(_ s: [UInt32], before i: Int, start: Int = 0) -> Int {
        guard i > start, i <= s.count else { return 0 }
        return backward.length(in: s, endingAt: i, limit: start)
    }

    /// A word of the set at a place.
    struct Match { var length: Int }

    /// The longest word that begins at `i` and ends by `limit`; nil for none.
    func longest(in s: [UInt32], at i: Int, limit: Int? = nil) -> Match? {
        let length = begins(s, at: i, end: limit)
        return length > 0 ? Match(length: length) : nil
    }

    /// The longest word that ends right before `i` and does not begin before `limit`; nil for none.
    func longest(in s: [UInt32], endingAt i: Int, limit: Int = 0) -> Match? {
        let length = ends(s, before: i, start: limit)
        return length > 0 ? Match(length: length) : nil
    }

    /// Whether a word may end with this scalar; false is certain.
    func mayEnd(_ scalar: UInt32?) -> Bool { scalar.map(backward.mayBegin) ?? false }

    /// The first place in `range` at which a word of the set begins, with its length.
    func first(_ s: [UInt32], in range: Range<Int>) -> (at: Int, length: Int)? {
        for i in range where forward.mayBegin(s[i]) {
            let length = forward.length(in: s, at: i, limit: range.upperBound)
            if length > 0 { return (i, length) }
        }
        return nil
    }

    /// The last place in `range` at which a word of the set begins, with its length.
    func last(_ s: [UInt32], in range: Range<Int>) -> (at: Int, length: Int)? {
        var i = range.upperBound
        while i > range.lowerBound {
            i -= 1
            guard forward.mayBegin(s[i]) else { continue }
            let length = forward.length(in: s, at: i, limit: range.upperBound)
            if length > 0 { return (i, length) }
        }
        return nil
    }

    /// Whether a text begins with a word of the set.
    func opens(_ text: String) -> Bool { forward.opens(text) }

    /// Whether a text ends with a word of the set.
    func end(_ text: String) -> Bool { backward.ends(text) }

    /// Whether these scalars, as a whole, are a word of the set.
    func contains(_ s: [UInt32]) -> Bool { !s.isEmpty && begins(s, at: 0) == s.count }

    /// Whether this text, as a whole, is a word of the set.
    func contains(_ text: String) -> Bool { forward.isWord(text) }
}

/// A set of words that is asked at places: what begins here, what ends here.
struct WordSet: Sendable {
    private let byFirst: [UInt32: [[UInt32]]]
    private let byLast: [UInt32: [[UInt32]]]

    /// The words of a list with blanks between.
    init(_ list: String) {
        let words = list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { Scalars.of(String($0)) }
            .sorted { $0.count > $1.count }
        byFirst = Dictionary(grouping: words) { $0[0] }
        byLast = Dictionary(grouping: words) { $0[$0.count - 1] }
    }

    /// The length of the longest word that begins at `i`, at most up to `end`; 0 for none.
    func begins(_ s: [UInt32], at i: Int, end: Int? = nil) -> Int {
        let limit = end ?? s.count
        guard i >= 0, i < limit, let words = byFirst[s[i]] else { return 0 }
        for word in words where i + word.count <= limit {
            if s[i..<(i + word.count)].elementsEqual(word) { return word.count }
        }
        return 0
    }

    /// The length of the longest word that ends right before `i`, not beginning before
    /// `start`; 0 for none.
    func ends(_ s: [UInt32], before i: Int, start: Int = 0) -> Int {
        guard i > start, i <= s.count, let words = byLast[s[i - 1]] else { return 0 }
        for word in words where i - word.count >= start {
            if s[(i - word.count)..<i].elementsEqual(word) { return word.count }
        }
        return 0
    }

    /// The first place in `range` at which a word of the set begins, with its length.
    func first(_ s: [UInt32], in range: Range<Int>) -> (at: Int, length: Int)? {
        for i in range {
            let length = begins(s, at: i, end: range.upperBound)
            if length > 0 { return (i, length) }
        }
        return nil
    }

    /// The last place in `range` at which a word of the set begins, with its length.
    func last(_ s: [UInt32], in range: Range<Int>) -> (at: Int, length: Int)? {
        for i in range.reversed() {
            let length = begins(s, at: i, end: range.upperBound)
            if length > 0 { return (i, length) }
        }
        return nil
    }
}

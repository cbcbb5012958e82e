/// Words to values, looked up in folded scalars: a trie in one open-addressing table.
///
/// A lookup touches one slot for each scalar of the match and one more, whatever the number of
/// words, and allocates nothing.
struct WordTable<Value: Sendable>: Sendable {
    private var keys: [UInt64]
    private var nodes: [Int32]
    private var mask: Int
    private var valueOfNode: [Int32]
    private var values: [Value]
    private let backward: Bool
    /// One bit for each scalar with which a word begins: most lookups end here. Small tables fold
    /// scalars to twelve bits, so that their maps share the cache; a false yes costs one more look.
    private var firsts: [UInt64]
    private let firstMask: UInt32

    /// Builds the table. The last of equal words wins. With `backward` words are looked up from
    /// their end.
    init(_ words: [(word: String, value: Value)], backward: Bool = false) {
        var capacity = 16
        let edges = words.reduce(0) { $0 + $1.word.unicodeScalars.count }
        while capacity < edges * 2 + 2 { capacity *= 2 }
        keys = Array(repeating: 0, count: capacity)
        nodes = Array(repeating: 0, count: capacity)
        mask = capacity - 1
        valueOfNode = [-1]
        values = []
        self.backward = backward
        firstMask = words.count > 400 ? 1023 : 63
        firsts = Array(repeating: 0, count: Int(firstMask) + 1)
        for (word, value) in words {
            let scalars = Scalars.of(word)
            guard let first = backward ? scalars.last : scalars.first else { continue }
            firsts[Int(first >> 6 & firstMask)] |= 1 << UInt64(first & 63)
            var node: Int32 = 0
            for scalar in backward ? scalars.reversed() : scalars { node = insert(scalar, after: node) }
            valueOfNode[Int(node)] = Int32(values.count)
            values.append(value)
        }
    }

    /// Whether a word may begin with this scalar (end with it, in a backward table); false is certain.
    @inline(__always) func mayBegin(_ scalar: UInt32) -> Bool {
        firsts[Int(scalar >> 6 & firstMask)] >> UInt64(scalar & 63) & 1 != 0
    }

    /// The length of the longest word that begins at `index` and ends by `limit`; 0 for none.
    @inline(__always) func length(in text: [UInt32], at index: Int, limit: Int) -> Int {
        guard index < limit, index < text.count, mayBegin(text[index]) else { return 0 }
        return longest(in: text, at: index, limit: limit)?.length ?? 0
    }

    /// In a backward table the length of the longest word that ends right before `index`; 0 for none.
    @inline(__always) func length(in text: [UInt32], endingAt index: Int, limit: Int) -> Int {
        guard index > limit, mayBegin(text[index - 1]) else { return 0 }
        return longest(in: text, endingAt: index, limit: limit)?.length ?? 0
    }

    /// The longest word that begins at `index` and ends by `limit` (the end of the text if nil).
    func longest(in text: [UInt32], at index: Int, limit: Int? = nil) -> (length: Int, value: Value)? {
        let end = min(limit ?? text.count, text.count)
        guard index < end, mayBegin(text[index]) else { return nil }
        var node: Int32 = 0
        var found: (Int, Int32)?
        var cursor = index
        while cursor < end, let next = step(text[cursor], after: node) {
            node = next
            cursor += 1
            let value = valueOfNode[Int(node)]
            if value >= 0 { found = (cursor - index, value) }
        }
        return found.map { ($0.0, values[Int($0.1)]) }
    }

    /// In a backward table the longest word that ends right before `index`, not reaching before `limit`.
    func longest(in text: [UInt32], endingAt index: Int, limit: Int = 0) -> (length: Int, value: Value)? {
        guard index > limit, mayBegin(text[index - 1]) else { return nil }
        var node: Int32 = 0
        var found: (Int, Int32)?
        var cursor = index
        while cursor > limit, let next = step(text[cursor - 1], after: node) {
            node = next
            cursor -= 1
            let value = valueOfNode[Int(node)]
            if value >= 0 { found = (index - cursor, value) }
        }
        return found.map { ($0.0, values[Int($0.1)]) }
    }

    /// Whether this text, as a whole, is a word; costs no more than its scalars.
    func isWord(_ text: String) -> Bool {
        var node: Int32 = 0
        for scalar in text.unicodeScalars {
            guard let next = step(scalar.value, after: node) else { return false }
            node = next
        }
        return node != 0 && valueOfNode[Int(node)] >= 0
    }

    @inline(__always) private func step(_ scalar: UInt32, after node: Int32) -> Int32? {
        let key = Self.key(scalar, node)
        var slot = Self.hash(key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key { return nodes[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(_ scalar: UInt32, after node: Int32) -> Int32 {
        let key = Self.key(scalar, node)
        var slot = Self.hash(key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key { return nodes[slot] }
            slot = (slot + 1) & mask
        }
        let fresh = Int32(valueOfNode.count)
        keys[slot] = key
        nodes[slot] = fresh
        valueOfNode.append(-1)
        return fresh
    }

    private static func key(_ scalar: UInt32, _ node: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(scalar) | 1 << 31
    }

    private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 33)
    }
}

extension WordTable {
    /// Gives every word of a space-separated list the same value.
    static func words(_ list: String, _ value: Value) -> [(word: String, value: Value)] {
        list.split(whereSeparator: \.isWhitespace).map { (String($0), value) }
    }
}

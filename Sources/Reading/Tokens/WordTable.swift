/// Words to values, looked up in folded scalars: a trie in one open-addressing table.
///
/// A lookup touches one slot for each scalar of the match and one more, whatever the number of
/// words, and allocates nothing.
struct WordTable<Value: Sendable>: Sendable {
    /// An edge of the trie. All that a step asks lies in it, so that a step costs one look into memory.
    private struct Slot {
        /// The scalar and the node that it leads away from; 0 where the slot is free.
        var key: UInt64 = 0
        /// The node that it leads to.
        var node: Int32 = 0
        /// Which value the word has that ends there; -1 where none does.
        var value: Int32 = -1
    }

    private var slots: [Slot]
    private var mask: Int
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
        slots = Array(repeating: Slot(), count: capacity)
        mask = capacity - 1
        values = []
        self.backward = backward
        firstMask = words.count > 400 ? 1023 : 63
        firsts = Array(repeating: 0, count: Int(firstMask) + 1)
        var nodes: Int32 = 0
        for (word, value) in words {
            let scalars = Scalars.of(word)
            guard let first = backward ? scalars.last : scalars.first else { continue }
            firsts[Int(first >> 6 & firstMask)] |= 1 << UInt64(first & 63)
            var node: Int32 = 0
            var last = 0
            for scalar in backward ? scalars.reversed() : scalars {
                last = slot(of: scalar, after: node)
                if slots[last].key == 0 {
                    nodes += 1
                    slots[last] = Slot(key: Self.key(scalar, node), node: nodes)
                }
                node = slots[last].node
            }
            slots[last].value = Int32(values.count)
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
        return find(in: text, from: index, to: min(limit, text.count)).length
    }

    /// In a backward table the length of the longest word that ends right before `index`; 0 for none.
    @inline(__always) func length(in text: [UInt32], endingAt index: Int, limit: Int) -> Int {
        guard index > limit, mayBegin(text[index - 1]) else { return 0 }
        return find(in: text, backFrom: index, to: limit).length
    }

    /// The longest word that begins at `index` and ends by `limit` (the end of the text if nil).
    @inline(__always) func longest(in text: [UInt32], at index: Int, limit: Int? = nil) -> (length: Int, value: Value)?
    {
        let end = min(limit ?? text.count, text.count)
        guard index < end, mayBegin(text[index]) else { return nil }
        let found = find(in: text, from: index, to: end)
        return found.length > 0 ? (found.length, values[found.value]) : nil
    }

    /// In a backward table the longest word that ends right before `index`, not reaching before `limit`.
    @inline(__always) func longest(in text: [UInt32], endingAt index: Int, limit: Int = 0) -> (
        length: Int, value: Value
    )? {
        guard index > limit, mayBegin(text[index - 1]) else { return nil }
        let found = find(in: text, backFrom: index, to: limit)
        return found.length > 0 ? (found.length, values[found.value]) : nil
    }

    /// Whether this text, as a whole, is a word; costs no more than its scalars.
    func isWord(_ text: String) -> Bool {
        var node: Int32 = 0
        var value: Int32 = -1
        for scalar in text.unicodeScalars {
            // Most texts end at their first scalar.
            if node == 0, !mayBegin(scalar.value) { return false }
            let slot = slots[slot(of: scalar.value, after: node)]
            guard slot.key != 0 else { return false }
            (node, value) = (slot.node, slot.value)
        }
        return value >= 0
    }

    /// Whether a text begins with a word; costs no more than the longest one.
    func opens(_ text: String) -> Bool { leads(text.unicodeScalars) }

    /// In a backward table whether a text ends with a word; costs no more than the longest one.
    func ends(_ text: String) -> Bool { leads(text.unicodeScalars.reversed()) }

    private func leads(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
        var node: Int32 = 0
        for scalar in scalars {
            let slot = slots[slot(of: scalar.value, after: node)]
            if slot.key == 0 { return false }
            if slot.value >= 0 { return true }
            node = slot.node
        }
        return false
    }

    /// The longest word from `start` on, up to `end`: how long it is and which value it has; of length 0 for none.
    private func find(in text: [UInt32], from start: Int, to end: Int) -> (length: Int, value: Int) {
        var node: Int32 = 0
        var found = (length: 0, value: 0)
        var cursor = start
        while cursor < end {
            let slot = slots[slot(of: text[cursor], after: node)]
            if slot.key == 0 { break }
            node = slot.node
            cursor += 1
            if slot.value >= 0 { found = (cursor - start, Int(slot.value)) }
        }
        return found
    }

    /// The same from `start` back to `end`.
    private func find(in text: [UInt32], backFrom start: Int, to end: Int) -> (length: Int, value: Int) {
        var node: Int32 = 0
        var found = (length: 0, value: 0)
        var cursor = start
        while cursor > end {
            let slot = slots[slot(of: text[cursor - 1], after: node)]
            if slot.key == 0 { break }
            node = slot.node
            cursor -= 1
            if slot.value >= 0 { found = (start - cursor, Int(slot.value)) }
        }
        return found
    }

    /// Where the edge for a scalar stands behind a node, or would stand.
    @inline(__always) private func slot(of scalar: UInt32, after node: Int32) -> Int {
        let key = Self.key(scalar, node)
        var slot = Self.hash(key) & mask
        while slots[slot].key != key, slots[slot].key != 0 { slot = (slot + 1) & mask }
        return slot
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

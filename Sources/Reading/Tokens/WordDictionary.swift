/// All words of all tables in one trie, with what each table says of a word.
///
/// A step of a walk costs one look into memory; nothing is allocated.
final class WordDictionary: Sendable {
    /// What the tables with values of their own have for a word; -1 where they have nothing.
    struct Values: Sendable {
        /// Index of its unit.
        var unit: Int32 = -1
        /// Index of its measure's code.
        var measure: Int32 = -1
        /// Index of the divisions that it may mean.
        var divisions: Int32 = -1
        /// Its sense in the calendar.
        var calendar: Int32 = -1
    }

    /// An edge of the trie; all that a step asks lies in it.
    struct Slot: Sendable {
        /// The node that the edge leads away from; -1 where the slot is free.
        var from: Int32 = -1
        /// The scalar that it stands for.
        var scalar: UInt32 = 0
        /// The node that it leads to.
        var node: Int32 = 0
        /// The word that ends there; -1 where none does.
        var entry: Int32 = -1
    }

    /// One word: its feature set, its cost and where its values are.
    struct Entry: Sendable {
        /// Index of its features.
        var set: UInt16 = 0
        /// Hundredths of the negative logarithm of its share of running text.
        var cost: UInt16 = .max
        /// Index of its values; 0 for none.
        var values: Int32 = 0
    }

    let slots: [Slot]
    let mask: Int
    let entries: [Entry]
    let sets: [FeatureSet]
    /// For each feature set whether it is of a number (1) or a unit (2).
    let kinds: [UInt8]
    private let values: [Values]

    init(_ builder: WordDictionaryBuilder) {
        slots = builder.slots
        mask = builder.mask
        entries = builder.entries
        sets = builder.sets
        kinds = builder.sets.map { ($0.contains(.numeral) ? 1 : 0) | ($0.contains(.unit) ? 2 : 0) }
        values = builder.values
    }

    /// The features of a word.
    @inline(__always) func features(_ entry: Int32) -> FeatureSet {
        entry < 0 ? FeatureSet() : sets[Int(entries[Int(entry)].set)]
    }

    /// The values of a word.
    func values(_ entry: Int32) -> Values {
        entry < 0 ? Values() : values[Int(entries[Int(entry)].values)]
    }

    /// The word that these scalars are as a whole; -1 where they are none.
    func entry(_ s: some Sequence<UInt32>) -> Int32 {
        var node: Int32 = 0
        var entry: Int32 = -1
        for scalar in s {
            let slot = slots[Self.place(of: scalar, after: node, in: slots, mask)]
            guard slot.from >= 0 else { return -1 }
            (node, entry) = (slot.node, slot.entry)
        }
        return entry
    }

    /// Where the edge for a scalar stands behind a node, or would stand.
    @inline(__always) static func place(of scalar: UInt32, after node: Int32, in slots: [Slot], _ mask: Int) -> Int {
        var place = hash(scalar, node) & mask
        while slots[place].from >= 0, slots[place].from != node || slots[place].scalar != scalar {
            place = (place + 1) & mask
        }
        return place
    }

    @inline(__always) static func hash(_ scalar: UInt32, _ node: Int32) -> Int {
        let key = UInt64(UInt32(bitPattern: node)) << 21 ^ UInt64(scalar)
        return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 34)
    }
}

/// Puts a ``WordDictionary`` together, word by word.
struct WordDictionaryBuilder {
    private(set) var slots: [WordDictionary.Slot]
    private(set) var mask: Int
    private(set) var entries: [WordDictionary.Entry] = []
    private(set) var sets: [FeatureSet] = [FeatureSet()]
    private(set) var values: [WordDictionary.Values] = [WordDictionary.Values()]
    private var known: [FeatureSet: UInt16] = [FeatureSet(): 0]
    /// Feature sets that were put together before, by their indices.
    private var unions: [UInt32: UInt16] = [:]
    private var nodes: Int32 = 0

    /// The longest word; a longer one is refused.
    static let longestWord = 32

    /// With room for the words of tables of this many bytes.
    init(bytes: Int) {
        var capacity = 1 << 10
        while capacity * 3 < bytes { capacity *= 2 }
        slots = Array(repeating: WordDictionary.Slot(), count: capacity)
        mask = capacity - 1
    }

    /// The index of a feature set.
    mutating func index(of set: FeatureSet) -> UInt16 {
        if let index = known[set] { return index }
        let index = UInt16(sets.count)
        sets.append(set)
        known[set] = index
        return index
    }

    /// Adds a word, or more features to one that is there. The lower cost counts.
    ///
    /// - Returns: the word's index; nil for an empty or endless word.
    @discardableResult
    mutating func add(_ word: some Collection<UInt8>, set: UInt16, cost: (_ length: Int) -> Int) -> Int? {
        var node: Int32 = 0
        var last = -1
        var length = 0
        var iterator = word.makeIterator()
        while let byte = iterator.next() {
            let first = UInt32(byte)
            var scalar = first
            if first >= 0x80 {
                let more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3
                scalar = first & (0x3F >> UInt32(more))
                for _ in 0..<more { scalar = scalar << 6 | UInt32(iterator.next() ?? 0x80) & 0x3F }
            }
            length += 1
            if length > Self.longestWord { return nil }
            last = WordDictionary.place(of: scalar, after: node, in: slots, mask)
            if slots[last].from < 0 {
                if Int(nodes) * 2 > mask {
                    grow()
                    last = WordDictionary.place(of: scalar, after: node, in: slots, mask)
                }
                nodes += 1
                slots[last] = WordDictionary.Slot(from: node, scalar: scalar, node: nodes, entry: -1)
            }
            node = slots[last].node
        }
        guard last >= 0 else { return nil }
        let price = UInt16(clamping: cost(length))
        if slots[last].entry < 0 {
            slots[last].entry = Int32(entries.count)
            entries.append(WordDictionary.Entry(set: set, cost: price))
            return entries.count - 1
        }
        let entry = Int(slots[last].entry)
        entries[entry].cost = min(entries[entry].cost, price)
        let before = entries[entry].set
        if before != set {
            let key = UInt32(before) << 16 | UInt32(set)
            if let both = unions[key] {
                entries[entry].set = both
            } else {
                let both = index(of: sets[Int(before)].union(sets[Int(set)]))
                unions[key] = both
                entries[entry].set = both
            }
        }
        return entry
    }

    /// The same of a word in a string, with features of its own.
    @discardableResult
    mutating func add(_ word: String, _ features: FeatureSet, cost: (_ length: Int) -> Int) -> Int? {
        add(word.utf8, set: index(of: features), cost: cost)
    }

    /// Changes the values of a word.
    mutating func setValues(_ entry: Int, _ change: (inout WordDictionary.Values) -> Void) {
        if entries[entry].values == 0 {
            entries[entry].values = Int32(values.count)
            values.append(WordDictionary.Values())
        }
        change(&values[Int(entries[entry].values)])
    }

    private mutating func grow() {
        let before = slots
        slots = Array(repeating: WordDictionary.Slot(), count: before.count * 2)
        mask = slots.count - 1
        for slot in before where slot.from >= 0 {
            slots[WordDictionary.place(of: slot.scalar, after: slot.from, in: slots, mask)] = slot
        }
    }
}

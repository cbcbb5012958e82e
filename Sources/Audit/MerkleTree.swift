import Crypto

/// A Merkle tree as RFC 6962 and RFC 9162 define it: the one tree for each list of leaves,
/// from which anyone can be shown that a leaf is in it, or that a longer list begins with a
/// shorter one.
///
/// The hashes of all complete subtrees are kept, 64 bytes a leaf in all, so that roots and
/// proofs of any size take logarithmic time.
public struct MerkleTree: Sendable {
    /// A SHA-256 hash, 32 bytes.
    public typealias Hash = [UInt8]

    /// `levels[k]` has, one after the other, the hashes of the complete subtrees of `2^k` leaves.
    private var levels: [[UInt8]] = [[]]
    private static let width = 32

    /// The empty tree.
    public init() {}

    /// How many leaves there are.
    public var count: Int { levels[0].count / Self.width }

    /// Appends a leaf by what it says.
    public mutating func append(_ leaf: some Sequence<UInt8>) {
        append(hash: Self.leafHash(leaf))
    }

    /// Appends a leaf by its ``leafHash(_:)``.
    public mutating func append(hash: Hash) {
        levels[0] += hash
        var level = 0
        while (levels[level].count / Self.width).isMultiple(of: 2) {
            let pair = levels[level].suffix(2 * Self.width)
            let parent = Self.nodeHash(pair.prefix(Self.width), pair.suffix(Self.width))
            level += 1
            if level == levels.count { levels.append([]) }
            levels[level] += parent
        }
    }

    /// The root over all leaves.
    public var root: Hash { root(of: 0..<count) }

    /// The root over the first `size` leaves; nil where there are not so many.
    public func root(size: Int) -> Hash? {
        (0...count).contains(size) ? root(of: 0..<size) : nil
    }

    /// The hash of a leaf; nil where there is none.
    public func leafHash(at index: Int) -> Hash? {
        (0..<count).contains(index) ? root(of: index..<index + 1) : nil
    }

    /// What leads from a leaf's hash to the root over the first `size` leaves, from the bottom
    /// up; nil where there is no such leaf or tree.
    public func inclusionProof(of index: Int, size: Int) -> [Hash]? {
        guard (0...count).contains(size), (0..<size).contains(index) else { return nil }
        var path: [Hash] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + Self.split(range.count)
            if index < middle {
                path.append(root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
            }
        }
        return path.reversed()
    }

    /// What shows that the tree of the first `new` leaves begins with the tree of the first
    /// `old`; nil where there are no such trees. Empty where the two are one, or `old` is 0.
    public func consistencyProof(from old: Int, to new: Int) -> [Hash]? {
        guard 0 <= old, old <= new, new <= count else { return nil }
        if old == 0 || old == new { return [] }
        var path: [Hash] = []
        var range = 0..<new
        var isWhole = true
        while old < range.upperBound {
            let middle = range.lowerBound + Self.split(range.count)
            if old <= middle {
                path.append(root(of: middle..<range.upperBound))
                range = range.lowerBound..<middle
            } else {
                path.append(root(of: range.lowerBound..<middle))
                range = middle..<range.upperBound
                isWhole = false
            }
        }
        if !isWhole { path.append(root(of: range)) }
        return path.reversed()
    }

    /// The root of a subtree whose first leaf stands where a subtree of this size may begin.
    private func root(of range: Range<Int>) -> Hash {
        if range.isEmpty { return Array(SHA256.hash(data: [UInt8]())) }
        let size = range.count
        if size & (size - 1) == 0 {
            let level = size.trailingZeroBitCount
            let at = (range.lowerBound >> level) * Self.width
            return Array(levels[level][at..<at + Self.width])
        }
        let middle = range.lowerBound + Self.split(size)
        return Self.nodeHash(root(of: range.lowerBound..<middle), root(of: middle..<range.upperBound))
    }

    /// The largest power of two below `size`, which is at least 2.
    private static func split(_ size: Int) -> Int {
        1 << (Int.bitWidth - 1 - (size - 1).leadingZeroBitCount)
    }

    /// `SHA-256(0x00 || leaf)`.
    public static func leafHash(_ leaf: some Sequence<UInt8>) -> Hash {
        var hasher = SHA256()
        hasher.update(data: [0x00])
        if leaf.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hasher.update(data: Array(leaf))
        }
        return Array(hasher.finalize())
    }

    /// `SHA-256(0x01 || left || right)`.
    static func nodeHash(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Hash {
        var hasher = SHA256()
        hasher.update(data: [0x01] + Array(left) + Array(right))
        return Array(hasher.finalize())
    }
}

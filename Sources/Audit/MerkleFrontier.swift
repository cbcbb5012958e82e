/// What must be kept of a Merkle tree to append to it and to tell its root: the roots of its
/// largest complete subtrees, one for each bit of its size, the largest first. A few hundred bytes
/// for any number of leaves, where ``MerkleTree`` keeps every hash for the sake of proofs.
public struct MerkleFrontier: Sendable, Equatable {
    /// How many leaves there are.
    public private(set) var count: Int
    /// The subtrees' roots, the largest first.
    public private(set) var peaks: [MerkleTree.Hash]

    /// The empty tree.
    public init() {
        count = 0
        peaks = []
    }

    /// The tree of that many leaves with these peaks; nil where the numbers do not fit.
    public init?(count: Int, peaks: [MerkleTree.Hash]) {
        guard count >= 0, peaks.count == count.nonzeroBitCount, peaks.allSatisfy({ $0.count == 32 }) else { return nil }
        self.count = count
        self.peaks = peaks
    }

    /// Appends a leaf by its ``MerkleTree/leafHash(_:)``.
    public mutating func append(hash: MerkleTree.Hash) {
        var hash = hash
        for _ in 0..<count.trailingOnes { hash = MerkleTree.nodeHash(peaks.removeLast(), hash) }
        peaks.append(hash)
        count += 1
    }

    /// The root over all leaves, the same as ``MerkleTree/root``.
    public var root: MerkleTree.Hash {
        guard var root = peaks.last else { return MerkleTree().root }
        for peak in peaks.dropLast().reversed() { root = MerkleTree.nodeHash(peak, root) }
        return root
    }
}

extension Int {
    /// How many of the lowest bits are set without a gap.
    fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}

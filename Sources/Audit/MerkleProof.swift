/// Checks proofs about Merkle trees from their roots alone, as RFC 9162 says in 2.1.3.2 and
/// 2.1.4.2; whoever checks needs neither the tree nor its leaves.
public enum MerkleProof {
    /// Whether `path` leads from the leaf number `index` (from 0) to the root of the tree of
    /// `size` leaves.
    public static func isIncluded(
        leafHash: MerkleTree.Hash, index: Int, size: Int, path: [MerkleTree.Hash], root: MerkleTree.Hash
    ) -> Bool {
        guard size > 0, (0..<size).contains(index) else { return false }
        var (node, last) = (index, size - 1)
        var hash = leafHash
        for step in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = MerkleTree.nodeHash(step, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, step)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether `path` shows that the tree of `new` leaves with `newRoot` begins with the tree of
    /// `old` leaves with `oldRoot`.
    public static func isConsistent(
        old: Int, oldRoot: MerkleTree.Hash, new: Int, newRoot: MerkleTree.Hash, path: [MerkleTree.Hash]
    ) -> Bool {
        guard 0 <= old, old <= new else { return false }
        if old == new { return path.isEmpty && oldRoot == newRoot }
        if old == 0 { return path.isEmpty && oldRoot == MerkleTree().root }
        // A tree of a power of two leaves is itself a node of the larger one, and not repeated.
        var steps = (old & (old - 1) == 0 ? [oldRoot] : []) + path
        guard !steps.isEmpty else { return false }
        let seed = steps.removeFirst()
        var (node, last) = (old - 1, new - 1)
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var (before, after) = (seed, seed)
        for step in steps {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                before = MerkleTree.nodeHash(step, before)
                after = MerkleTree.nodeHash(step, after)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                after = MerkleTree.nodeHash(after, step)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && before == oldRoot && after == newRoot
    }
}

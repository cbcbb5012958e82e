import Audit
import Testing

/// The frontier is the tree with nothing kept but what is needed to go on.
@Suite struct MerkleFrontierTests {
    @Test("root and count are the tree's at every size, and it goes on from its peaks")
    func grows() throws {
        var tree = MerkleTree()
        var frontier = MerkleFrontier()
        #expect(frontier.root == tree.root)
        for leaf in 0..<300 {
            let hash = MerkleTree.leafHash([UInt8(leaf & 255), UInt8(leaf >> 8)])
            tree.append(hash: hash)
            frontier = try #require(MerkleFrontier(count: frontier.count, peaks: frontier.peaks))
            frontier.append(hash: hash)
            #expect(frontier.root == tree.root && frontier.count == tree.count)
        }
        #expect(MerkleFrontier(count: 3, peaks: [frontier.root]) == nil)
    }
}

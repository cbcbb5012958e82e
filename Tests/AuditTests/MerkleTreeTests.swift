import BulletinModel
import Testing

@testable import Audit

@Suite("Merkle tree")
struct MerkleTreeTests {
    /// The leaves, roots and paths that Certificate Transparency's implementations test with.
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ]
    private static let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    private static func tree(_ leaves: [[UInt8]]) -> MerkleTree {
        var tree = MerkleTree()
        for leaf in leaves { tree.append(leaf) }
        return tree
    }

    @Test("has the roots that others publish")
    func roots() {
        #expect(
            hexadecimal(MerkleTree().root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        let tree = Self.tree(Self.leaves)
        for size in 1...8 {
            #expect(hexadecimal(tree.root(size: size) ?? []) == Self.roots[size - 1], "size \(size)")
        }
        #expect(tree.root(size: 9) == nil)
    }

    @Test("gives the inclusion proofs that others publish")
    func inclusion() {
        let tree = Self.tree(Self.leaves)
        let known: [(index: Int, size: Int, path: [String])] = [
            (0, 1, []),
            (
                0, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                5, 8,
                [
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
            (
                1, 5,
                [
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
        for (index, size, path) in known {
            #expect(tree.inclusionProof(of: index, size: size)?.map { hexadecimal($0) } == path, "\(index) of \(size)")
        }
        #expect(tree.inclusionProof(of: 8, size: 8) == nil)
        #expect(tree.inclusionProof(of: 0, size: 9) == nil)
        #expect(tree.inclusionProof(of: 0, size: 0) == nil)
    }

    @Test("gives the consistency proofs that others publish")
    func consistency() {
        let tree = Self.tree(Self.leaves)
        let known: [(old: Int, new: Int, path: [String])] = [
            (1, 1, []),
            (
                1, 8,
                [
                    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                ]
            ),
            (
                6, 8,
                [
                    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                ]
            ),
            (
                2, 5,
                [
                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                ]
            ),
        ]
        for (old, new, path) in known {
            #expect(tree.consistencyProof(from: old, to: new)?.map { hexadecimal($0) } == path, "\(old) to \(new)")
        }
        #expect(tree.consistencyProof(from: 3, to: 2) == nil)
    }

    @Test("every proof of every tree up to 40 leaves holds, and none with anything changed")
    func allProofs() {
        let tree = Self.tree((0..<40).map { [UInt8($0), 7] })
        for size in 1...40 {
            guard let root = tree.root(size: size) else { continue }
            for index in 0..<size {
                guard let path = tree.inclusionProof(of: index, size: size), let leaf = tree.leafHash(at: index) else {
                    Issue.record("no proof of \(index) in \(size)")
                    continue
                }
                func holds(_ leaf: [UInt8], _ index: Int, _ size: Int, _ path: [[UInt8]], _ root: [UInt8]) -> Bool {
                    MerkleProof.isIncluded(leafHash: leaf, index: index, size: size, path: path, root: root)
                }
                #expect(holds(leaf, index, size, path, root))
                #expect(!holds(flipped(leaf), index, size, path, root))
                #expect(!holds(leaf, index, size, path, flipped(root)))
                #expect(!holds(leaf, index, size, path + [leaf], root))
                if let last = path.last {
                    #expect(!holds(leaf, index, size, path.dropLast() + [flipped(last)], root))
                    #expect(!holds(leaf, index, size, path.dropLast(), root))
                    #expect(!holds(leaf, index == 0 ? 1 : index - 1, size, path, root))
                }
            }
            for old in 1...size {
                guard let path = tree.consistencyProof(from: old, to: size), let before = tree.root(size: old) else {
                    Issue.record("no proof from \(old) to \(size)")
                    continue
                }
                func holds(_ before: [UInt8], _ after: [UInt8], _ path: [[UInt8]]) -> Bool {
                    MerkleProof.isConsistent(old: old, oldRoot: before, new: size, newRoot: after, path: path)
                }
                #expect(holds(before, root, path))
                #expect(!holds(flipped(before), root, path))
                #expect(!holds(before, flipped(root), path))
                #expect(!holds(before, root, path + [root]))
                if let first = path.first { #expect(!holds(before, root, [flipped(first)] + path.dropFirst())) }
            }
        }
    }

    private func flipped(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes[bytes.count / 2] ^= 1
        return bytes
    }
}

import BulletinModel

/// The signed checkpoint of an archive, in the file `checkpoint` beside the manifest.
///
/// It is a ``SignedNote`` whose text is a ``Checkpoint``: the key's name as the origin, the number
/// of leaves, the Merkle tree's root over them, and one extension line, `manifest` and the hash of
/// the manifest line of the segment that ends at that leaf, 64 hexadecimal digits. So the signature
/// covers the records through the tree and the manifest through its chain. Segments that were
/// sealed after the checkpoint was signed stand after its size.
public enum ArchiveCheckpoint {
    static let name = "checkpoint"
    private static let word = "manifest "

    /// The note over a tree and a manifest.
    static func note(_ tree: MerkleFrontier, head: [UInt8], signer: NoteSigner) throws -> [UInt8] {
        let checkpoint = Checkpoint(
            origin: signer.verifier.name, size: tree.count, root: tree.root,
            extensions: [word + hexadecimal(head)])
        return Array(try SignedNote(signing: checkpoint.text, with: signer).description.utf8)
    }

    /// Reads a note without a key: what it says, not that it is true.
    ///
    /// - Throws: ``SignedNote/Problem``.
    public static func unverified(_ note: [UInt8]) throws(SignedNote.Problem) -> Checkpoint {
        try Checkpoint(text: SignedNote(parsing: note).text)
    }

    /// The hash of the manifest line that a checkpoint names; nil where it names none.
    public static func head(of checkpoint: Checkpoint) -> [UInt8]? {
        checkpoint.extensions.first { $0.hasPrefix(word) }
            .flatMap { ArchiveManifest.hash(String($0.dropFirst(word.count))) }
    }
}

import Foundation

/// What a log commits to: how many leaves its Merkle tree has, and its root. C2SP's
/// tlog-checkpoint, the text of a ``SignedNote``.
public struct Checkpoint: Sendable, Equatable {
    /// Names the log; the same as its signer's name.
    public let origin: String
    /// How many leaves.
    public let size: Int
    /// The root over them, 32 bytes.
    public let root: MerkleTree.Hash
    /// Further lines, which are kept and mean nothing here.
    public let extensions: [String]

    /// Gathers a checkpoint.
    public init(origin: String, size: Int, root: MerkleTree.Hash, extensions: [String] = []) {
        self.origin = origin
        self.size = size
        self.root = root
        self.extensions = extensions
    }

    /// Reads a note's text.
    ///
    /// - Throws: ``SignedNote/Problem``.
    public init(text: String) throws(SignedNote.Problem) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count >= 4, lines.last == "", let size = Int(lines[1]), size >= 0, !lines[0].isEmpty,
            let root = Data(base64Encoded: lines[2]), root.count == 32
        else { throw SignedNote.Problem(message: "is no checkpoint (origin, size and root, a line each)") }
        self.init(origin: lines[0], size: size, root: Array(root), extensions: Array(lines[3..<lines.count - 1]))
        guard self.text.utf8.elementsEqual(text.utf8) else {
            throw SignedNote.Problem(message: "has a size or root that is not written in the one way it has")
        }
    }

    /// Reads a signed note and holds it to a key: signed by it, and of the log that it names.
    ///
    /// - Throws: ``SignedNote/Problem``.
    public init(note: [UInt8], verifiedWith key: NoteVerifier) throws(SignedNote.Problem) {
        let note = try SignedNote(parsing: note)
        try note.verify(with: key)
        try self.init(text: note.text)
        guard origin == key.name else {
            throw SignedNote.Problem(message: "is of the log \(origin), but the key is of \(key.name)")
        }
    }

    /// The text that is signed.
    public var text: String {
        ([origin, String(size), Data(root).base64EncodedString()] + extensions).joined(separator: "\n") + "\n"
    }
}

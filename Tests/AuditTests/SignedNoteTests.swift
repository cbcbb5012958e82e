import Foundation
import Testing

@testable import Audit

@Suite("Signed notes and checkpoints")
struct SignedNoteTests {
    /// The key pair and note that the documentation of Go's note package shows.
    private static let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    private static let known = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let text = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """

    @Test("reads and writes keys as other programs do")
    func keys() throws {
        let signer = try NoteSigner(parsing: Self.secret)
        #expect(signer.verifier.description == Self.known)
        #expect(signer.secret == Self.secret)
        #expect(try NoteVerifier(parsing: Self.known + "\n") == signer.verifier)
        #expect(throws: NoteKeyError.self) { try NoteVerifier(parsing: Self.secret) }
        #expect(throws: NoteKeyError.self) { try NoteSigner(parsing: Self.known) }
        #expect(throws: NoteKeyError.self) {
            try NoteVerifier(parsing: Self.known.replacing("c74f20a3", with: "c74f20a4"))
        }
        for name in ["", "a b", "a+b", "a\u{3000}b"] {
            #expect(throws: NoteKeyError.self) { try NoteSigner(generating: name) }
        }
    }

    @Test("a private key never shows in what is printed of it")
    func reticence() throws {
        let signer = try NoteSigner(parsing: Self.secret)
        var dumped = ""
        dump(signer, to: &dumped)
        dump(signer.customMirror.children.map(\.value), to: &dumped)
        let written = signer.secret.split(separator: "+").last.map(String.init) ?? ""
        let listed = (Data(base64Encoded: written) ?? Data()).dropFirst().prefix(4).map { "\($0)" }
        let ways = [
            written, listed.joined(separator: ", "), listed.map { "- \($0)" }.joined(separator: "\n"), "PRIVATE",
        ]
        for shown in ["\(signer)", String(reflecting: signer), "\([signer])", dumped] {
            #expect(shown.contains("PeterNeumann"))
            let lines = shown.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
            for way in ways { #expect(!lines.contains(way)) }
        }
    }

    @Test("the note of Go's documentation verifies, and is signed alike here")
    func knownNote() throws {
        let signature = "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        let file = Self.text + "\n\u{2014} PeterNeumann \(signature)\n"
        let note = try SignedNote(parsing: Array(file.utf8))
        try note.verify(with: try NoteVerifier(parsing: Self.known))
        #expect(note.description == file)
        let own = try SignedNote(signing: Self.text, with: try NoteSigner(parsing: Self.secret))
        try own.verify(with: try NoteVerifier(parsing: Self.known))
    }

    @Test("any changed byte of a signed checkpoint is noticed")
    func everyByte() throws {
        let signer = try NoteSigner(generating: "example.org/log")
        let checkpoint = Checkpoint(origin: "example.org/log", size: 12, root: MerkleTree().root)
        let note = Array(try SignedNote(signing: checkpoint.text, with: signer).description.utf8)
        #expect(try Checkpoint(note: note, verifiedWith: signer.verifier) == checkpoint)
        for index in note.indices {
            for bit in 0..<8 {
                var changed = note
                changed[index] ^= 1 << bit
                #expect(throws: SignedNote.Problem.self, "byte \(index), bit \(bit)") {
                    try Checkpoint(note: changed, verifiedWith: signer.verifier)
                }
            }
            #expect(throws: SignedNote.Problem.self) {
                try Checkpoint(note: Array(note.prefix(index)), verifiedWith: signer.verifier)
            }
        }
    }

    @Test("another key, or another log's checkpoint, proves nothing")
    func otherKeys() throws {
        let signer = try NoteSigner(generating: "example.org/log")
        let other = try NoteSigner(generating: "example.org/log")
        let note = Array(
            try SignedNote(
                signing: Checkpoint(origin: "example.org/log", size: 0, root: MerkleTree().root).text, with: signer
            ).description.utf8)
        #expect(throws: SignedNote.Problem.self) { try Checkpoint(note: note, verifiedWith: other.verifier) }
        let foreign = Array(
            try SignedNote(
                signing: Checkpoint(origin: "example.org/other", size: 0, root: MerkleTree().root).text, with: signer
            ).description.utf8)
        #expect(throws: SignedNote.Problem.self) { try Checkpoint(note: foreign, verifiedWith: signer.verifier) }
    }

    @Test("a further signature by a witness is kept and changes nothing")
    func witness() throws {
        let signer = try NoteSigner(generating: "example.org/log")
        let witness = try NoteSigner(generating: "witness.example.com")
        let text = Checkpoint(origin: "example.org/log", size: 3, root: MerkleTree().root, extensions: ["more"]).text
        let own = try SignedNote(signing: text, with: signer).description
        let other = try SignedNote(signing: text, with: witness).description
        let both = own + other.dropFirst(text.count + 1)
        let checkpoint = try Checkpoint(note: Array(both.utf8), verifiedWith: signer.verifier)
        #expect(checkpoint.extensions == ["more"])
        try SignedNote(parsing: Array(both.utf8)).verify(with: witness.verifier)
    }

    @Test("random bytes are no note, and never more than an error")
    func fuzz() throws {
        var random = SplitMix(seed: 11)
        let signer = try NoteSigner(generating: "log")
        let note = Array(
            try SignedNote(
                signing: Checkpoint(origin: "log", size: 1, root: MerkleTree().root).text, with: signer
            ).description.utf8)
        for _ in 0..<2000 {
            var bytes = note
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.insert(0x0a, at: at)
                }
            }
            if bytes == note { continue }
            #expect(throws: SignedNote.Problem.self) { try Checkpoint(note: bytes, verifiedWith: signer.verifier) }
        }
    }
}

import BulletinModel
import Crypto
import Foundation

/// A text with signatures under it, in C2SP's signed-note format: what checkpoints travel in.
///
/// Signatures are Ed25519. A note may carry more of them, by other keys; they are kept as
/// they are and prove nothing to who does not know their keys.
public struct SignedNote: Sendable, Equatable {
    /// What is signed: lines, each ended by a line feed, the last one too.
    public let text: String
    /// The signatures, in the order in which they stand.
    public let signatures: [Signature]

    /// One line under a note.
    public struct Signature: Sendable, Equatable {
        /// The name of the key.
        public let name: String
        /// The key's identifier, 4 bytes.
        public let keyID: [UInt8]
        /// The signature.
        public let bytes: [UInt8]
    }

    /// Why bytes are no note, or prove nothing.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// Half a sentence that begins with a verb, for `"the note " + message`.
        public let message: String
        /// The half sentence.
        public var description: String { message }
    }

    /// Signs a text.
    ///
    /// - Throws: ``Problem`` when the text is no text of a note, or what the key throws.
    public init(signing text: String, with key: NoteSigner) throws {
        try Self.check(text)
        self.text = text
        signatures = [
            Signature(
                name: key.verifier.name, keyID: key.verifier.keyID, bytes: try key.signature(of: Array(text.utf8)))
        ]
    }

    /// Reads a note; signatures are not verified.
    ///
    /// - Throws: ``Problem``.
    public init(parsing bytes: [UInt8]) throws(Problem) {
        guard let note = String(validating: bytes, as: UTF8.self) else { throw Problem(message: "is not UTF-8") }
        // By bytes: a Swift character may swallow a line feed.
        guard let end = Self.lastBlankLine(bytes) else {
            throw Problem(message: "has no blank line between its text and its signatures")
        }
        let text = String(decoding: bytes[...end], as: UTF8.self)
        try Self.check(text)
        var signatures: [Signature] = []
        let rest = bytes[(end + 2)...]
        guard rest.last == 0x0a else { throw Problem(message: "does not end with a line feed") }
        for line in rest.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false) {
            guard let signature = Self.signature(String(decoding: line, as: UTF8.self)) else {
                throw Problem(message: "has a line under its text that is no signature")
            }
            signatures.append(signature)
        }
        guard !signatures.isEmpty, signatures.count <= 100 else {
            throw Problem(message: "has no signature, or more than 100")
        }
        self.text = text
        self.signatures = signatures
        // What reads the same is written the same: no bit of a note is free.
        guard note.utf8.elementsEqual(description.utf8) else {
            throw Problem(message: "has a signature that is not written in the one way base64 has for it")
        }
    }

    /// Whether a signature by this key is there and true; others are passed over.
    ///
    /// - Throws: ``Problem`` that says whether there is none or a false one.
    public func verify(with key: NoteVerifier) throws(Problem) {
        let own = signatures.filter { $0.name == key.name && $0.keyID == key.keyID }
        guard !own.isEmpty else {
            let names = signatures.map { "\($0.name)+\(hexadecimal($0.keyID))" }.joined(separator: ", ")
            throw Problem(
                message: "is not signed by \(key.name)+\(hexadecimal(key.keyID)), but by \(names)")
        }
        guard own.allSatisfy({ key.isSignature($0.bytes, of: Array(text.utf8)) }) else {
            throw Problem(message: "has a signature of \(key.name) that does not fit its text")
        }
    }

    private static func check(_ text: String) throws(Problem) {
        guard text.utf8.last == 0x0a else { throw Problem(message: "has a text that does not end with a line feed") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" }) else {
            throw Problem(message: "has a control character in its text")
        }
    }

    /// Where the line feed stands that ends the text before the last blank line.
    private static func lastBlankLine(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 2 else { return nil }
        return (0..<bytes.count - 2).last { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a }
    }

    private static func signature(_ line: String) -> Signature? {
        let parts = line.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "\u{2014}", NoteVerifier.isName(parts[1]),
            let data = Data(base64Encoded: parts[2]), data.count > 4
        else { return nil }
        return Signature(name: parts[1], keyID: Array(data.prefix(4)), bytes: Array(data.dropFirst(4)))
    }
}

extension SignedNote: CustomStringConvertible {
    /// The note as it is written to a file.
    public var description: String {
        text + "\n"
            + signatures.map { signature in
                "\u{2014} \(signature.name) \(Data(signature.keyID + signature.bytes).base64EncodedString())\n"
            }.joined()
    }
}

import BulletinModel
import Crypto
import Foundation

/// The public half of a key: verifies the signatures of one signer.
///
/// Written as C2SP's verifier keys are, `name+identifier+base64`, on one line.
public struct NoteVerifier: Sendable, Equatable, CustomStringConvertible {
    /// The signer's name, as it stands under notes.
    public let name: String
    /// The first 4 bytes of SHA-256 over name, line feed, algorithm and key.
    public let keyID: [UInt8]
    private let key: [UInt8]

    /// Ed25519, as signed notes number algorithms.
    static let algorithm: UInt8 = 1

    init(name: String, key: [UInt8]) {
        self.name = name
        self.key = key
        keyID = Array(SHA256.hash(data: Array(name.utf8) + [0x0a, Self.algorithm] + key).prefix(4))
    }

    /// Reads a verifier key, with or without a line feed behind it.
    ///
    /// - Throws: ``NoteKeyError``.
    public init(parsing text: String) throws(NoteKeyError) {
        let line = text.unicodeScalars.last == "\n" ? String(text.unicodeScalars.dropLast()) : text
        guard let (name, digits, key) = noteKeyParts(line), key.count == 32 else {
            throw NoteKeyError(message: "is no public key of a signed note (name+identifier+base64)")
        }
        self.init(name: name, key: key)
        guard description == line, hexadecimal(keyID) == digits else {
            throw NoteKeyError(message: "has an identifier that does not follow from its name and key")
        }
    }

    /// The line.
    public var description: String {
        "\(name)+\(hexadecimal(keyID))+\(Data([Self.algorithm] + key).base64EncodedString())"
    }

    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: key) else { return false }
        return key.isValidSignature(signature, for: message)
    }

    /// Whether a text can name a key: not empty, no white space, no plus sign.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy { $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace }
    }
}

/// The private half of a key: signs notes. Printed or reflected it shows its public half alone,
/// so that it cannot be logged by accident; ``secret`` is for the key file.
public struct NoteSigner: Sendable, CustomStringConvertible, CustomReflectable {
    /// The public half.
    public let verifier: NoteVerifier
    private let key: [UInt8]

    /// A new key of this name.
    ///
    /// - Throws: ``NoteKeyError`` when the name cannot name a key.
    public init(generating name: String) throws(NoteKeyError) {
        try self.init(name: name, key: Array(Curve25519.Signing.PrivateKey().rawRepresentation))
    }

    init(name: String, key: [UInt8]) throws(NoteKeyError) {
        guard NoteVerifier.isName(name) else {
            throw NoteKeyError(message: "needs a name without blanks and plus signs")
        }
        guard let pair = try? Curve25519.Signing.PrivateKey(rawRepresentation: key) else {
            throw NoteKeyError(message: "is no private key of a signed note")
        }
        self.key = key
        verifier = NoteVerifier(name: name, key: Array(pair.publicKey.rawRepresentation))
    }

    /// Reads a private key as ``secret`` writes it.
    ///
    /// - Throws: ``NoteKeyError``, which never quotes the key.
    public init(parsing text: String) throws(NoteKeyError) {
        let line = text.unicodeScalars.last == "\n" ? String(text.unicodeScalars.dropLast()) : text
        guard line.hasPrefix(Self.prefix),
            let (name, digits, key) = noteKeyParts(String(line.dropFirst(Self.prefix.count)))
        else { throw NoteKeyError(message: "is no private key of a signed note") }
        try self.init(name: name, key: key)
        guard hexadecimal(verifier.keyID) == digits else {
            throw NoteKeyError(message: "has an identifier that does not follow from its name and key")
        }
    }

    /// The line for the key file; whoever has it can sign.
    public var secret: String {
        Self.prefix + "\(verifier.name)+\(hexadecimal(verifier.keyID))+"
            + Data([NoteVerifier.algorithm] + key).base64EncodedString()
    }

    /// The public half.
    public var description: String { verifier.description }

    /// The public half.
    public var customMirror: Mirror { Mirror(self, children: ["verifier": verifier]) }

    func signature(of message: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.Signing.PrivateKey(rawRepresentation: key).signature(for: message))
    }

    private static let prefix = "PRIVATE+KEY+"
}

/// Why a text is no key.
public struct NoteKeyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Half a sentence that begins with a verb, for `"the file " + message`.
    public let message: String
    /// The half sentence.
    public var description: String { message }
}

/// Name, identifier and Ed25519 key of `name+identifier+base64`.
private func noteKeyParts(_ text: String) -> (name: String, digits: String, key: [UInt8])? {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, NoteVerifier.isName(parts[0]), let data = Data(base64Encoded: parts[2]), data.count == 33,
        data.first == NoteVerifier.algorithm
    else { return nil }
    return (parts[0], parts[1], Array(data.dropFirst()))
}

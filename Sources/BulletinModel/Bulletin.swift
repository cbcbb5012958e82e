/// One incoming document: a newspaper page, a work report, a communiqué, a notice.
///
/// The bytes are what arrived, untouched; everything else is derived from them or says
/// where they came from. Identity is the bytes alone: the same document under two names
/// is one bulletin.
public struct Bulletin: Sendable, Equatable {
    /// SHA-256 of ``bytes``.
    public let id: BulletinID
    /// What arrived, untouched.
    public let bytes: [UInt8]
    /// Where the bytes came from: a file name without its directories, `stdin`, or a URI.
    public let source: String

    /// Names `bytes` by their digest.
    public init(bytes: [UInt8], source: String) {
        self.id = BulletinID(bytes: bytes)
        self.bytes = bytes
        self.source = source
    }
}

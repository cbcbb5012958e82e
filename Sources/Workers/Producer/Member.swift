/// A document in an archive, or an attachment of a message.
public struct Member: Sendable, Equatable {
    /// Its path in the archive, or the attachment's file name. Only a name: nothing is written there.
    public let name: String
    /// What it holds, unpacked.
    public let bytes: [UInt8]

    /// Names the bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// How much a package of strangers may unpack to. What is beyond is refused before it is in memory.
public struct PackageBounds: Sendable {
    /// The most entries that are looked at.
    public var entries = 10_000
    /// The most bytes of one entry, unpacked.
    public var entryBytes = 64 << 20
    /// The most bytes of all entries that are read, unpacked.
    public var totalBytes = 128 << 20
    /// How many times its packed size a package may unpack to, once it is past a megabyte. Sheets of numbers pack
    /// about 1:20, empty ones 1:100; a bomb packs 1:1000.
    public var ratio = 300
    /// The most cells of all tables, spans counted once.
    public var cells = 2_000_000

    /// The usual bounds.
    public init() {}
}

import BulletinModel

/// The files of a ZIP archive, stored without compression, in the one way that this writes
/// them: the same files give the same bytes, so that a byte changed anywhere shows.
///
/// Any unzip program reads what this writes; this reads only what it writes itself.
public struct ZipArchive: Sendable, Equatable {
    /// One file.
    public struct Entry: Sendable, Equatable {
        /// Its path: ASCII, with slashes.
        public let name: String
        /// What it says.
        public let bytes: [UInt8]

        /// Pairs the two.
        public init(_ name: String, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Why bytes are no archive of this kind.
    public struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// Where the first fault stands, in bytes from the start.
        public let offset: Int
        /// One plain sentence.
        public let message: String
        /// The sentence.
        public var description: String { message }
    }

    /// The files, in order.
    public let entries: [Entry]

    /// An archive of these files.
    public init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The file of this name.
    public subscript(_ name: String) -> [UInt8]? {
        entries.first { $0.name == name }?.bytes
    }

    /// The most bytes and files of an archive that is read.
    public static let mostBytes = 256 << 20
    static let mostFiles = 4096
    private static let localHeader = 30
    private static let centralHeader = 46
    private static let endHeader = 22
    /// 1980-01-01 00:00, the first that the format knows: when a bundle was made says nothing.
    private static let day: UInt16 = 1 << 5 | 1

    /// The archive as a file. Archives of less than 4 GiB and 65535 files can be written.
    public var bytes: [UInt8] {
        var file: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let name = Array(entry.name.utf8)
            let common = Self.common(entry, name)
            directory += Self.number(0x0201_4b50) + [20, 3] + common + Self.number(UInt16(0)) + Self.number(UInt16(0))
            // A regular file that everyone may read, as Unix says it.
            directory += Self.number(UInt16(0)) + Self.number(UInt32(0o100644) << 16) + Self.number(UInt32(file.count))
            directory += name
            file += Self.number(0x0403_4b50) + common + name + entry.bytes
        }
        let start = UInt32(file.count)
        let count = UInt16(entries.count)
        file += directory
        file += Self.number(0x0605_4b50) + [0, 0, 0, 0] + Self.number(count) + Self.number(count)
        file += Self.number(UInt32(directory.count)) + Self.number(start) + [0, 0]
        return file
    }

    /// What stands in both headers of a file: version, flags, method, time, sum, sizes, lengths.
    private static func common(_ entry: Entry, _ name: [UInt8]) -> [UInt8] {
        number(UInt16(20)) + [0, 0, 0, 0, 0, 0] + number(day) + number(Crc32.of(entry.bytes))
            + number(UInt32(entry.bytes.count)) + number(UInt32(entry.bytes.count)) + number(UInt16(name.count))
            + [0, 0]
    }

    private static func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func number(_ signature: Int) -> [UInt8] { number(UInt32(signature)) }

    /// Reads an archive.
    ///
    /// - Throws: ``Problem`` for anything that this would not have written.
    public init(parsing file: [UInt8]) throws(Problem) {
        guard file.count <= Self.mostBytes else { throw Self.broken(0, "is larger than a proof can be") }
        var entries: [Entry] = []
        var at = 0
        while at + 4 <= file.count, file[at..<at + 4].elementsEqual(Self.number(0x0403_4b50)) {
            guard entries.count < Self.mostFiles else { throw Self.broken(at, "has more files than a proof can have") }
            guard at + Self.localHeader <= file.count else { throw Self.broken(at, "ends in the middle of a header") }
            let size = Self.integer(file, at + 22, 4)
            let nameEnd = at + Self.localHeader + Self.integer(file, at + 26, 2)
            let end = nameEnd + size
            guard end <= file.count,
                let name = String(validating: file[(at + Self.localHeader)..<nameEnd], as: UTF8.self)
            else { throw Self.broken(at, "has a file there that is longer than the archive, or has no readable name") }
            let bytes = Array(file[nameEnd..<end])
            guard Self.integer(file, at + 14, 4) == Int(Crc32.of(bytes)) else {
                throw Self.broken(
                    nameEnd, "has a file \(Self.shown(name)) there that is not as it was written (CRC-32)")
            }
            entries.append(Entry(name, bytes))
            at = end
        }
        guard Set(entries.map(\.name)).count == entries.count else { throw Self.broken(0, "has two files of one name") }
        self.init(entries)
        let again = self.bytes
        guard again != file else { return }
        let first = zip(again, file).enumerated().first { $1.0 != $1.1 }?.offset ?? min(again.count, file.count)
        throw Self.broken(first, "is not as it was written there, in \(place(of: first))")
    }

    /// What stands at an offset of the archive, for messages.
    private func place(of offset: Int) -> String {
        var end = 0
        for entry in entries {
            end += Self.localHeader + entry.name.utf8.count + entry.bytes.count
            if offset < end { return "the header of \(Self.shown(entry.name))" }
        }
        return "the directory at the archive's end"
    }

    private static func shown(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(80).map { $0.value < 0x20 ? "?" : $0 }))
    }

    private static func broken(_ offset: Int, _ what: String) -> Problem {
        Problem(offset: offset, message: "The ZIP archive, at byte \(offset), \(what).")
    }

    private static func integer(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << ($1 * 8) }
    }
}

/// The checksum of ZIP archives (ISO 3309, reflected).
enum Crc32 {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ (sum >> 1) : sum >> 1 }
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }
}

import Foundation

/// Which of a segment's records have an event's identifier (`ce_id`), so that a figure is found without
/// unpacking the archive.
///
/// The file is `NAME.names` beside the segment `NAME.zst`; integers are big-endian:
///
///     8 bytes  "gbnames1"
///     for each record with an identifier, ascending:
///       uint64   FNV-1a hash of the identifier's UTF-8
///       int32    the record's number in the segment, from 0
///
/// It is a hint and not part of what is proved: what it leads to is looked at, and where it is missing or
/// damaged the segment itself is gone over.
struct ArchiveNames {
    static let suffix = ".names"
    private static let magic = Array("gbnames1".utf8)
    private static let width = 12
    private var entries: [(hash: UInt64, place: UInt32)] = []

    /// The file's bytes.
    var encoded: [UInt8] {
        var bytes = Self.magic
        bytes.reserveCapacity(bytes.count + entries.count * Self.width)
        for entry in entries.sorted(by: { ($0.hash, $0.place) < ($1.hash, $1.place) }) {
            ArchivedRecord.append(Int64(bitPattern: entry.hash), to: &bytes)
            ArchivedRecord.append(entry.place, to: &bytes)
        }
        return bytes
    }

    /// Adds a record.
    mutating func add(_ name: String, at place: Int) {
        guard let place = UInt32(exactly: place) else { return }
        entries.append((Self.hash(name), place))
    }

    /// The places that a file names for an identifier, ascending; nil where it is no file of names.
    static func places(of name: String, in file: Data, records: Int) -> [Int]? {
        guard file.count >= magic.count, (file.count - magic.count) % width == 0, file.starts(with: magic) else {
            return nil
        }
        let wanted = hash(name)
        func number(_ entry: Int, _ offset: Int, _ bytes: Int) -> UInt64 {
            let start = file.startIndex + magic.count + entry * width + offset
            return file[start..<start + bytes].reduce(0) { $0 << 8 | UInt64($1) }
        }
        let count = (file.count - magic.count) / width
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if number(middle, 0, 8) < wanted { low = middle + 1 } else { high = middle }
        }
        var places: [Int] = []
        while low < count, number(low, 0, 8) == wanted {
            let place = Int(number(low, 8, 4))
            guard place < records else { return nil }
            places.append(place)
            low += 1
        }
        return places
    }

    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension ArchiveReader {
    /// The segment's records with this identifier, in order.
    ///
    /// - Parameter isThorough: whether to go over all of the segment, whatever its file of names says.
    /// - Throws: ``ArchiveProblem`` when the segment is missing or damaged.
    func entries(of name: String, in segment: ArchiveEntry, isThorough: Bool) throws -> [Entry] {
        var found: [Entry] = []
        func take(_ entry: Entry) {
            if entry.record.header("ce_id") == name { found.append(entry) }
        }
        let path = path + "/" + segment.name + ArchiveNames.suffix
        if !isThorough, let file = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped),
            let places = ArchiveNames.places(of: name, in: file, records: segment.records)
        {
            if places.isEmpty { return [] }
            let index = try index(of: segment)
            for place in places {
                try read(segment, from: index.offsets[place]) { entry in
                    take(entry)
                    return false
                }
            }
            // A file that led to another record is wrong, and may lack the right one.
            if found.count == places.count { return found }
            found = []
        }
        try read(segment) { entry in
            take(entry)
            return true
        }
        return found
    }
}

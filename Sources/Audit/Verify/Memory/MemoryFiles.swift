import BulletinModel
import Crypto
import Foundation

/// The memory's file of a partition: for each stretch its first offset, what follows the last, how
/// many records and how many entries there are, the digest, and the entries (``LedgerEntryCodec``).
enum StretchFile {
    private static let head = 2 * 8 + 2 * 4 + 32

    /// The stretches of a file, each with its place there; what comes behind damage is left out.
    static func stretches(_ data: Data) -> [Stretch: Int] {
        data.withUnsafeBytes { bytes in
            var stretches: [Stretch: Int] = [:]
            var place = 0
            while place + head <= bytes.count {
                let first: Int64 = LedgerEntryCodec.integer(bytes, at: place)
                let next: Int64 = LedgerEntryCodec.integer(bytes, at: place + 8)
                let records: UInt32 = LedgerEntryCodec.integer(bytes, at: place + 16)
                let end = place + head + count(bytes, place) * LedgerEntryCodec.size
                guard first >= 0, first < next, end <= bytes.count else { break }
                let digest = LedgerEntryCodec.digest(bytes, at: place + 24)
                stretches[Stretch(offsets: first..<next, records: Int(records), digest: digest)] = place
                place = end
            }
            return stretches
        }
    }

    /// What was noted of the stretch at a place that ``stretches(_:)`` gave.
    static func entries(_ data: Data, at place: Int) -> [LedgerEntry] {
        data.withUnsafeBytes { bytes in
            (0..<count(bytes, place)).compactMap {
                LedgerEntryCodec.entry(bytes, at: place + head + $0 * LedgerEntryCodec.size)
            }
        }
    }

    static func append(_ stretch: Stretch, _ entries: [LedgerEntry], to bytes: inout [UInt8]) {
        LedgerEntryCodec.append(stretch.offsets.lowerBound, to: &bytes)
        LedgerEntryCodec.append(stretch.offsets.upperBound, to: &bytes)
        LedgerEntryCodec.append(UInt32(stretch.records), to: &bytes)
        LedgerEntryCodec.append(UInt32(entries.count), to: &bytes)
        LedgerEntryCodec.append(stretch.digest, to: &bytes)
        for entry in entries { LedgerEntryCodec.append(entry, to: &bytes) }
    }

    private static func count(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        Int(LedgerEntryCodec.integer(bytes, at: place + 20) as UInt32)
    }
}

/// The memory's file of a table, read along with the table: for each row, or the rows of one
/// article, the SHA-256 of the columns and the entry that was noted.
final class RowMemory {
    /// The tables whose rows are remembered.
    enum Table: String, Sendable {
        /// Articles, a row each.
        case articles
        /// Readings, each with the rows of its indicators.
        case readings
    }

    private static let size = 32 + LedgerEntryCodec.size
    private let data: Data
    private var place = 0

    init(_ data: Data) {
        self.data = data
    }

    /// What was noted of the row that has this identifier, if it had this digest. Identifiers ascend
    /// from call to call.
    func entry(_ subject: Digest32, digest: Digest32) -> LedgerEntry? {
        data.withUnsafeBytes { bytes in
            while place + Self.size <= bytes.count,
                let entry = LedgerEntryCodec.entry(bytes, at: place + 32), !(subject < entry.subject)
            {
                defer { place += Self.size }
                guard entry.subject == subject else { continue }
                return LedgerEntryCodec.digest(bytes, at: place) == digest ? entry : nil
            }
            return nil
        }
    }

    static func append(_ digest: Digest32, _ entry: LedgerEntry, to bytes: inout [UInt8]) {
        LedgerEntryCodec.append(digest, to: &bytes)
        LedgerEntryCodec.append(entry, to: &bytes)
    }
}

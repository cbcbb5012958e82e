import BulletinModel
import Crypto
import TopicLog

/// Records of a partition that follow one another, as an audit remembers them: the SHA-256 of their
/// canonical bytes, and what the audit noted of them.
///
/// What is noted of a stretch follows from its bytes alone: a stretch ends only where no reading is open.
struct Stretch: Sendable, Hashable {
    /// From the first record up to, but without, what follows the last.
    let offsets: Range<Int64>
    /// How many records there are.
    let records: Int
    /// Of the canonical bytes of each behind their length, as a segment of an archive has them.
    let digest: Digest32
}

/// Digests records as a ``Stretch`` does.
struct StretchDigest {
    private var hasher = SHA256()
    private var buffer: [UInt8] = []
    /// How many records were taken.
    private(set) var records = 0
    /// How many bytes.
    private(set) var bytes = 0

    /// Takes a record's canonical bytes.
    mutating func take(_ canonical: UnsafeRawBufferPointer) {
        ArchivedRecord.append(UInt32(canonical.count), to: &buffer)
        buffer.append(contentsOf: canonical)
        count(canonical.count)
    }

    /// Takes a record.
    mutating func take(_ record: Record) {
        count(ArchivedRecord.appendFramed(record, to: &buffer).count)
    }

    private mutating func count(_ length: Int) {
        records += 1
        bytes += length + 4
        // To digest a few bytes at a time costs more than the bytes do.
        if buffer.count >= 1 << 14 { hash() }
    }

    private mutating func hash() {
        buffer.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// The digest, after which it begins anew.
    mutating func finish() -> Digest32 {
        hash()
        defer {
            hasher = SHA256()
            records = 0
            bytes = 0
        }
        return Digest32(hasher.finalize())
    }
}

/// Makes stretches of a partition's records as an audit goes over them.
final class StretchBuilder {
    /// The partition.
    let partition: TopicPartition
    /// After how many records, or bytes, a stretch ends: the memory is checked stretch by stretch.
    private let most: Int
    private static let mostBytes = 1 << 20
    private var digest = StretchDigest()
    private var offsets: Range<Int64> = 0..<0
    private var entries: [LedgerEntry] = []
    /// What was noted of the record that is being looked at.
    private var pending: [LedgerEntry] = []
    private var isSpoiled = false
    /// Whether what comes cannot be remembered until nothing is open.
    private var isLost = false
    private var isQuiet = true

    init(_ partition: TopicPartition, most: Int) {
        self.partition = partition
        self.most = most
    }

    /// Something was noted of the record that is being looked at.
    func note(_ entry: LedgerEntry) { pending.append(entry) }

    /// The record that is being looked at is not to be remembered.
    func spoil() { isSpoiled = true }

    /// The record has been looked at.
    ///
    /// - Parameter isQuiet: whether nothing is open behind it.
    /// - Returns: a stretch that is complete with it, or was complete before it.
    func took(_ record: Record, isQuiet: Bool) -> (Stretch, [LedgerEntry])? {
        defer {
            pending.removeAll(keepingCapacity: true)
            isSpoiled = false
            self.isQuiet = isQuiet
        }
        if isSpoiled || isLost {
            defer { isLost = !isQuiet }
            return flush()
        }
        offsets = (digest.records == 0 ? record.offset : offsets.lowerBound)..<record.offset + 1
        digest.take(record)
        entries += pending
        return isQuiet && (digest.records >= most || digest.bytes >= Self.mostBytes) ? finish() : nil
    }

    /// What there is, if it can be remembered; the next record begins anew.
    func flush() -> (Stretch, [LedgerEntry])? {
        let finished = finish()
        return isQuiet && !isLost ? finished : nil
    }

    private func finish() -> (Stretch, [LedgerEntry])? {
        guard digest.records > 0 else { return nil }
        let records = digest.records
        defer { entries = [] }
        return (Stretch(offsets: offsets, records: records, digest: digest.finish()), entries)
    }
}

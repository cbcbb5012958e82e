import Foundation
import TopicLog

/// An archive as a log: its topics can be read as if they were still in a broker. There are no
/// groups, and nothing can be written.
///
/// A segment that is missing or damaged is reported and passed over; so are offsets that no
/// segment accounts for.
public final class ArchiveLog: TopicLog {
    /// The archive.
    public let reader: ArchiveReader
    let segments: [TopicPartition: [ArchiveEntry]]
    let report: @Sendable (ArchiveProblem) -> Void

    /// What it can do: read partitions.
    public let features: Features = {
        var features = Features(backend: "the archive")
        features.commitsOffsetsInTransactions = false
        features.fencesProducers = false
        features.administersTopics = false
        features.deletesRecords = false
        features.listsGroupOffsets = false
        features.reassignsDeadMembers = false
        features.maximumValueBytes = 1 << 30
        return features
    }()

    /// Shows what an archive held when its reader opened it.
    ///
    /// - Parameter report: called for each problem when a consumer comes to it.
    public init(_ reader: ArchiveReader, report: @escaping @Sendable (ArchiveProblem) -> Void) {
        self.reader = reader
        self.report = report
        segments = Dictionary(grouping: reader.manifest.entries, by: \.partition)
    }

    /// Tells of topics, offsets and times.
    public var admin: any TopicAdmin { ArchiveAdmin(log: self) }

    /// Reads partitions from offsets.
    ///
    /// - Throws: ``Failure`` of kind `setup`: `unknown_topic`; `read_only` for a group.
    public func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        guard case .partitions(let begin) = settings.source else { throw Self.readOnly("have groups") }
        _ = try admin.watermarks(Array(begin.keys))
        return ArchiveConsumer(self, begin)
    }

    /// Throws, as an archive is read only.
    public func producer(transactionalID: String) throws -> any TopicProducer { throw Self.readOnly("be written to") }

    /// Nothing is held open.
    public func close() {}

    static func readOnly(_ what: String) -> Failure {
        Failure(.setup, code: "read_only", "An archive is read only and cannot \(what).")
    }
}

private struct ArchiveAdmin: TopicAdmin {
    let log: ArchiveLog

    func describe(_ names: [String]?) throws -> [TopicDescription] {
        log.reader.topics.filter { names?.contains($0.name) ?? true }.map {
            TopicDescription(name: $0.name, partitions: $0.partitions, configuration: [:])
        }
    }

    func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        let counts = Dictionary(uniqueKeysWithValues: log.reader.topics.map { ($0.name, $0.partitions) })
        var marks: [TopicPartition: Watermarks] = [:]
        for partition in partitions {
            guard let count = counts[partition.topic], (0..<count).contains(Int(partition.partition)) else {
                throw Failure(
                    .setup, code: "unknown_topic", "There is no \(partition) in the archive \(log.reader.path).")
            }
            let entries = log.segments[partition] ?? []
            marks[partition] = Watermarks(low: entries.first?.first ?? 0, high: entries.last?.next ?? 0)
        }
        return marks
    }

    /// Found segment by segment: what is damaged is passed over, as in reading.
    func offsets(at times: [TopicPartition: Timestamp]) throws -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for (partition, time) in times {
            for segment in log.segments[partition] ?? [] where segment.latest >= time && offsets[partition] == nil {
                do {
                    try log.reader.read(segment) { entry in
                        guard entry.record.timestamp >= time else { return true }
                        offsets[partition] = entry.record.offset
                        return false
                    }
                } catch let problem as ArchiveProblem {
                    log.report(problem)
                }
            }
        }
        return offsets
    }

    func create(_ topics: [TopicSpecification]) throws -> [String] { throw ArchiveLog.readOnly("be given topics") }
    func delete(_ names: [String]) throws { throw ArchiveLog.readOnly("lose topics") }
    func deleteRecords(before offsets: [TopicPartition: Int64]) throws { throw ArchiveLog.readOnly("lose records") }
    func groupOffsets(_ group: String) throws -> [TopicPartition: Int64] { [:] }
    func groups() throws -> [String] { [] }
}

/// Reads partitions of an archive, one after the other, so that one segment at a time is in memory.
///
/// `@unchecked Sendable`: the contract lets one queue at a time use a consumer.
private final class ArchiveConsumer: TopicConsumer, @unchecked Sendable {
    private let log: ArchiveLog
    private var positions: [TopicPartition: Int64]
    private var paused: Set<TopicPartition> = []
    private var current: (segment: ArchiveEntry, scan: SegmentScan)?
    private var isClosed = false

    let assignment: Set<TopicPartition>
    private let confinement = Confinement()

    init(_ log: ArchiveLog, _ begin: [TopicPartition: Int64]) {
        self.log = log
        positions = begin
        assignment = Set(begin.keys)
    }

    func poll(_ limit: BatchLimit) throws -> Batch {
        confinement.check()
        guard !isClosed else { throw Failure(.fatal, code: "closed", "This consumer has been closed.") }
        var records: [Record] = []
        var bytes = 0
        var next: [TopicPartition: Int64] = [:]
        while records.count < limit.records, bytes < limit.bytes {
            if current == nil { current = open() }
            guard let (segment, scan) = current else { break }
            let partition = segment.partition
            guard let record = scan.next() else {
                if !scan.isWhole {
                    log.report(
                        log.reader.problem(.tampered, segment, ".zst", "does not hold the records of a segment"))
                }
                pass(segment)
                if next[partition] != nil { next[partition] = positions[partition] }
                current = nil
                continue
            }
            if record.offset < positions[partition] ?? 0 { continue }
            guard records.isEmpty || bytes + record.size <= limit.bytes else {
                scan.putBack(record)
                break
            }
            records.append(record)
            bytes += record.size
            positions[partition] = record.offset + 1
            next[partition] = record.offset + 1
        }
        return Batch(records: records, next: next)
    }

    /// Opens the segment that is read next; nil at the end of all.
    private func open() -> (ArchiveEntry, SegmentScan)? {
        for partition in assignment.subtracting(paused).sorted() {
            let position = positions[partition] ?? 0
            for segment in log.segments[partition] ?? [] where segment.next > max(position, positions[partition] ?? 0) {
                do {
                    if let end = positions[partition], segment.first > end { reportGap(segment, from: end) }
                    let start = log.reader.start(in: segment, of: positions[partition] ?? 0)
                    return (segment, SegmentScan(try log.reader.contents(of: segment), from: start.position))
                } catch let problem as ArchiveProblem {
                    log.report(problem)
                } catch {
                    log.report(log.reader.problem(.damaged, segment, ".zst", "cannot be read"))
                }
                pass(segment)
            }
        }
        return nil
    }

    private func reportGap(_ segment: ArchiveEntry, from end: Int64) {
        let known = log.segments[segment.partition]?.first?.first ?? 0
        guard end >= known else { return }
        log.report(
            ArchiveProblem(
                .gap, file: ArchiveManifest.name,
                span: .init(partition: segment.partition, from: end, to: segment.first), "does not have some offsets"))
    }

    private func pass(_ segment: ArchiveEntry) {
        positions[segment.partition] = max(positions[segment.partition] ?? 0, segment.next)
    }

    func position(_ partition: TopicPartition) -> Int64? { positions[partition] }

    func seek(_ offsets: [TopicPartition: Int64]) throws {
        confinement.check()
        positions.merge(offsets.filter { assignment.contains($0.key) }) { $1 }
        current = nil
    }

    func pause(_ partitions: Set<TopicPartition>) throws {
        confinement.check()
        paused.formUnion(partitions.intersection(assignment))
        current = nil
    }

    func resume(_ partitions: Set<TopicPartition>) throws { paused.subtract(partitions) }

    func commit(_ offsets: [TopicPartition: Int64]) throws { throw groupless }

    func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] { throw groupless }

    private var groupless: Failure {
        Failure(.setup, code: "no_group", "A reader of an archive has no group to keep offsets.")
    }

    func close() {
        isClosed = true
        current = nil
    }
}

/// The records of a segment, one at a time; a frame at a time is unpacked.
///
/// `@unchecked Sendable` is not needed: it lives within one consumer.
final class SegmentScan {
    private let file: [UInt8]
    private var position: Int
    private var block: [UInt8] = []
    private var start = 0
    private var held: Record?
    /// False once bytes were met that are no whole segment.
    private(set) var isWhole = true

    /// Begins at a frame.
    init(_ file: [UInt8], from position: Int) {
        self.file = file
        self.position = position
    }

    /// The next record; nil at the end, or where it is not whole.
    func next() -> Record? {
        if let record = held {
            held = nil
            return record
        }
        while start >= block.count {
            guard isWhole, position < file.count else { return nil }
            guard let (bytes, end) = Zstd.frame(in: file, at: position) else { return fail() }
            (block, start, position) = (bytes, 0, end)
        }
        guard let range = ArchiveSegment.recordRange(in: block, at: start),
            let record = ArchivedRecord.decode(block[range])
        else { return fail() }
        start = range.upperBound
        return record
    }

    /// Gives a record again that was not wanted yet.
    func putBack(_ record: Record) { held = record }

    private func fail() -> Record? {
        isWhole = false
        (block, start, position) = ([], 0, file.count)
        return nil
    }
}

import BulletinModel
import TopicLog

/// What tells the record that a worker has done last from any other that might stand at its offset.
///
/// A topic that was deleted and made again has the same name and, after a while, the same offsets. Clients
/// are not told which of the two it is; the record itself tells. The mark is kept with the progress: in the
/// group's committed offset as its metadata, in the database as a column; see ``ProgressNote``.
struct RecordMark: Sendable, Equatable {
    /// Where the record stands.
    let offset: Int64
    /// Sixteen hexadecimal digits of SHA-256 over timestamp, key and value.
    let digest: String

    /// The mark of a record.
    init(_ record: Record) {
        offset = record.offset
        var bytes = Array("\(record.timestamp.milliseconds) \(record.key?.count ?? -1)\n".utf8)
        bytes += record.key ?? []
        bytes += record.value ?? []
        digest = String(BulletinID(bytes: bytes).rawValue.prefix(16))
    }

    fileprivate init?(offset: Substring, digest: Substring) {
        guard let offset = Int64(offset), offset >= 0, digest.utf8.count == 16 else { return nil }
        self.offset = offset
        self.digest = String(digest)
    }

    /// The marks of the last records of batches that follow one another, by partition.
    static func last(of batches: [Batch]) -> [TopicPartition: RecordMark] {
        var last: [TopicPartition: Record] = [:]
        for records in batches.lazy.map(\.records) {
            for (place, record) in records.enumerated() {
                // The last of a run of one partition is enough.
                if place + 1 < records.count, records[place + 1].partition == record.partition { continue }
                last[record.partition] = record
            }
        }
        return last.mapValues(RecordMark.init)
    }

    /// The marks of the first records at or after these offsets; partitions are missing that have none there.
    ///
    /// - Parameter turn: called now and then; returns false to give up.
    /// - Throws: ``Failure``; of kind `transient` where they are deleted meanwhile.
    static func read(
        _ offsets: [TopicPartition: Int64], in log: any TopicLog, turn: () -> Bool
    ) throws -> [TopicPartition: RecordMark] {
        let bounds = try log.admin.watermarks(offsets.keys.sorted())
        var open = offsets.filter { partition, offset in
            bounds[partition].map { $0.low <= offset && offset < $0.high } ?? false
        }
        guard !open.isEmpty else { return [:] }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open), reset: .error))
        defer { consumer.close() }
        var marks: [TopicPartition: RecordMark] = [:]
        do {
            while !open.isEmpty, turn() {
                let limit = BatchLimit(records: 64, bytes: 1 << 20, wait: .milliseconds(100))
                for record in try consumer.poll(limit).records where open.removeValue(forKey: record.partition) != nil {
                    marks[record.partition] = RecordMark(record)
                }
                // Read to its end, it has none.
                for (partition, _) in open where consumer.position(partition) ?? 0 >= bounds[partition]?.high ?? 0 {
                    open[partition] = nil
                }
                try consumer.pause(consumer.assignment.subtracting(open.keys))
            }
        } catch let error as Failure where error.isGone {
            throw Failure(.transient, code: error.code, error.message)
        }
        return marks
    }
}

/// What is kept with a worker's progress in a partition, to tell the topic from another of its name: the record
/// done last, and the first that the topic still had when the partition came.
struct ProgressNote: Sendable, Equatable {
    /// The record done last; nil where none was done.
    var last: RecordMark?
    /// The first one there.
    var first: RecordMark?

    /// Pairs the two.
    init(last: RecordMark? = nil, first: RecordMark? = nil) {
        self.last = last
        self.first = first
    }

    /// Reads what ``text`` writes; nil for anything else, such as another program's metadata.
    init?(text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.count.isMultiple(of: 3), parts.count <= 6 else { return nil }
        for start in stride(from: 0, to: parts.count, by: 3) {
            guard let mark = RecordMark(offset: parts[start + 1], digest: parts[start + 2]) else { return nil }
            switch parts[start] {
            case "last" where last == nil && first == nil: last = mark
            case "first" where first == nil: first = mark
            default: return nil
            }
        }
    }

    /// As it is kept: `last OFFSET DIGEST first OFFSET DIGEST`, or one of the two; nil where there is neither.
    var text: String? {
        let parts = [last.map { "last \($0.offset) \($0.digest)" }, first.map { "first \($0.offset) \($0.digest)" }]
        let words = parts.compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}

import BulletinModel
import TopicLog

/// What tells the record that a worker has done last from any other that might stand at its offset.
///
/// A topic that was deleted and made again has the same name and, after a while, the same offsets. Clients
/// are not told which of the two it is; the record itself tells. The mark is kept with the progress: in the
/// group's committed offset as its metadata, in the database as a column.
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

    /// Reads what ``text`` writes; nil for anything else, such as another program's metadata.
    init?(text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "last", let offset = Int64(parts[1]), offset >= 0, parts[2].utf8.count == 16
        else { return nil }
        self.offset = offset
        digest = String(parts[2])
    }

    /// As it is kept: `last OFFSET DIGEST`.
    var text: String { "last \(offset) \(digest)" }

    /// The marks of a batch's last records, by partition.
    static func last(of batch: Batch) -> [TopicPartition: RecordMark] {
        var last: [TopicPartition: Record] = [:]
        for record in batch.records { last[record.partition] = record }
        return last.mapValues(RecordMark.init)
    }

    /// The partitions in which something else stands where a marked record stood. Where that is gone by
    /// retention nothing can be told, and nothing is said.
    ///
    /// - Parameter turn: called now and then; returns false to give up.
    /// - Throws: ``Failure``.
    static func changed(
        _ marks: [TopicPartition: RecordMark], in log: any TopicLog, turn: () -> Bool
    ) throws -> Set<TopicPartition> {
        guard !marks.isEmpty else { return [] }
        let bounds = try log.admin.watermarks(marks.keys.sorted())
        var open = marks.filter { partition, mark in
            bounds[partition].map { $0.low <= mark.offset && mark.offset < $0.high } ?? false
        }
        guard !open.isEmpty else { return [] }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open.mapValues(\.offset)), reset: .error))
        defer { consumer.close() }
        var changed: Set<TopicPartition> = []
        while !open.isEmpty, turn() {
            let limit = BatchLimit(records: 64, bytes: 1 << 20, wait: .milliseconds(100))
            for record in try consumer.poll(limit).records {
                guard let mark = open.removeValue(forKey: record.partition) else { continue }
                if RecordMark(record) != mark { changed.insert(record.partition) }
            }
            // A partition that has been read past its mark without a record has lost that one.
            for (partition, mark) in open where consumer.position(partition) ?? 0 > mark.offset {
                open[partition] = nil
                changed.insert(partition)
            }
            try consumer.pause(consumer.assignment.subtracting(open.keys))
        }
        return changed
    }
}

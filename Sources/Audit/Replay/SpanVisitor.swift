import TopicLog

/// Lets through what stands before the end of its partition.
final class SpanVisitor: RecordVisitor {
    private let visitor: any RecordVisitor
    private let ends: [TopicPartition: Int64]
    /// Neighbours mostly share a partition, and need not look up its end.
    private var last: (partition: TopicPartition, end: Int64)?
    /// How many records were let through.
    var count = 0

    init(_ visitor: any RecordVisitor, end: [TopicPartition: Int64]) {
        self.visitor = visitor
        ends = end
    }

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        let end: Int64
        if let last, last.partition == partition {
            end = last.end
        } else {
            end = ends[partition] ?? 0
            last = (partition, end)
        }
        guard offset < end else { return false }
        count += 1
        return visitor.begin(partition, offset: offset, timestamp: timestamp, key: key)
    }

    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        visitor.header(name, value)
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) throws { try visitor.end(value) }
}

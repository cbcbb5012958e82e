import TopicLog

/// Gathers what a log shows of a record into its canonical bytes, ``ArchivedRecord``, without a
/// record in between: to make one takes two dozen allocations.
final class CanonicalVisitor: RecordVisitor {
    private let body: (TopicPartition, Int64, UnsafeRawBufferPointer) throws -> Void
    /// Neighbours mostly share a partition.
    private var last: (partition: TopicPartition, topic: [UInt8])?
    private var offset: Int64 = 0
    private var bytes: [UInt8] = []
    private var headers: [UInt8] = []
    private var headerCount: UInt32 = 0

    /// A visitor that hands them on.
    init(_ body: @escaping (TopicPartition, Int64, UnsafeRawBufferPointer) throws -> Void) {
        self.body = body
    }

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        if last?.partition != partition { last = (partition, Array(partition.topic.utf8)) }
        guard let last else { return false }
        self.offset = offset
        bytes.removeAll(keepingCapacity: true)
        headers.removeAll(keepingCapacity: true)
        headerCount = 0
        ArchivedRecord.appendPlace(
            topic: last.topic, partition: partition.partition, offset: offset, timestamp: timestamp, to: &bytes)
        ArchivedRecord.append(key, to: &bytes)
        return true
    }

    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        ArchivedRecord.append(name, to: &headers)
        ArchivedRecord.append(value, to: &headers)
        headerCount += 1
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) throws {
        guard let last else { return }
        ArchivedRecord.append(value, to: &bytes)
        ArchivedRecord.append(headerCount, to: &bytes)
        bytes.append(contentsOf: headers)
        try bytes.withUnsafeBytes { try body(last.partition, offset, $0) }
    }
}

import CRdKafka
import Foundation
import TopicLog

/// Records shown in librdkafka's own memory. To copy one takes two dozen allocations, most of them
/// for headers, which is more than half of the time of reading it.
extension KafkaConsumer {
    func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        if isMember { return try visitCopies(limit, by: visitor) }
        try requireOpen()
        if !errors.isEmpty { throw errors.removeFirst() }
        try applySeeks()
        var visit = Visit(consumer: self)
        defer { visit.settle() }
        while visit.count < limit.records, visit.bytes < limit.bytes, !stash.isEmpty {
            let record = stash.removeFirst()
            visit.passed(record.partition, record.offset, bytes: record.size)
            try record.visit(visitor)
        }
        let deadline = ContinuousClock.now + limit.wait
        while visit.count < limit.records, visit.bytes < limit.bytes {
            let rest = visit.count == 0 ? max(.zero, deadline - .now) : .zero
            let slice = seeks.isEmpty ? rest : min(rest, .milliseconds(20))
            guard let event = rd_kafka_queue_poll(client.queue, slice.wholeMilliseconds) else {
                if visit.count > 0 || ContinuousClock.now >= deadline { break }
                try applySeeks()
                visit.wanted = nil
                continue
            }
            defer { rd_kafka_event_destroy(event) }
            switch rd_kafka_event_type(event) {
            case RD_KAFKA_EVENT_FETCH:
                while let message = rd_kafka_event_message_next(event) {
                    let partition = partition(of: message)
                    guard visit.wanted == partition || isWanted(partition) else { continue }
                    visit.wanted = partition
                    let bytes = message.pointee.len + message.pointee.key_len
                    visit.passed(partition, message.pointee.offset, bytes: bytes)
                    try Self.show(message, in: partition, to: visitor)
                }
            case RD_KAFKA_EVENT_ERROR:
                // Where a partition ends is where it stands after what was shown.
                visit.settle()
                visit.wanted = nil
                guard let error = handle(error: event) else { continue }
                if visit.count == 0 { throw error }
                errors.append(error)
                return visit.count
            default:
                continue
            }
        }
        return visit.count
    }

    /// How far a visit is. Positions are entered once for a run of one partition's records: to look
    /// up a partition by name costs as much as to show a short record.
    private struct Visit {
        let consumer: KafkaConsumer
        var count = 0
        var bytes = 0
        /// The partition that the last message was wanted of; nil when that may have changed.
        var wanted: TopicPartition?
        private var place: (partition: TopicPartition, next: Int64)?

        init(consumer: KafkaConsumer) { self.consumer = consumer }

        mutating func passed(_ partition: TopicPartition, _ offset: Int64, bytes more: Int) {
            if let place, place.partition != partition { settle() }
            place = (partition, offset + 1)
            count += 1
            bytes += more
        }

        mutating func settle() {
            guard let place else { return }
            consumer.positions[place.partition] = place.next
            consumer.ended.remove(place.partition)
            self.place = nil
        }
    }

    private static func show(
        _ message: UnsafePointer<rd_kafka_message_t>, in partition: TopicPartition, to visitor: any RecordVisitor
    ) throws {
        let isWanted = visitor.begin(
            partition, offset: message.pointee.offset,
            timestamp: Timestamp(milliseconds: rd_kafka_message_timestamp(message, nil)),
            key: buffer(message.pointee.key, message.pointee.key_len))
        guard isWanted else { return }
        var list: OpaquePointer?
        if rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list {
            var index = 0
            var name: UnsafePointer<CChar>?
            var value: UnsafeRawPointer?
            var size = 0
            while rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
                index += 1
                guard let name else { continue }
                visitor.header(
                    buffer(name, strlen(name)) ?? UnsafeBufferPointer(start: nil, count: 0), buffer(value, size))
            }
        }
        try visitor.end(buffer(message.pointee.payload, message.pointee.len))
    }

    private static func buffer(_ start: UnsafeRawPointer?, _ count: Int) -> UnsafeBufferPointer<UInt8>? {
        start.map { UnsafeBufferPointer(start: $0.assumingMemoryBound(to: UInt8.self), count: count) }
    }
}

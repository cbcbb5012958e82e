import CRdKafka
import Foundation
import TopicLog

/// librdkafka's list of partitions with offsets, destroyed when it goes away.
final class PartitionList {
    private let pointer: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    /// Lends the list to C: it lives until the body has returned, which a bare pointer to it would not see to.
    func lend<T>(_ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) throws -> T) rethrows -> T {
        try withExtendedLifetime(self) { try body(pointer) }
    }

    /// A list of partitions and, where known, offsets.
    init(_ offsets: [(TopicPartition, Int64)]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(offsets.count))
        for (partition, offset) in offsets {
            rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition).pointee.offset = offset
        }
    }

    /// A list of partitions and offsets, with notes for some.
    convenience init(_ offsets: [TopicPartition: Int64], notes: [TopicPartition: String] = [:]) {
        let sorted = offsets.sorted { $0.key < $1.key }
        self.init(sorted.map { ($0.key, $0.value) })
        for (index, entry) in sorted.enumerated() {
            // The list frees them with its other memory.
            guard let note = notes[entry.key], let copy = strdup(note) else { continue }
            pointer.pointee.elems[index].metadata = UnsafeMutableRawPointer(copy)
            pointer.pointee.elems[index].metadata_size = strlen(copy)
        }
    }

    deinit { rd_kafka_topic_partition_list_destroy(pointer) }

    /// One line of a list.
    struct Entry {
        let partition: TopicPartition
        let offset: Int64
        let error: rd_kafka_resp_err_t
        let note: String?
    }

    var entries: [Entry] { lend { Self.entries($0) } }

    /// The lines of a list that belongs to someone else.
    static func entries(_ list: UnsafePointer<rd_kafka_topic_partition_list_t>?) -> [Entry] {
        guard let list, let elements = list.pointee.elems else { return [] }
        return (0..<Int(list.pointee.cnt)).map { index in
            let element = elements[index]
            let topic = element.topic.map { String(cString: $0) } ?? ""
            return Entry(
                partition: TopicPartition(topic, element.partition), offset: element.offset, error: element.err,
                note: element.metadata.flatMap {
                    String(
                        validating: UnsafeRawBufferPointer(start: $0, count: element.metadata_size), as: UTF8.self)
                })
        }
    }
}

import Synchronization

/// Records in arrays. What ``MemoryLog`` writes to, and finds again when it is opened on it again.
package final class MemoryStorage: LogStorage {
    private struct Partition {
        var low: Int64 = 0
        /// Those from `low` on.
        var records: [Record] = []
        var high: Int64 { low + Int64(records.count) }
    }

    private struct Topic {
        var specification: TopicSpecification
        var partitions: [Partition]
    }

    private struct State {
        var topics: [String: Topic] = [:]
        var offsets: [String: [TopicPartition: Int64]] = [:]
        var notes: [String: [TopicPartition: String]] = [:]

        subscript(_ name: TopicPartition) -> Partition? {
            guard let topic = topics[name.topic], topic.partitions.indices.contains(Int(name.partition)) else {
                return nil
            }
            return topic.partitions[Int(name.partition)]
        }
    }

    private let state = Mutex(State())

    package init() {}

    package func create(_ topic: TopicSpecification) -> Bool {
        state.withLock { state in
            guard state.topics[topic.name] == nil else { return false }
            state.topics[topic.name] = Topic(
                specification: topic, partitions: Array(repeating: Partition(), count: topic.partitions))
            return true
        }
    }

    package func delete(_ topic: String) {
        state.withLock { state in
            state.topics[topic] = nil
            for group in state.offsets.keys {
                state.offsets[group] = state.offsets[group]?.filter { $0.key.topic != topic }
                state.notes[group] = state.notes[group]?.filter { $0.key.topic != topic }
            }
        }
    }

    package func topics() -> [TopicDescription] {
        state.withLock { state in
            state.topics.values.map {
                TopicDescription(
                    name: $0.specification.name, partitions: $0.partitions.count,
                    configuration: $0.specification.configuration)
            }
        }.sorted { $0.name < $1.name }
    }

    package func partitions(of topic: String) -> Int? {
        state.withLock { $0.topics[topic]?.partitions.count }
    }

    package func watermarks(_ partition: TopicPartition) -> Watermarks? {
        state.withLock { state in state[partition].map { Watermarks(low: $0.low, high: $0.high) } }
    }

    package func append(_ records: [PlacedRecord], offsets: GroupOffsets?) {
        state.withLock { state in
            for placed in records {
                guard let high = state[placed.partition]?.high else { continue }
                let record = Record(
                    partition: placed.partition, offset: high, timestamp: placed.timestamp, key: placed.record.key,
                    value: placed.record.value, headers: placed.record.headers)
                state.topics[placed.partition.topic]?.partitions[Int(placed.partition.partition)].records.append(record)
            }
            guard let offsets else { return }
            state.offsets[offsets.group, default: [:]].merge(offsets.next) { $1 }
            for partition in offsets.next.keys {
                state.notes[offsets.group, default: [:]][partition] = offsets.notes[partition]
            }
        }
    }

    package func read(_ partition: TopicPartition, from offset: Int64, limit: ReadLimit) -> [Record] {
        state.withLock { state in
            guard let found = state[partition], found.low <= offset, offset < found.high else { return [] }
            var rest = limit.bytes
            let page = found.records[Int(offset - found.low)...].prefix(limit.records)
            let fitting = page.prefix { record in
                rest -= record.size
                return rest >= 0
            }
            return fitting.isEmpty && limit.takesLarger ? Array(page.prefix(1)) : Array(fitting)
        }
    }

    package func offset(at time: Timestamp, in partition: TopicPartition) -> Int64? {
        state.withLock { state in state[partition]?.records.first { $0.timestamp >= time }?.offset }
    }

    package func deleteRecords(in partition: TopicPartition, before offset: Int64) {
        state.withLock { state in
            guard let found = state[partition] else { return }
            let kept = Partition(low: offset, records: Array(found.records.dropFirst(Int(offset - found.low))))
            state.topics[partition.topic]?.partitions[Int(partition.partition)] = kept
        }
    }

    package func committed(_ group: String) -> [TopicPartition: Int64] {
        state.withLock { $0.offsets[group] ?? [:] }
    }

    package func notes(_ group: String) -> [TopicPartition: String] { state.withLock { $0.notes[group] ?? [:] } }

    package func groups() -> [String] { state.withLock { $0.offsets.keys.sorted() } }

    package func close() {}

    /// All records of a topic, by partition and offset.
    func records(of topic: String) -> [Record] {
        state.withLock { $0.topics[topic]?.partitions.flatMap(\.records) ?? [] }
    }
}

import Foundation
import Testing
import TopicLog

@testable import gongbao

/// What a command reads of topics in which another program's transaction may stand open.
@Suite struct TopicReaderTests {
    private static let partitions = [TopicPartition("t", 0), TopicPartition("t", 1)]

    /// A log with four records in each of two partitions; of the second none from this offset on comes.
    private func log(heldFrom offset: Int64) throws -> HoldingLog {
        let memory = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 2)])
        let producer = try memory.producer(transactionalID: "writer")
        defer { producer.close() }
        let records = (0..<4).flatMap { number in
            Self.partitions.map { partition in
                Outgoing(topic: partition.topic, partition: partition.partition, key: [number], value: [number])
            }
        }
        try producer.transact(records, consumed: nil)
        return HoldingLog(memory, partition: Self.partitions[1], from: offset)
    }

    @Test("what an open transaction holds back is named, and all that can be read is given")
    func held() throws {
        let log = try log(heldFrom: 2)
        defer { log.close() }
        let reader = TopicReader(log: log)
        let newest = try reader.newest(10, of: try reader.ends(of: "t"))
        #expect(newest.records.count == 6)
        #expect(newest.held == [Self.partitions[1]])
        #expect(newest.next == [Self.partitions[0]: 4, Self.partitions[1]: 2])
    }

    @Test("without one, nothing is held back, and reading goes on at the ends")
    func open() throws {
        let log = try log(heldFrom: 4)
        defer { log.close() }
        let reader = TopicReader(log: log)
        let newest = try reader.newest(3, of: try reader.ends(of: "t"))
        #expect(newest.records.count == 3 && newest.held.isEmpty)
        #expect(newest.next.values.allSatisfy { $0 == 4 })
    }
}

/// A log of which one partition gives nothing from an offset on, as Kafka's do while a transaction is open.
private final class HoldingLog: TopicLog {
    private let base: MemoryLog
    private let partition: TopicPartition
    private let offset: Int64

    init(_ base: MemoryLog, partition: TopicPartition, from offset: Int64) {
        self.base = base
        self.partition = partition
        self.offset = offset
    }

    var features: Features { base.features }
    var admin: any TopicAdmin { base.admin }
    func producer(transactionalID: String) throws -> any TopicProducer {
        try base.producer(transactionalID: transactionalID)
    }
    func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        HoldingConsumer(try base.consumer(settings), partition: partition, from: offset)
    }
    func close() { base.close() }
}

private final class HoldingConsumer: TopicConsumer {
    private let base: any TopicConsumer
    private let partition: TopicPartition
    private let offset: Int64

    init(_ base: any TopicConsumer, partition: TopicPartition, from offset: Int64) {
        self.base = base
        self.partition = partition
        self.offset = offset
    }

    var assignment: Set<TopicPartition> { base.assignment }
    func poll(_ limit: BatchLimit) throws -> Batch {
        let batch = try base.poll(BatchLimit(records: limit.records, bytes: limit.bytes, wait: .zero))
        return Batch(
            records: batch.records.filter { $0.partition != partition || $0.offset < offset }, next: batch.next)
    }
    func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        try base.visit(limit, by: visitor)
    }
    func position(_ partition: TopicPartition) -> Int64? {
        let position = base.position(partition)
        return partition == self.partition ? position.map { min($0, offset) } : position
    }
    func seek(_ offsets: [TopicPartition: Int64]) throws { try base.seek(offsets) }
    func pause(_ partitions: Set<TopicPartition>) throws { try base.pause(partitions) }
    func resume(_ partitions: Set<TopicPartition>) throws { try base.resume(partitions) }
    func commit(_ offsets: [TopicPartition: Int64]) throws { try base.commit(offsets) }
    func notes(_ partitions: [TopicPartition]) throws -> [TopicPartition: String] { try base.notes(partitions) }
    func committed(_ partitions: [TopicPartition]) throws -> [TopicPartition: Int64] { try base.committed(partitions) }
    func close() { base.close() }
}

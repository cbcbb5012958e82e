import Testing
import TopicLog
import TopicLogConformance

@Suite("The log in memory")
struct MemoryLogTests {
    @Test("keeps the contract", arguments: Conformance.cases)
    func keeps(promise: ConformanceCase) throws {
        let disk = MemoryLog.Disk()
        var features = MemoryLog().features
        // Kept across restarts by its disk, though not across processes.
        features.isDurable = true
        try promise.run(
            on: ConformanceBackend(features: features, patience: .seconds(20)) { MemoryLog(on: disk) })
    }

    private let outage = Failure(.transient, code: "down", "The log is down.")

    @Test("fails as planned, in order, and then works again")
    func fails() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 1)])
        let producer = try log.producer(transactionalID: "p")
        log.fail(.transact, with: outage, skip: 1, times: 2)
        log.fail(.transact, with: Failure(.fenced, code: "fenced", "Fenced."))
        let kinds = (0..<5).map { number -> Failure.Kind? in
            do {
                try producer.transact([Outgoing(topic: "t", key: nil, value: [UInt8(number)])], consumed: nil)
                return nil
            } catch { return (error as? Failure)?.kind }
        }
        #expect(kinds == [nil, .transient, .transient, .fenced, nil])
        #expect(log.records(of: "t").map(\.value) == [[0], [4]])
        #expect(!log.hasPendingFaults)
    }

    @Test("loses an acknowledgement but not what it stored")
    func losesAcknowledgement() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 1)])
        let producer = try log.producer(transactionalID: "p")
        log.fail(.acknowledge, with: Failure(.fatal, code: "died", "Died."))
        #expect(throws: Failure.self) {
            try producer.transact([Outgoing(topic: "t", key: nil, value: [1])], consumed: nil)
        }
        #expect(log.records(of: "t").count == 1)
    }

    @Test("takes partitions from members that it throws out, who then join again")
    func expels() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 1)])
        let producer = try log.producer(transactionalID: "p")
        try producer.transact([Outgoing(topic: "t", key: nil, value: [1])], consumed: nil)
        let member = try log.consumer(ConsumerSettings(.group("g", topics: ["t"], member: nil)))
        let limit = BatchLimit(records: 10, bytes: 1_000, wait: .zero)
        let batch = try member.poll(limit)
        log.expelMembers(of: "g")
        let error = #expect(throws: Failure.self) {
            try producer.transact([], consumed: Consumed(by: member, next: batch.next))
        }
        #expect(error?.kind == .lostAssignment)
        #expect(try member.poll(limit) == batch)
        try producer.transact([], consumed: Consumed(by: member, next: batch.next))
    }

    @Test("fences a member whose static name joins again")
    func fencesStaticMember() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 2)])
        let settings = ConsumerSettings(.group("g", topics: ["t"], member: "one"))
        let limit = BatchLimit(records: 10, bytes: 1_000, wait: .zero)
        let older = try log.consumer(settings)
        _ = try older.poll(limit)
        #expect(older.assignment.count == 2)
        let newer = try log.consumer(settings)
        _ = try newer.poll(limit)
        #expect(newer.assignment.count == 2)
        let error = #expect(throws: Failure.self) { try older.poll(limit) }
        #expect(error?.kind == .fenced)
        older.close()
        _ = try newer.poll(limit)
        #expect(newer.assignment.count == 2)
    }

    @Test("stamps records with the clock it was given")
    func stamps() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 1)]) { Timestamp(milliseconds: 42) }
        try log.producer(transactionalID: "p").transact([Outgoing(topic: "t", key: nil, value: nil)], consumed: nil)
        #expect(log.records(of: "t").map(\.timestamp.milliseconds) == [42])
    }

    @Test("does not let a full partition starve the others")
    func isFair() throws {
        let log = MemoryLog(topics: [TopicSpecification(name: "t", partitions: 2)])
        let producer = try log.producer(transactionalID: "p")
        let full = (0..<1_000).map { _ in Outgoing(topic: "t", partition: 0, key: nil, value: [0]) }
        try producer.transact(full + [Outgoing(topic: "t", partition: 1, key: nil, value: [1])], consumed: nil)
        let member = try log.consumer(ConsumerSettings(.group("g", topics: ["t"], member: nil)))
        let limit = BatchLimit(records: 10, bytes: 1_000, wait: .zero)
        let first = try (0..<2).flatMap { _ in try member.poll(limit).records }
        #expect(first.contains { $0.value == [1] })
    }
}

import Foundation
import GRDB
import Synchronization
import Testing
import TopicLog
import TopicLogConformance

@testable import EmbeddedLog

@Suite("The embedded log")
struct EmbeddedLogTests {
    @Test("keeps the contract", arguments: Conformance.cases)
    func keeps(promise: ConformanceCase) throws {
        let scratch = try Scratch()
        let path = scratch.path()
        try promise.run(
            on: ConformanceBackend(features: EmbeddedLog.features, patience: .seconds(30)) {
                try EmbeddedLog(path: path)
            })
    }

    @Test("syncs every commit to the disk")
    func isDurable() throws {
        let scratch = try Scratch()
        let log = try EmbeddedLog(path: scratch.path())
        defer { log.close() }
        let synchronous = try log.storage.pool.writeWithoutTransaction { db in
            try Int.fetchOne(db, sql: "PRAGMA synchronous")
        }
        // 2 is FULL.
        #expect(synchronous == 2)
    }

    @Test("calls a full disk an outage, keeps nothing of what did not fit, and goes on when there is room")
    func survivesFullDisk() throws {
        let scratch = try Scratch()
        let log = try EmbeddedLog(path: scratch.path())
        defer { log.close() }
        try log.admin.create([TopicSpecification(name: "t", partitions: 1)])
        let producer = try log.producer(transactionalID: "p")
        let records = (0..<10).map { Outgoing(topic: "t", key: [$0], value: [UInt8](repeating: $0, count: 2_000)) }
        func limit(pages: Int) throws {
            try log.storage.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        }
        try limit(pages: 100)
        var stored = 0
        let error = #expect(throws: Failure.self) {
            while stored < 1_000 {
                try producer.transact(records, consumed: nil)
                stored += records.count
            }
        }
        #expect(error?.kind == .transient)
        #expect(error?.code == "disk_full")
        #expect(stored > 0)
        #expect(try log.all(TopicPartition("t", 0)).count == stored)
        try limit(pages: 100_000)
        try producer.transact(records, consumed: nil)
        #expect(try log.all(TopicPartition("t", 0)).map(\.offset) == (0..<Int64(stored + 10)).map { $0 })
    }

    @Test("shares its partitions among consumers on queues of their own, exactly once")
    func servesManyQueues() throws {
        let scratch = try Scratch()
        let log = try EmbeddedLog(path: scratch.path())
        defer { log.close() }
        try log.admin.create(["in", "out"].map { TopicSpecification(name: $0, partitions: 4) })
        let total = 2_000
        let deadline = ContinuousClock.now + .seconds(60)
        let failures = Mutex<[String]>([])
        let done = Atomic<Int>(0)
        // One feeds while four transform, each in transactions of its own.
        DispatchQueue.concurrentPerform(iterations: 5) { worker in
            do {
                let producer = try log.producer(transactionalID: "worker \(worker)")
                if worker == 0 {
                    for start in stride(from: 0, to: total, by: 20) {
                        try producer.transact(
                            (start..<start + 20).map { Outgoing(topic: "in", key: Array("\($0)".utf8), value: nil) },
                            consumed: nil)
                    }
                    return
                }
                let member = try log.consumer(ConsumerSettings(.group("g", topics: ["in"], member: nil)))
                defer { member.close() }
                while done.load(ordering: .relaxed) < total, ContinuousClock.now < deadline {
                    let batch = try member.poll(BatchLimit(records: 25, bytes: 1 << 20, wait: .milliseconds(50)))
                    guard !batch.records.isEmpty else { continue }
                    do {
                        try producer.transact(
                            batch.records.map { Outgoing(topic: "out", key: $0.key, value: nil) },
                            consumed: Consumed(by: member, next: batch.next))
                        done.wrappingAdd(batch.records.count, ordering: .relaxed)
                    } catch let error as Failure where error.kind == .lostAssignment {}
                }
            } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let out = try (0..<4).flatMap { try log.all(TopicPartition("out", $0)) }
        #expect(out.count == total)
        #expect(Set(out.map(\.key)).count == total)
    }

    @Test("deletes by age and by size when a topic says so, and only then")
    func retains() throws {
        let scratch = try Scratch()
        let clock = Clock(1_000_000)
        let log = try EmbeddedLog(path: scratch.path()) { clock.now }
        defer { log.close() }
        try log.admin.create([
            TopicSpecification(name: "aged", partitions: 1, configuration: ["retention.ms": "1000"]),
            TopicSpecification(name: "sized", partitions: 1, configuration: ["retention.bytes": "350"]),
            TopicSpecification(name: "kept", partitions: 1, configuration: ["retention.ms": "-1"]),
        ])
        for step in 0..<10 {
            let value = [UInt8](repeating: UInt8(step), count: 100)
            try log.append(["aged", "sized", "kept"].map { Outgoing(topic: $0, key: nil, value: value) })
            clock.advance(300)
        }
        try log.applyRetention()
        let marks = try log.admin.watermarks(["aged", "sized", "kept"].map { TopicPartition($0, 0) })
        // 3000 ms have gone by: what was appended at 2100 and later is within the last 1000.
        #expect(marks[TopicPartition("aged", 0)] == Watermarks(low: 7, high: 10))
        #expect(marks[TopicPartition("sized", 0)] == Watermarks(low: 7, high: 10))
        #expect(marks[TopicPartition("kept", 0)] == Watermarks(low: 0, high: 10))
        #expect(try log.all(TopicPartition("sized", 0)).map(\.offset) == [7, 8, 9])
        clock.advance(100_000)
        try log.append([Outgoing(topic: "kept", key: nil, value: nil)])
        #expect(
            try log.admin.watermarks([TopicPartition("aged", 0)])[TopicPartition("aged", 0)]
                == Watermarks(low: 10, high: 10))
        try log.append([Outgoing(topic: "aged", key: nil, value: [1])])
        #expect(try log.all(TopicPartition("aged", 0)).map(\.offset) == [10])
    }

    @Test("reads a backlog page by page, however large its records")
    func readsByPages() throws {
        let scratch = try Scratch()
        let log = try EmbeddedLog(path: scratch.path())
        defer { log.close() }
        try log.admin.create([TopicSpecification(name: "t", partitions: 1)])
        for number in 0..<8 {
            try log.append([Outgoing(topic: "t", key: [UInt8(number)], value: [UInt8](repeating: 7, count: 3 << 20))])
        }
        let reader = try log.consumer(ConsumerSettings(.partitions([TopicPartition("t", 0): 0])))
        let counts = try (0..<5).map { _ in
            try reader.poll(BatchLimit(records: 100, bytes: 7 << 20, wait: .zero)).records.count
        }
        #expect(counts == [2, 2, 2, 2, 0])
    }

    @Test("will not be created where its folder is missing")
    func missingFolder() throws {
        let error = #expect(throws: Failure.self) { try EmbeddedLog(path: "/nonexistent/folder/log.sqlite") }
        #expect(error?.kind == .setup)
    }
}

/// A clock that moves when it is told.
final class Clock: @unchecked Sendable {  // Guarded by its lock.
    private let lock = NSLock()
    private var milliseconds: Int64

    init(_ milliseconds: Int64) { self.milliseconds = milliseconds }

    var now: Timestamp { lock.withLock { Timestamp(milliseconds: milliseconds) } }

    func advance(_ by: Int64) { lock.withLock { milliseconds += by } }
}

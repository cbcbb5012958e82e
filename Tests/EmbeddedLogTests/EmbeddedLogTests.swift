import Foundation
import GRDB
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
        let storage = try SQLiteStorage(path: scratch.path()) { Timestamp(milliseconds: 0) }
        defer { storage.close() }
        #expect(try storage.synchronous() == 2)
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
        let error = #expect(throws: LogError.self) { try EmbeddedLog(path: "/nonexistent/folder/log.sqlite") }
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

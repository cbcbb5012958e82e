import Logging
import Synchronization
import Testing
import TopicLog

@testable import Workers

/// An archive in memory: what is open is lost with ``discard()``, what is sealed stays.
private final class MemoryArchive: RecordArchive, @unchecked Sendable {
    /// What is durable.
    private(set) var sealed: [TopicPartition: [Record]] = [:]
    private var open: [TopicPartition: [Record]] = [:]
    private var ends: [TopicPartition: Int64] = [:]
    /// How many records of a partition fill a segment.
    let full: Int
    /// Asked before each step; what it throws the step throws, before or after it was done.
    var trouble: (_ step: String) throws -> Void = { _ in }
    private(set) var closed = 0

    init(full: Int = 4) { self.full = full }

    func next(_ partition: TopicPartition) -> Int64? { ends[partition] }
    func last(_ partition: TopicPartition) -> Int64? { sealed[partition]?.last?.offset }
    func isLast(_ record: Record) -> Bool { sealed[record.partition]?.last == record }

    func append(
        _ batch: Batch, partitions: [String: Int], begin: [TopicPartition: Int64], now: Timestamp
    ) throws -> [TopicPartition: Int] {
        try trouble("append")
        for record in batch.records { open[record.partition, default: []].append(record) }
        var counts: [TopicPartition: Int] = [:]
        for (partition, records) in open where records.count >= full {
            counts[partition] = keep(partition, next: batch.next[partition] ?? 0)
        }
        try trouble("appended")
        return counts
    }

    func seal(
        began: Timestamp, next: [TopicPartition: Int64], partitions: [String: Int]
    ) throws -> [TopicPartition: Int] {
        guard began.milliseconds == .max else { return [:] }
        try trouble("seal")
        return Dictionary(uniqueKeysWithValues: open.keys.map { ($0, keep($0, next: next[$0] ?? 0)) })
    }

    func sign() throws { try trouble("sign") }
    func discard() { open = [:] }
    func close() {
        discard()
        closed += 1
    }

    private func keep(_ partition: TopicPartition, next: Int64) -> Int {
        let records = open.removeValue(forKey: partition) ?? []
        sealed[partition, default: []] += records
        ends[partition] = max(next, (records.last?.offset ?? -1) + 1)
        return records.count
    }
}

@Suite("The archive worker")
final class ArchiveLoopTests {
    private let clock = ManualClock()
    private let effects = Effects()
    private let stop = StopSignal()
    private let memory = MemoryLog(topics: [
        TopicSpecification(name: "a", partitions: 2), TopicSpecification(name: "b", partitions: 1),
    ])
    private let archive = MemoryArchive()
    private let heard = Heard()
    private lazy var log = EffectLog(memory, clock, effects)
    private var board = StatusBoard(worker: "archive")

    private let down = Failure(.transient, code: "down", "It is down.")

    private func fill(_ topic: String, _ partition: Int32, _ values: Range<Int>) throws {
        let producer = try memory.producer(transactionalID: "fill")
        for value in values {
            try producer.transact(
                [Outgoing(topic: topic, partition: partition, key: nil, value: [UInt8(value)])], consumed: nil)
        }
        producer.close()
    }

    /// Runs the worker until it has archived what is there.
    private func run(patience: Int? = nil) throws {
        stop.raise(to: .drain)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.handler = Listener(heard: heard)
        let around = Surroundings(worker: "archive", logger: logger, stop: stop, clock: clock, random: { 1 })
        board = around.board
        let archive = archive
        try around.queue.sync {
            try ArchiveLoop(
                log,
                settings: ArchiveSettings(
                    topics: ["a", "b"], limit: BatchLimit(records: 3, bytes: 1 << 20, wait: .milliseconds(500)),
                    patience: patience),
                around: around, make: { archive }
            ).run()
        }
    }

    private func archived() -> [String: [UInt8]] {
        Dictionary(
            uniqueKeysWithValues: archive.sealed.map { ("\($0.key)", $0.value.compactMap { $0.value?.first }) })
    }

    private func times(_ message: String) -> Int { heard.list.withLock { $0.count { $0 == message } } }

    @Test("everything is archived once and in order, and a second run goes on behind it")
    func plain() throws {
        try fill("a", 0, 0..<7)
        try fill("a", 1, 10..<12)
        try fill("b", 0, 20..<25)
        try run()
        #expect(archived() == ["a/0": [0, 1, 2, 3, 4, 5, 6], "a/1": [10, 11], "b/0": [20, 21, 22, 23, 24]])
        try fill("a", 1, 12..<13)
        try run()
        #expect(archived() == ["a/0": [0, 1, 2, 3, 4, 5, 6], "a/1": [10, 11, 12], "b/0": [20, 21, 22, 23, 24]])
        #expect(board.snapshot.emitted.values.reduce(0, +) == 1)
        #expect(archive.closed == 2)
    }

    @Test("an outage of the log loses nothing and copies nothing twice")
    func logOutage() throws {
        try fill("a", 0, 0..<20)
        memory.fail(.poll, with: down, skip: 2, times: 3)
        memory.fail(.consumer, with: down, skip: 1, times: 2)
        try run()
        #expect(archived() == ["a/0": Array<UInt8>(0..<20)])
        #expect(times("trying again after an outage") >= 1)
        #expect(times("trying again after an outage") == times("the outage is over"))
    }

    @Test("a disk that is full for long is told once, and tried again ever more slowly")
    func archiveOutage() throws {
        try fill("a", 0, 0..<9)
        var failures = 0
        let full = Failure(.transient, code: "disk_full", "The disk is full.")
        archive.trouble = { step in
            // The second segment cannot be written: what goes before it can be, each time anew.
            guard step == "append", self.archive.next(TopicPartition("a", 0)) != nil, failures < 12 else { return }
            failures += 1
            throw full
        }
        let began = clock.uptime
        try run()
        #expect(archived() == ["a/0": [0, 1, 2, 3, 4, 5, 6, 7, 8]])
        #expect(failures == 12)
        #expect(times("trying again after an outage") == 1 && times("the outage is over") == 1)
        #expect(clock.uptime - began > .seconds(60))
        #expect(board.snapshot.trouble == nil)
    }

    @Test("one pass over the topics waits for a full disk for a while, says so and ends")
    func patience() throws {
        try fill("a", 0, 0..<9)
        archive.trouble = { _ in throw Failure(.transient, code: "full", "The disk is full.") }
        let error = #expect(throws: Failure.self) { try run(patience: 5) }
        #expect(error?.kind == .setup && error?.code == "full", "\(String(describing: error))")
        #expect(error?.message.hasPrefix("The disk is full. Given up after 5 attempts") == true)
        // With room again the next pass has all of it.
        archive.trouble = { _ in }
        try run(patience: 5)
        #expect(archived() == ["a/0": Array<UInt8>(0..<9)])
    }

    @Test("what no retry cures stops it with its sentence")
    func setup() throws {
        try fill("a", 0, 0..<3)
        archive.trouble = { _ in throw Failure(.setup, code: "denied", "Nobody may write here.") }
        #expect(throws: Failure(.setup, code: "denied", "Nobody may write here.")) { try run() }
        #expect(archived() == [:] && archive.closed == 1)
    }

    @Test("records that retention took are passed over, and the gap is told")
    func gap() throws {
        try fill("a", 0, 0..<5)
        try run()
        try fill("a", 0, 5..<12)
        try memory.admin.deleteRecords(before: [TopicPartition("a", 0): 8])
        try run()
        #expect(archived() == ["a/0": [0, 1, 2, 3, 4, 8, 9, 10, 11]])
        #expect(times("records were deleted before they were archived") == 1)
    }

    @Test("a topic that was made anew is not mixed with the old one, however long it is", arguments: [2, 5, 9])
    func otherTopic(count: Int) throws {
        try fill("a", 0, 0..<5)
        try run()
        try memory.admin.delete(["a"])
        _ = try memory.admin.create([TopicSpecification(name: "a", partitions: 2)])
        try fill("a", 0, 100..<100 + count)
        #expect {
            try run()
        } throws: { ($0 as? Failure)?.code == "other_topic" && ($0 as? Failure)?.kind == .setup }
        #expect(archived() == ["a/0": [0, 1, 2, 3, 4]])
    }

    @Test("whatever fails at whatever step, each record is archived once and in order")
    func random() throws {
        var generator = SystemRandomNumberGenerator()
        for round in 0..<60 {
            let test = ArchiveLoopTests()
            try test.fill("a", 0, 0..<30)
            try test.fill("a", 1, 30..<41)
            try test.fill("b", 0, 50..<67)
            var failing = 0
            test.archive.trouble = { _ in
                guard failing < 25, Int.random(in: 0..<3, using: &generator) == 0 else { return }
                failing += 1
                throw test.down
            }
            for operation in [MemoryLog.Operation.poll, .consumer, .admin] {
                for _ in 0..<4 {
                    test.memory.fail(
                        operation, with: down, skip: Int.random(in: 0..<4, using: &generator),
                        times: Int.random(in: 0..<3, using: &generator))
                }
            }
            try test.run()
            let expected: [String: [UInt8]] = [
                "a/0": Array(0..<30), "a/1": Array(30..<41), "b/0": Array(50..<67),
            ]
            #expect(test.archived() == expected, "round \(round)")
        }
    }
}

/// What was logged.
private final class Heard: Sendable {
    let list = Mutex<[String]>([])
}

/// Keeps the messages that are logged.
private struct Listener: LogHandler {
    let heard: Heard
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { heard.list.withLock { $0.append("\(event.message)") } }
}

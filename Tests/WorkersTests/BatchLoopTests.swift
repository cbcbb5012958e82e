import Dispatch
import Logging
import Synchronization
import Testing
import TopicLog

@testable import Workers

/// A stage that does what a test says, and copies the value to another topic otherwise.
private struct CopyStage: Stage {
    let name = "copy"
    let engineNumber = 1
    var body: @Sendable (Record) -> Outcome?

    func process(_ record: Record) -> Outcome {
        body(record) ?? .emit([Outgoing(topic: "out", partition: 0, key: record.key, value: record.value)])
    }
}

@Suite("The batch loop")
struct BatchLoopTests {
    private let clock = ManualClock()
    private let effects = Effects()
    private let stop = StopSignal()
    private let memory: MemoryLog
    private let log: EffectLog
    private let around: Surroundings

    init() throws {
        memory = MemoryLog(topics: [
            TopicSpecification(name: "in", partitions: 2), TopicSpecification(name: "out", partitions: 1),
            TopicSpecification(name: "dead", partitions: 1),
        ])
        log = EffectLog(memory, clock, effects)
        around = Surroundings(
            worker: "copy", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, stop: stop, clock: clock,
            random: { 1 })
        let producer = try memory.producer(transactionalID: "fill")
        try producer.transact(
            (0..<10).map { Outgoing(topic: "in", partition: $0 < 6 ? 0 : 1, key: nil, value: [UInt8($0)]) },
            consumed: nil)
        producer.close()
    }

    private func run(
        bounds: DeadLetterBounds = DeadLetterBounds(inARow: 100), records: Int = 4, together: Int = 1,
        drain: Bool = true,
        _ body: @escaping @Sendable (Record) -> Outcome? = { _ in nil }
    ) throws {
        if drain { stop.raise(to: .drain) }
        let handler = StageHandler(
            log, stage: CopyStage(body: body), transactionalID: "copy", deadLetters: "dead", bounds: bounds,
            outputBytes: 1 << 20, around: around)
        try around.queue.sync {
            try BatchLoop(
                log, topics: ["in"],
                settings: ConsumingSettings(
                    group: "g", limit: BatchLimit(records: records, bytes: 1000, wait: .milliseconds(500)),
                    together: together),
                handler: handler, around: around
            ).run()
        }
    }

    /// Values written, those of the first partition first.
    private var written: [UInt8] { memory.records(of: "out").compactMap { $0.value?.first }.sorted() }
    private var committed: Int64 {
        ((try? memory.admin.groupOffsets("g")) ?? [:]).values.reduce(0, +)
    }

    @Test("everything is written once, in the order of its partition, and the offsets follow")
    func plain() throws {
        try run()
        let values = memory.records(of: "out").compactMap { $0.value?.first }
        #expect(values.filter { $0 < 6 } == [0, 1, 2, 3, 4, 5])
        #expect(values.filter { $0 >= 6 } == [6, 7, 8, 9])
        #expect(committed == 10)
        let status = around.board.snapshot
        #expect(status.received == ["in": 10])
        #expect(status.emitted == ["out": 10])
        #expect(status.isHealthy)
    }

    @Test("a batch comes before its commit, and nothing is between batches")
    func order() throws {
        try run(records: 100)
        // The second reader looks what the first record of each new partition is, before anything is read.
        #expect(
            effects.list == ["produce as copy", "join", "join", "poll", "poll", "transact 10", "transacted"])
    }

    /// Holds the first transaction up until so many records were worked out; each is to be signalled.
    private func holdingFirst(for count: Int) -> DispatchSemaphore {
        let processed = DispatchSemaphore(value: 0)
        let isFirst = Mutex(true)
        log.whenTransacting.withLock {
            $0 = {
                guard
                    isFirst.withLock({ first in
                        defer { first = false }; return first
                    })
                else { return }
                for _ in 0..<count { #expect(processed.wait(timeout: .now() + .seconds(60)) == .success) }
            }
        }
        return processed
    }

    @Test("what comes while a batch is committed is worked out meanwhile, and goes into one transaction")
    func together() throws {
        // The first batch of two, and three more while it is being committed.
        let processed = holdingFirst(for: 8)
        try run(records: 2, together: 3) { _ in
            processed.signal()
            return nil
        }
        #expect(effects.list.filter { $0.hasPrefix("transact ") } == ["transact 2", "transact 6", "transact 2"])
        #expect(written == Array(0..<10) && committed == 10)
    }

    @Test("a batch that cannot be prepared holds up none before it")
    func togetherWithBad() throws {
        let processed = holdingFirst(for: 6)
        #expect {
            try run(bounds: DeadLetterBounds(inARow: 1), records: 2, together: 3) { record in
                processed.signal()
                return [4, 5].contains(record.value?.first) ? .reject(Failure(.data, code: "bad", "It is bad.")) : nil
            }
        } throws: {
            ($0 as? Failure)?.code == "dead_letter_limit"
        }
        // Two rejected records in a row are too many; what came before them is committed.
        #expect(written == [0, 1, 2, 3, 6, 7, 8, 9] && committed == 8)
        #expect(memory.records(of: "dead").isEmpty)
    }

    @Test("what is skipped or rejected moves on with its batch")
    func outcomes() throws {
        try run { record in
            switch record.value?.first {
            case 2: .skip(reason: "dull")
            case 3: .reject(Failure(.data, code: "bad", "It is bad."))
            default: nil
            }
        }
        #expect(written == [0, 1, 4, 5, 6, 7, 8, 9])
        #expect(memory.records(of: "dead").map { $0.value } == [[3]])
        #expect(committed == 10)
        #expect(around.board.snapshot.skipped == ["dull": 1])
        #expect(around.board.snapshot.deadLetters == ["bad": 1])
    }

    @Test("sizes and times of batches are counted, pauses of an outage included")
    func measured() throws {
        memory.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 8)
        try run()
        let status = around.board.snapshot
        #expect(status.batchSizes.count == status.batches && status.batchSizes.sum == 10)
        // 200 ms doubled seven times and one of 30 s at most: the first batch took 51 s.
        #expect(status.batchTimes.sum > 50 && status.batchTimes.counts.dropLast().last == 1)
        #expect(status.rebalances == 1)
    }

    @Test("in an outage it keeps polling, tells that it is not well, and does the same batch again")
    func outage() throws {
        let polls = Mutex<[Duration]>([])
        memory.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 8)
        let board = around.board
        let clock = clock
        let wasUnhealthy = Mutex(false)
        log.whenPolled.withLock {
            $0 = {
                polls.withLock { $0.append(clock.uptime) }
                if board.snapshot.phase == .backingOff && !board.snapshot.isHealthy {
                    wasUnhealthy.withLock { $0 = true }
                }
            }
        }
        try run()
        #expect(written == Array(0..<10))
        #expect(around.board.snapshot.retries == ["broker_down": 8])
        #expect(wasUnhealthy.withLock { $0 })
        #expect(around.board.snapshot.isHealthy)
        let times = polls.withLock { $0 }
        // 200 ms doubled seven times: 51 s, with a poll at least every half second.
        #expect((times.last ?? .zero) > .seconds(50))
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= .milliseconds(500) })
    }

    @Test("an outage inside a stage holds up the batch and makes no dead letter")
    func transientStage() throws {
        let left = Mutex(3)
        try run { _ in
            left.withLock {
                guard $0 > 0 else { return nil }
                $0 -= 1
                return .reject(Failure(.transient, code: "slow", "not now"))
            }
        }
        #expect(written == Array(0..<10))
        #expect(memory.records(of: "dead").isEmpty)
    }

    @Test("a batch whose partitions went elsewhere is dropped, and nothing is lost or doubled")
    func lost() throws {
        memory.fail(.transact, with: Failure(.lostAssignment, code: "generation", "gone"), skip: 1)
        try run()
        #expect(written == Array(0..<10))
        #expect(around.board.snapshot.dropped == 1)
    }

    @Test("members thrown out in the middle of a batch come back and do it again")
    func expelled() throws {
        let memory = memory
        let left = Mutex(2)
        try run { record in
            left.withLock {
                guard $0 > 0, record.value == [4] || record.value == [7] else { return }
                $0 -= 1
                memory.expelMembers(of: "g")
            }
            return nil
        }
        #expect(written == Array(0..<10))
        #expect(committed == 10)
    }

    @Test("an outage during which the partitions go and come back doubles nothing")
    func expelledInOutage() throws {
        let memory = memory
        memory.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 3)
        let left = Mutex(1)
        let board = around.board
        log.whenPolled.withLock {
            $0 = {
                guard board.snapshot.phase == .backingOff else { return }
                left.withLock {
                    if $0 > 0 { memory.expelMembers(of: "g") }
                    $0 = 0
                }
            }
        }
        try run()
        #expect(written == Array(0..<10))
        #expect(committed == 10)
    }

    @Test("a newer process of the same name stops this one, and it writes nothing more")
    func fenced() throws {
        let memory = memory
        #expect {
            try run { record in
                if record.value == [5] { _ = try? memory.producer(transactionalID: "copy") }
                return nil
            }
        } throws: { error in
            (error as? Failure)?.kind == .fenced
        }
        #expect(written.count < 10)
        #expect(committed == Int64(written.count))
    }

    @Test("a member that is fenced during an outage stops, and does not wait for ever")
    func fencedDuringOutage() {
        memory.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 8)
        memory.fail(.poll, with: Failure(.fenced, code: "fenced", "Another has the name."), skip: 2)
        #expect(throws: Failure(.fenced, code: "fenced", "Another has the name.")) { try run() }
        #expect(written == [] && committed == 0)
    }

    @Test("a setting that cannot work stops it with the sentence")
    func setup() {
        memory.fail(.poll, with: Failure(.setup, code: "unknown_topic", "There is no topic."), skip: 1)
        #expect(throws: Failure(.setup, code: "unknown_topic", "There is no topic.")) { try run() }
    }

    @Test("too many rejected in a row stop it before they are dead letters")
    func limit() throws {
        #expect {
            try run(bounds: DeadLetterBounds(inARow: 3), records: 100) { _ in
                .reject(Failure(.data, code: "bad", "It is bad."))
            }
        } throws: { error in
            (error as? Failure)?.code == "dead_letter_limit"
        }
        #expect(memory.records(of: "dead").isEmpty)
        #expect(committed == 0)
    }

    @Test("too many rejected among the last ones stop it, too, and a batch that was not committed does not count")
    func share() throws {
        var limit = DeadLetterBounds(inARow: 100, share: 60, window: 8)
        let reject = { @Sendable (record: Record) -> Outcome? in
            (record.value?.first ?? 0) % 4 == 0 ? nil : .reject(Failure(.data, code: "bad", "It is bad."))
        }
        #expect {
            try run(bounds: limit, records: 100, reject)
        } throws: { error in
            (error as? Failure)?.message.contains("raise dead-letters.share") == true
        }
        #expect(memory.records(of: "dead").isEmpty)
        limit = DeadLetterBounds(inARow: 100, share: 80, window: 8)
        try run(bounds: limit, records: 100, reject)
        #expect(memory.records(of: "dead").count == 7)
    }

    @Test("rejected records with good ones between them do not stop it")
    func mixed() throws {
        try run(bounds: DeadLetterBounds(inARow: 1), records: 100) { record in
            (record.value?.first ?? 0) % 2 == 0 ? .reject(Failure(.data, code: "bad", "It is bad.")) : nil
        }
        #expect(memory.records(of: "dead").count == 5)
    }

    @Test("a stop finishes the batch, a hard stop drops it; a restart is exact either way")
    func stops() throws {
        for level in [StopSignal.Level.stop, .stopNow] {
            let test = try BatchLoopTests()
            let stop = test.stop
            try test.run(drain: false) { _ in
                stop.raise(to: level)
                return nil
            }
            #expect(test.written.count == (level == .stop ? 4 : 0))
            #expect(test.committed == Int64(test.written.count))
            let next = Surroundings(
                worker: "copy", logger: test.around.logger, clock: test.clock, random: { 1 })
            next.stop.raise(to: .drain)
            let handler = StageHandler(
                test.log, stage: CopyStage(body: { _ in nil }), transactionalID: "copy", deadLetters: "dead",
                bounds: DeadLetterBounds(inARow: 9), outputBytes: 1 << 20, around: next)
            try next.queue.sync {
                try BatchLoop(
                    test.log, topics: ["in"], settings: ConsumingSettings(group: "g"), handler: handler, around: next
                ).run()
            }
            #expect(test.written == Array(0..<10))
        }
    }

    @Test("a stop during an outage ends it at once")
    func stopInOutage() throws {
        memory.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 1000)
        let stop = stop
        let board = around.board
        log.whenPolled.withLock {
            $0 = { if board.snapshot.retries["broker_down", default: 0] > 5 { stop.raise(to: .stop) } }
        }
        try run(drain: false)
        #expect(written.isEmpty)
        #expect(committed == 0)
    }

    @Test("a batch is cut where its records end, and each partition goes on where it was cut")
    func split() {
        func record(_ partition: Int32, _ offset: Int64) -> Record {
            Record(
                partition: TopicPartition("in", partition), offset: offset, timestamp: Timestamp(milliseconds: 0),
                key: nil, value: nil, headers: [])
        }
        let batch = Batch(
            records: [record(0, 3), record(1, 7), record(0, 5), record(1, 8)],
            next: [TopicPartition("in", 0): 6, TopicPartition("in", 1): 10])
        let (head, rest) = batch.split(3)
        #expect(head.records == Array(batch.records[..<3]))
        #expect(head.next == [TopicPartition("in", 0): 6, TopicPartition("in", 1): 8])
        #expect(rest == Batch(records: [record(1, 8)], next: [TopicPartition("in", 1): 10]))
        let (one, others) = batch.split(1)
        #expect(one.next == [TopicPartition("in", 0): 5])
        #expect(others.next == batch.next)
        #expect(batch.split(4).1.next.isEmpty)
    }

    @Test("a record that the log would refuse becomes a dead letter")
    func oversize() throws {
        let size = memory.features.maximumValueBytes + 1
        try run { record in
            guard record.value == [5] else { return nil }
            return .emit([Outgoing(topic: "out", key: nil, value: [UInt8](repeating: 0, count: size))])
        }
        #expect(written == [0, 1, 2, 3, 4, 6, 7, 8, 9])
        #expect(around.board.snapshot.deadLetters == ["result_too_large": 1])
    }
}

import BulletinModel
import Foundation
import Logging
import Store
import Synchronization
import Testing
import TopicLog

@testable import Workers

@Suite("What workers measure")
struct MeasuringTests {
    @Test("the time from receipt to rows is counted once an article")
    func latency() throws {
        let world = try World()
        try world.produce("收入12元。", "共78元。")
        #expect(world.status.lastBulletin == world.clock.now)
        world.clock.advance(.seconds(20))
        try world.enrich()
        world.clock.advance(.seconds(20))
        try world.sink()
        let latencies = world.status.latencies
        #expect(latencies.count == 2)
        #expect(latencies.sum >= 80 && latencies.sum < 120)
        #expect(world.status.lastBulletin != nil)
        #expect(world.boards.map(\.snapshot.batches).allSatisfy { $0 > 0 })
    }

    @Test("transactions are counted with their end, those of the database apart")
    func transactions() throws {
        let world = try World()
        let board = StatusBoard(worker: "sink")
        let log = CountedLog(world.log, on: board)
        let producer = try log.producer(transactionalID: "p")
        let record = Outgoing(topic: "gongbao.articles", key: nil, value: [1])
        try producer.transact([record], consumed: nil)
        world.log.base.fail(.transact, with: Failure(.transient, code: "broker_down", "down"), times: 1)
        #expect(throws: Failure.self) { try producer.transact([record], consumed: nil) }
        #expect(board.snapshot.logTransactions == TransactionCounts(committed: 1, aborted: 1))
        let store = CountedStore(world.store, on: board)
        try store.apply([], moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 3)])
        #expect(throws: (any Error).self) {
            try store.apply([], moving: [ProgressMove(topic: "t", partition: 0, from: 9, to: 12)])
        }
        #expect(board.snapshot.databaseTransactions == TransactionCounts(committed: 1, aborted: 1))
        #expect(try store.progress([("t", 0)]).map(\.offset) == [3])
    }

    @Test("how much waits is told while the database is away, too")
    func lagDuringOutage() throws {
        let world = try World()
        try world.produce("收入12元。", "共78元。", "又3元。")
        try world.enrich()
        let store = AwayStore(world.store, times: 3) { world.status.lag.values.reduce(0, +) }
        try world.sink(with: store)
        #expect(store.seen.withLock { $0.count } == 4)
        #expect(store.seen.withLock { $0.dropFirst() }.allSatisfy { $0 > 0 })
    }

    @Test("buckets take what is up to their bound, the last what is beyond, and nothing is lost")
    func buckets() {
        var distribution = Distribution(bounds: [1, 2.5])
        for value in [0, 1, 1.5, 2.5, 2.6, 1e9, .nan, .infinity] { distribution.observe(value) }
        #expect(distribution.counts == [2, 2, 2] && distribution.count == 6)
        distribution.observe(.seconds(-3))
        #expect(distribution.counts == [3, 2, 2])
    }

    @Test("a dead letter is logged with its place, its code and the trace of its record")
    func rejections() {
        let trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
        let record = Record(
            partition: TopicPartition("t", 3), offset: 8, timestamp: Timestamp(milliseconds: 0), key: nil, value: nil,
            headers: [Header("traceparent", trace)])
        let rejection = Rejection(record, Failure(.data, code: "bad", "It is bad."))
        #expect(
            rejection.metadata == [
                "record.topic": "t", "record.partition": "3", "record.offset": "8", "failure.code": "bad",
                "failure.reason": "It is bad.", "traceparent": trace,
            ])
    }
}

/// A database that is away for the first writes, and notes what is seen at each attempt.
///
/// `@unchecked Sendable`: the loop that calls it runs on the test's own thread.
private final class AwayStore: SinkStore, @unchecked Sendable {
    private let base: any SinkStore
    private let times: Int
    private let look: () -> Int64
    let seen = Mutex<[Int64]>([])

    init(_ base: any SinkStore, times: Int, look: @escaping () -> Int64) {
        (self.base, self.times, self.look) = (base, times, look)
    }

    func progress(_ partitions: [(topic: String, partition: Int32)]) throws -> [Place] {
        try base.progress(partitions)
    }
    func apply(_ changes: [StoreChange], moving progress: [ProgressMove]) throws {
        let attempt = seen.withLock { seen in
            if seen.count <= times { seen.append(look()) }
            return seen.count
        }
        if attempt <= times { throw Failure(.transient, code: "locked", "The database is locked.") }
        try base.apply(changes, moving: progress)
    }
    func pending(_ key: ReadingKey) throws -> [PendingIndicator] { try base.pending(key) }
    func outbox(_ partitions: [(topic: String, partition: Int32)]) throws -> [OutboxEntry] {
        try base.outbox(partitions)
    }
    func forget(_ origins: [Place]) throws { try base.forget(origins) }
}

@Suite("Health")
struct WorkerHealthTests {
    private let limits = HealthLimits(stalledAfter: .seconds(60), lag: 100)

    private func status(_ change: (inout WorkerStatus) -> Void = { _ in }) -> WorkerStatus {
        var status = WorkerStatus(worker: "enrich")
        status.phase = .waiting
        change(&status)
        return status
    }

    private func codes(_ status: WorkerStatus, at uptime: Duration = .seconds(10)) -> [String] {
        status.reasons(at: uptime, limits).map(\.code)
    }

    @Test("a worker whose loop turns and that keeps up is well")
    func well() {
        #expect(codes(status()).isEmpty)
        #expect(status().stalled(at: .seconds(60), limits) == nil)
        #expect(codes(status { $0.lag = [TopicPartition("t", 0): 60, TopicPartition("t", 1): 40] }).isEmpty)
    }

    @Test("before its first turn a loop is as old as its worker, however long the machine runs")
    func first() throws {
        let world = try World()
        world.clock.advance(.seconds(100_000))
        let status = world.around(.enrich).board.snapshot
        #expect(status.stalled(at: world.clock.uptime + .seconds(1), limits) == nil)
        #expect(status.stalled(at: world.clock.uptime + .seconds(61), limits) != nil)
    }

    @Test("a loop that does not turn calls for a restart")
    func stalled() throws {
        let hung = status {
            $0.phase = .committing
            $0.inFlightRecords = 7
        }
        let reason = try #require(hung.stalled(at: .seconds(61), limits))
        #expect(reason.code == "stalled" && reason.reason.contains("61 s") && reason.reason.contains("committing"))
        #expect(codes(hung, at: .seconds(61)) == ["stalled"])
    }

    @Test("an outage is said, and is no reason for a restart")
    func outage() {
        let waiting = status { $0.trouble = Failure(.transient, code: "broker_down", "No broker answers.") }
        #expect(codes(waiting) == ["broker_down"])
        #expect(waiting.stalled(at: .seconds(10), limits) == nil)
    }

    @Test("a lag beyond the limit is said, whatever the partitions")
    func lag() {
        let late = status { $0.lag = [TopicPartition("t", 0): 60, TopicPartition("t", 1): 41] }
        #expect(codes(late) == ["lag"])
        #expect(late.reasons(at: .zero, HealthLimits()).isEmpty)
    }

    @Test("before its start and at its end a worker is not ready; one that failed calls for a restart")
    func ends() throws {
        #expect(codes(status { $0.phase = .starting }) == ["starting"])
        #expect(codes(status { $0.phase = .leaving }) == ["stopping"])
        #expect(codes(status { $0.phase = .stopped }) == ["stopped"])
        #expect(status { $0.phase = .stopped }.stalled(at: .seconds(1000), limits) == nil)
        let failed = status {
            $0.phase = .stopped
            $0.trouble = Failure(.fatal, code: "fenced", "Another took over.")
        }
        #expect(failed.stalled(at: .zero, limits)?.code == "fenced")
        #expect(codes(failed) == ["fenced"])
    }
}

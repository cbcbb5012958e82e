import Foundation
import Testing

@testable import TopicLog

@Suite("A log within one process")
struct LocalLogTests {
    private final class Uptime: @unchecked Sendable {  // Guarded by its lock.
        private let lock = NSLock()
        private var instant = ContinuousClock.now

        var now: ContinuousClock.Instant { lock.withLock { instant } }

        func advance(_ duration: Duration) { lock.withLock { instant += duration } }
    }

    private let uptime = Uptime()
    private let limit = BatchLimit(records: 10, bytes: 1_000, wait: .zero)

    private func makeLog() throws -> LocalLog {
        let log = LocalLog(
            storage: MemoryStorage(), features: Features(backend: "the log"), sessionTimeout: .seconds(10),
            now: { Timestamp(milliseconds: 0) }, uptime: { [uptime] in uptime.now })
        try log.admin.create([TopicSpecification(name: "t", partitions: 2)])
        try log.producer(transactionalID: "p").transact(
            (0..<2).map { Outgoing(topic: "t", partition: $0, key: nil, value: [1]) }, consumed: nil)
        return log
    }

    private func member(_ log: LocalLog) throws -> any TopicConsumer {
        try log.consumer(ConsumerSettings(.group("g", topics: ["t"], member: nil)))
    }

    @Test("gives a member's partitions away when it stays away from poll, and lets it come back")
    func expires() throws {
        let log = try makeLog()
        let (sleepy, awake) = (try member(log), try member(log))
        let batch = try sleepy.poll(limit)
        #expect(try awake.poll(limit).records.count == 1)
        awake.close()
        uptime.advance(.seconds(11))
        // Nobody waits for what it has: nothing happens.
        let next = Consumed(by: sleepy, next: batch.next)
        try log.producer(transactionalID: "p").transact([], consumed: next)
        let eager = try member(log)
        uptime.advance(.seconds(9))
        #expect(try eager.poll(limit).records.count == 1)
        #expect(eager.assignment == [TopicPartition("t", 1)])
        _ = try sleepy.poll(limit)
        eager.close()
        let third = try member(log)
        _ = try sleepy.poll(limit)
        #expect(sleepy.assignment == [TopicPartition("t", 0)])
        third.close()
        _ = try sleepy.poll(limit)
        #expect(sleepy.assignment.count == 2)
        let fourth = try member(log)
        uptime.advance(.seconds(11))
        _ = try fourth.poll(limit)
        #expect(fourth.assignment.count == 2)
        let error = #expect(throws: Failure.self) {
            try log.producer(transactionalID: "p").transact([], consumed: next)
        }
        #expect(error?.kind == .lostAssignment)
        _ = try sleepy.poll(limit)
        _ = try fourth.poll(limit)
        _ = try sleepy.poll(limit)
        #expect(sleepy.assignment.count == 1 && fourth.assignment.count == 1)
    }

    @Test("never lets two members own a partition, whoever comes, goes and stays away", arguments: UInt64(1)...10)
    func ownersAreUnique(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let log = try makeLog()
        try log.admin.create([TopicSpecification(name: "u", partitions: 5)])
        var members: [any TopicConsumer] = []
        for _ in 0..<300 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0 where members.count < 6, _ where members.isEmpty:
                members.append(
                    try log.consumer(ConsumerSettings(.group("g", topics: ["t", "u"], member: nil))))
            case 1:
                members.remove(at: Int.random(in: members.indices, using: &random)).close()
            case 2:
                uptime.advance(.seconds(Int64.random(in: 0...12, using: &random)))
            default:
                _ = try members.randomElement(using: &random)?.poll(limit)
            }
            for name in try log.admin.describe(nil) {
                for number in 0..<name.partitions {
                    let partition = TopicPartition(name.name, Int32(number))
                    let owners = members.filter { $0.assignment.contains(partition) && commits(log, $0, partition) }
                    #expect(owners.count <= 1, "seed \(seed): \(partition)")
                }
            }
        }
        // Once all is quiet, all is shared.
        if members.isEmpty {
            members.append(try log.consumer(ConsumerSettings(.group("g", topics: ["t", "u"], member: nil))))
        }
        for _ in 0..<20 { for member in members { _ = try member.poll(limit) } }
        #expect(members.reduce(0) { $0 + $1.assignment.count } == 7)
    }

    private func commits(_ log: LocalLog, _ member: any TopicConsumer, _ partition: TopicPartition) -> Bool {
        (try? member.commit([partition: 0])) != nil
    }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

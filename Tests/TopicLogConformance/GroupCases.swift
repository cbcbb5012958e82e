import Foundation
import Testing
import TopicLog

extension Conformance {
    /// Sharing partitions, and where a group begins.
    static let groupCases: [ConformanceCase] = [
        ConformanceCase("Two members share the partitions, and one that leaves hands its own over") { context in
            let topic = try context.topic(partitions: 4)
            let all = Set((0..<4).map { TopicPartition(topic, $0) })
            let first = try context.member([topic])
            try context.poll([first], until: "all partitions") { _ in first.assignment == all }
            let second = try context.member([topic])
            try context.poll([first, second], until: "two each") { _ in
                first.assignment.count == 2 && second.assignment.count == 2
            }
            #expect(first.assignment.union(second.assignment) == all)
            try context.append((0..<40).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 4)) })
            var mine: [Record] = []
            var theirs: [Record] = []
            try context.eventually("40 records") {
                mine += try first.poll(.brief).records
                theirs += try second.poll(.brief).records
                return mine.count + theirs.count >= 40
            }
            #expect(Set(mine.map(\.partition)).isDisjoint(with: theirs.map(\.partition)))
            #expect((mine + theirs).map { Int($0.text) ?? -1 }.sorted() == Array(0..<40))
            second.close()
            try context.poll([first], until: "all partitions again") { _ in first.assignment == all }
            let third = try context.member([topic])
            try context.poll([first, third], until: "two each again") { _ in
                first.assignment.count == 2 && third.assignment.count == 2
            }
        },
        ConformanceCase("What is noted with a group's offset comes back with it, and goes with the next that has none")
        {
            context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append([Outgoing(topic, nil, "1"), Outgoing(topic, nil, "2")])
            let member = try context.member([topic])
            try context.poll([member], until: "the partition") { _ in !member.assignment.isEmpty }
            #expect(try member.notes([partition]).isEmpty)
            let producer = try context.producer()
            let text = "last 0 0123456789abcdef first 0 0123456789abcdef"
            try producer.transact([], consumed: Consumed(by: member, next: [partition: 1], notes: [partition: text]))
            #expect(try member.notes([partition]) == [partition: text])
            try producer.transact([], consumed: Consumed(by: member, next: [partition: 2]))
            #expect(try member.notes([partition]).isEmpty)
            #expect(try member.committed([partition]) == [partition: 2])
        },
        ConformanceCase("More members than partitions: the others wait their turn") { context in
            let topic = try context.topic()
            let members = try (0..<2).map { _ in try context.member([topic]) }
            try context.poll(members, until: "one owner") { _ in
                members.map(\.assignment.count).sorted() == [0, 1]
            }
            let owner = try #require(members.first { !$0.assignment.isEmpty })
            let other = try #require(members.first { $0.assignment.isEmpty })
            owner.close()
            try context.poll([other], until: "the partition") { _ in other.assignment.count == 1 }
        },
        ConformanceCase("A group goes on at its offsets, another begins by itself") { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<10).map { Outgoing(topic, nil, "\($0)") })
            let first = try context.member([topic])
            let read = try context.read(10, from: first)
            try first.commit([partition: read[6].offset])
            #expect(try first.committed([partition, TopicPartition(topic, 7)]) == [partition: read[6].offset])
            first.close()
            let second = try context.member([topic])
            #expect(try context.read(4, from: second).map(\.text) == ["6", "7", "8", "9"])
            let other = try context.member([topic], group: "other")
            #expect(try context.read(10, from: other).count == 10)
            #expect(try other.committed([partition]) == [:])
        },
        ConformanceCase("What was read and not committed comes again") { context in
            let topic = try context.topic()
            try context.append((0..<5).map { Outgoing(topic, nil, "\($0)") })
            let first = try context.member([topic])
            #expect(try context.read(5, from: first).count == 5)
            first.close()
            #expect(try context.read(5, from: context.member([topic])).map(\.text) == ["0", "1", "2", "3", "4"])
        },
        ConformanceCase("A rebalance hands uncommitted records to the next owner") { context in
            let topic = try context.topic(partitions: 2)
            try context.append((0..<20).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 2)) })
            let first = try context.member([topic])
            _ = try context.read(20, from: first)
            let second = try context.member([topic])
            let again = try context.poll([first, second], until: "one each and its records") { more in
                second.assignment.count == 1 && first.assignment.count == 1
                    && more.filter { second.assignment.contains($0.partition) }.count >= 10
            }
            let moved = try #require(second.assignment.first)
            #expect(again.filter { $0.partition == moved }.count == 10)
        },
        ConformanceCase("The listener hears what comes and goes, inside poll") { context in
            let topic = try context.topic(partitions: 2)
            let listener = RecordingListener()
            let first = try context.member([topic], listener: listener)
            try context.poll([first], until: "both partitions") { _ in first.assignment.count == 2 }
            #expect(Set(listener.told.assigned.flatMap { $0 }) == first.assignment)
            let second = try context.member([topic])
            try context.poll([first, second], until: "one each") { _ in
                first.assignment.count == 1 && second.assignment.count == 1
            }
            // An eager rebalance takes both and gives one back; an incremental one takes one.
            let moved = second.assignment
            #expect(Set(listener.told.revoked.flatMap { $0 }).isSuperset(of: moved))
            second.close()
            try context.poll([first], until: "both again") { _ in first.assignment.count == 2 }
            #expect(try #require(listener.told.assigned.last).contains { moved.contains($0) })
        },
        ConformanceCase("The listener's offsets win over the group's") { context in
            let topic = try context.topic(partitions: 2)
            let partition = TopicPartition(topic, 0)
            try context.append((0..<20).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 2)) })
            let first = try context.member([topic])
            let read = try context.read(20, from: first).filter { $0.partition == partition }
            try first.commit([partition: read[2].offset])
            first.close()
            let start = read[8].offset
            let second = try context.member([topic], listener: RecordingListener { [partition: start] })
            let records = try context.read(12, from: second)
            #expect(records.filter { $0.partition == partition }.map(\.text) == ["16", "18"])
            #expect(records.filter { $0.partition != partition }.count == 10)
        },
        ConformanceCase("A listener that cannot begin is heard, and asked again") { context in
            struct Refusal: Error {}
            let topic = try context.topic()
            try context.append([Outgoing(topic, nil, "0")])
            let refusals = Countdown(2)
            let listener = RecordingListener {
                if refusals.next() { throw Refusal() }
                return [:]
            }
            let member = try context.member([topic], listener: listener)
            var refused = 0
            var records: [Record] = []
            try context.eventually("a record after two refusals") {
                do {
                    records += try member.poll(.brief).records
                } catch is Refusal {
                    refused += 1
                    #expect(records.isEmpty)
                }
                return !records.isEmpty
            }
            #expect(refused == 2)
            #expect(records.map(\.text) == ["0"])
        },
    ]

    /// Where a partition without a usable offset begins.
    static let resetCases: [ConformanceCase] = [
        ConformanceCase("Without an offset a group begins where the reset policy says", needs: .reset) { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<3).map { Outgoing(topic, nil, "\($0)") })
            let late = try context.member([topic], group: "late", reset: .latest)
            try context.poll([late], until: "the end") { records in
                #expect(records.isEmpty)
                return late.position(partition) != nil
            }
            try context.append([Outgoing(topic, nil, "new")])
            #expect(try context.read(1, from: late).map(\.text) == ["new"])
            let strict = try context.member([topic], group: "strict", reset: .error)
            let error = try context.failure { _ = try strict.poll(.brief) }
            #expect(error.kind == .setup, "\(error)")
            let early = try context.member([topic], group: "early", reset: .earliest)
            #expect(try context.read(4, from: early).count == 4)
        },
        ConformanceCase("An offset past the end is gone, too", needs: .reset) { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<3).map { Outgoing(topic, nil, "\($0)") })
            let strict = try context.consumer(ConsumerSettings(.partitions([partition: 1_000]), reset: .error))
            #expect(try context.failure { _ = try strict.poll(.brief) }.kind == .setup)
            let early = try context.consumer(ConsumerSettings(.partitions([partition: 1_000]), reset: .earliest))
            #expect(try context.read(3, from: early).map(\.text) == ["0", "1", "2"])
        },
        ConformanceCase("Deleted records are gone, and who stood there is reset", needs: .deletion, .reset) { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<10).map { Outgoing(topic, nil, "\($0)") })
            let read = try context.read(10, from: context.reader(topic))
            let admin = try context.log().admin
            try admin.deleteRecords(before: [partition: read[4].offset])
            let low = try #require(try admin.watermarks([partition])[partition]?.low)
            #expect(low == read[4].offset)
            let early = try context.consumer(ConsumerSettings(.partitions([partition: read[1].offset])))
            #expect(try context.read(6, from: early).first?.text == "4")
            let strict = try context.consumer(
                ConsumerSettings(.partitions([partition: read[1].offset]), reset: .error))
            #expect(try context.failure { _ = try strict.poll(.brief) }.kind == .setup)
            let standing = try context.consumer(
                ConsumerSettings(.partitions([partition: read[4].offset]), reset: .error))
            #expect(try context.read(6, from: standing).first?.text == "4")
        },
        ConformanceCase("A topic that does not exist is an error of set-up", needs: .refusal) { context in
            let unknown = context.name("unknown")
            let error = try context.failure {
                _ = try context.member([unknown]).poll(.brief)
            }
            #expect(error.kind == .setup, "\(error)")
            #expect(error.code == "unknown_topic")
            let producer = try context.producer()
            let refused = try context.failure { try producer.transact([Outgoing(unknown, nil, "x")], consumed: nil) }
            #expect(refused.kind == .setup, "\(refused)")
            #expect(refused.code == "unknown_topic")
        },
    ]
}

/// Counts down from any thread.
final class Countdown: @unchecked Sendable {  // Guarded by its lock.
    private let lock = NSLock()
    private var rest: Int

    init(_ count: Int) {
        rest = count
    }

    /// True as often as it was told.
    func next() -> Bool {
        lock.withLock {
            rest -= 1
            return rest >= 0
        }
    }
}

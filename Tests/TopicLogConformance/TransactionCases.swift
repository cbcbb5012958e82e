import Foundation
import Testing
import TopicLog

extension Conformance {
    /// All or nothing.
    static let transactionCases: [ConformanceCase] = [
        ConformanceCase("Records of a transaction in many topics are all visible when it returns") { context in
            let topics = try (0..<3).map { try context.topic("topic-\($0)", partitions: 2) }
            let producer = try context.producer()
            for round in 0..<4 {
                try producer.transact(
                    topics.flatMap { t in (0..<2).map { Outgoing(t, nil, "\(round)", partition: $0) } }, consumed: nil)
            }
            let member = try context.member(topics)
            let records = try context.read(24, from: member)
            for (partition, read) in Dictionary(grouping: records, by: \.partition) {
                #expect(read.map(\.text) == ["0", "1", "2", "3"], "\(partition)")
            }
        },
        ConformanceCase("Records and consumed offsets become visible together", needs: .offsetsInTransactions) {
            context in
            let (input, output) = (try context.topic("input"), try context.topic("output"))
            let partition = TopicPartition(input, 0)
            try context.append((0..<6).map { Outgoing(input, nil, "\($0)") })
            let member = try context.member([input])
            let read = try context.read(6, from: member)
            let producer = try context.producer()
            try producer.transact(
                read[..<4].map { Outgoing(output, nil, $0.text) },
                consumed: Consumed(by: member, next: [partition: read[3].offset + 1]))
            #expect(try member.committed([partition]) == [partition: read[3].offset + 1])
            member.close()
            #expect(try context.read(2, from: context.member([input])).map(\.text) == ["4", "5"])
            #expect(try context.read(4, from: context.reader(output)).map(\.text) == ["0", "1", "2", "3"])
        },
        ConformanceCase(
            "A transaction that cannot be whole leaves nothing", needs: .refusal, .isolation, .offsetsInTransactions
        ) { context in
            let (input, output) = (try context.topic("input"), try context.topic("output"))
            let partition = TopicPartition(input, 0)
            try context.append([Outgoing(input, nil, "0")])
            let member = try context.member([input])
            let read = try context.read(1, from: member)
            let producer = try context.producer("half")
            let error = try context.failure {
                try producer.transact(
                    [Outgoing(output, nil, "half"), Outgoing(context.name("unknown"), nil, "other half")],
                    consumed: Consumed(by: member, next: [partition: read[0].offset + 1]))
            }
            #expect(error.kind == .setup, "\(error)")
            producer.close()
            try context.append([Outgoing(output, nil, "whole")])
            #expect(try context.read(1, from: context.reader(output)).map(\.text) == ["whole"])
            #expect(try member.committed([partition]) == [:])
        },
        ConformanceCase("A newer producer of the same name fences the older", needs: .fencing) { context in
            let topic = try context.topic()
            let older = try context.producer("same")
            try older.transact([Outgoing(topic, nil, "older")], consumed: nil)
            let newer = try context.producer("same")
            try newer.transact([Outgoing(topic, nil, "newer")], consumed: nil)
            let error = try context.failure { try older.transact([Outgoing(topic, nil, "zombie")], consumed: nil) }
            #expect(error.kind == .fenced, "\(error)")
            try newer.transact([Outgoing(topic, nil, "newer again")], consumed: nil)
            let read = try context.read(3, from: context.reader(topic))
            #expect(read.map(\.text) == ["older", "newer", "newer again"])
        },
        ConformanceCase("Who has lost a partition cannot commit its offsets", needs: .offsetsInTransactions, .isolation)
        {
            context in
            let (input, output) = (try context.topic("input"), try context.topic("output"))
            let partition = TopicPartition(input, 0)
            try context.append([Outgoing(input, nil, "0")])
            let member = try context.member([input])
            let read = try context.read(1, from: member)
            member.close()
            let next = try context.member([input])
            #expect(try context.read(1, from: next).count == 1)
            let producer = try context.producer()
            #expect(throws: Failure.self) {
                try producer.transact(
                    [Outgoing(output, nil, "late")],
                    consumed: Consumed(by: member, next: [partition: read[0].offset + 1]))
            }
            #expect(try next.committed([partition]) == [:])
            producer.close()
            try context.append([Outgoing(output, nil, "in time")])
            #expect(try context.read(1, from: context.reader(output)).map(\.text) == ["in time"])
        },
        ConformanceCase("A transaction of offsets alone, and one of nothing", needs: .offsetsInTransactions) {
            context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append([Outgoing(topic, nil, "0")])
            let member = try context.member([topic])
            let read = try context.read(1, from: member)
            let producer = try context.producer()
            try producer.transact([], consumed: nil)
            try producer.transact([], consumed: Consumed(by: member, next: [partition: read[0].offset + 1]))
            #expect(try member.committed([partition]) == [partition: read[0].offset + 1])
        },
        ConformanceCase("Consume, transform, produce over a rebalance is exactly once", needs: .offsetsInTransactions) {
            context in
            let input = try context.topic("input", partitions: 3)
            let output = try context.topic("output")
            try context.append((0..<90).map { Outgoing(input, nil, "\($0)", partition: Int32($0 % 3)) })
            var members = [try context.member([input])]
            var producers = [try context.producer("stage-0")]
            var done = 0
            var round = 0
            try context.eventually("all inputs") {
                round += 1
                if round == 3 || round == 6 {
                    members.append(try context.member([input]))
                    producers.append(try context.producer("stage-\(members.count)"))
                }
                for (member, producer) in zip(members, producers) {
                    let batch = try member.poll(BatchLimit(records: 4, bytes: 1 << 20, wait: .milliseconds(50)))
                    guard !batch.records.isEmpty else { continue }
                    do {
                        try producer.transact(
                            batch.records.map { Outgoing(output, nil, $0.text) },
                            consumed: Consumed(by: member, next: batch.next))
                        done += batch.records.count
                    } catch let error as Failure where error.kind == .lostAssignment {}
                }
                return done >= 90
            }
            let read = try context.read(90, from: context.reader(output))
            #expect(read.map { Int($0.text) ?? -1 }.sorted() == Array(0..<90))
        },
    ]

    /// Topics, watermarks, groups.
    static let adminCases: [ConformanceCase] = [
        ConformanceCase("Topics are created, described and deleted", needs: .admin) { context in
            let admin = try context.log().admin
            let name = context.name("made")
            let specification = TopicSpecification(
                name: name, partitions: 3, configuration: ["retention.ms": "86400000"])
            #expect(try admin.create([specification]) == [name])
            try context.eventually("the topic") { try admin.describe([name]).count == 1 }
            #expect(try admin.create([specification]) == [])
            let described = try #require(try admin.describe([name, context.name("other")]).first)
            #expect(described.name == name)
            #expect(described.partitions == 3)
            #expect(described.configuration["retention.ms"] == "86400000")
            #expect(try admin.describe(nil).contains { $0.name == name })
            try admin.delete([name, context.name("other")])
            try context.eventually("the topic's end") { try admin.describe([name]).isEmpty }
        },
        ConformanceCase("Watermarks stand before the first and after the last record", needs: .admin) { context in
            let topic = try context.topic(partitions: 2)
            let partitions = [TopicPartition(topic, 0), TopicPartition(topic, 1)]
            let admin = try context.log().admin
            #expect(try admin.watermarks(partitions).values.allSatisfy { $0 == Watermarks(low: 0, high: 0) })
            try context.append((0..<7).map { Outgoing(topic, nil, "\($0)", partition: 1) })
            let last = try #require(try context.read(7, from: context.reader(topic, 1)).last)
            let marks = try admin.watermarks(partitions)
            #expect(marks[partitions[0]] == Watermarks(low: 0, high: 0))
            #expect(marks[partitions[1]]?.low == 0)
            // Kafka ends a transaction with a marker, which takes an offset.
            #expect(try #require(marks[partitions[1]]?.high) > last.offset)
        },
        ConformanceCase("A group's offsets can be seen from outside", needs: .admin, .groupOffsets) { context in
            let topic = try context.topic(partitions: 2)
            try context.append([Outgoing(topic, nil, "0", partition: 1)])
            let member = try context.member([topic])
            let read = try context.read(1, from: member)
            try member.commit([read[0].partition: read[0].offset + 1])
            let admin = try context.log().admin
            #expect(try admin.groupOffsets(context.name("group")) == [read[0].partition: read[0].offset + 1])
            #expect(try admin.groupOffsets(context.name("nobody")) == [:])
            #expect(try admin.groups().contains(context.name("group")))
        },
    ]
}

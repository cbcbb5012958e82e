import Foundation
import Testing
import TopicLog

extension Conformance {
    /// Positions, seeking, pausing.
    static let readingCases: [ConformanceCase] = [
        ConformanceCase("A poll without records waits as long as it was told and no longer") { context in
            let topic = try context.topic()
            let reader = try context.reader(topic)
            _ = try reader.poll(.brief)
            let clock = ContinuousClock()
            let spent = try clock.measure {
                let batch = try reader.poll(BatchLimit(records: 1, bytes: 1, wait: .milliseconds(300)))
                #expect(batch == Batch(records: [], next: [:]))
            }
            #expect(spent >= .milliseconds(290))
            #expect(spent < context.backend.patience)
        },
        ConformanceCase("Partitions are read from the given offsets, and no group is touched") { context in
            let topic = try context.topic(partitions: 2)
            try context.append((0..<20).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 2)) })
            let first = try context.read(10, from: context.reader(topic, 1))
            let reader = try context.reader(topic, 1, from: first[4].offset)
            #expect(reader.assignment == [TopicPartition(topic, 1)])
            #expect(try context.read(6, from: reader).map(\.text) == ["9", "11", "13", "15", "17", "19"])
            #expect(throws: Failure.self) { try reader.commit([TopicPartition(topic, 1): 1]) }
        },
        ConformanceCase("The batch names the offsets to go on from, and the position follows") { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<5).map { Outgoing(topic, nil, "\($0)") })
            let reader = try context.reader(topic)
            var next: Int64?
            var seen = 0
            try context.eventually("5 records") {
                let batch = try reader.poll(BatchLimit(records: 2, bytes: 1 << 20, wait: .milliseconds(200)))
                seen += batch.records.count
                if let last = batch.records.last {
                    next = batch.next[partition]
                    #expect(try #require(next) > last.offset)
                    #expect(try #require(reader.position(partition)) >= last.offset + 1)
                } else {
                    #expect(batch.next == [:])
                }
                return seen == 5
            }
            try context.append([Outgoing(topic, nil, "5")])
            #expect(try context.read(1, from: context.reader(topic, 0, from: #require(next))).map(\.text) == ["5"])
        },
        ConformanceCase("Whoever has read all stands at the high watermark", needs: .admin) { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<5).map { Outgoing(topic, nil, "\($0)") })
            let reader = try context.reader(topic)
            _ = try context.read(5, from: reader)
            try context.eventually("the end") {
                _ = try reader.poll(.brief)
                let high = try context.log().admin.watermarks([partition])[partition]?.high
                return high != nil && reader.position(partition) == high
            }
        },
        ConformanceCase("An append wakes a waiting poll") { context in
            let topic = try context.topic()
            let reader = try context.reader(topic)
            let producer = try context.producer()
            _ = try reader.poll(.brief)
            let writer = Thread { try? producer.transact([Outgoing(topic, nil, "woken")], consumed: nil) }
            let started = ContinuousClock.now
            writer.start()
            let read = try context.read(
                1, from: reader, limit: BatchLimit(records: 10, bytes: 1 << 20, wait: context.backend.patience))
            #expect(read.map(\.text) == ["woken"])
            #expect(started.duration(to: .now) < context.backend.patience)
        },
        ConformanceCase("Seeking goes back and forth") { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<10).map { Outgoing(topic, nil, "\($0)") })
            let reader = try context.reader(topic)
            let all = try context.read(10, from: reader)
            try reader.seek([partition: all[7].offset])
            #expect(try context.read(3, from: reader).map(\.text) == ["7", "8", "9"])
            try reader.seek([partition: all[0].offset, TopicPartition(topic, 99): 5])
            let again = try reader.poll(BatchLimit(records: 4, bytes: 1 << 20, wait: context.backend.patience))
            #expect(again.records == Array(all.prefix(again.records.count)))
            try reader.seek([partition: all[9].offset])
            #expect(try context.read(1, from: reader).map(\.text) == ["9"])
        },
        ConformanceCase("A paused partition brings nothing, and then goes on where it stood") { context in
            let topic = try context.topic(partitions: 2)
            let (quiet, busy) = (TopicPartition(topic, 0), TopicPartition(topic, 1))
            try context.append((0..<20).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 2)) })
            let member = try context.member([topic])
            let few = BatchLimit(records: 3, bytes: 1 << 20, wait: .milliseconds(200))
            var records = try context.read(3, from: member, limit: few)
            try member.pause([quiet])
            let paused = try context.poll([member], until: "the other partition") { more in
                (records + more).filter { $0.partition == busy }.count == 10
            }
            #expect(paused.allSatisfy { $0.partition == busy })
            records += paused
            try member.pause([busy])
            #expect(try context.readNothing(from: member).isEmpty)
            try member.resume([quiet, busy])
            records += try context.poll([member], until: "the rest") { records.count + $0.count >= 20 }
            for partition in [quiet, busy] {
                let read = records.filter { $0.partition == partition }.map(\.text)
                let sent = stride(from: Int(partition.partition), to: 20, by: 2).map { String($0) }
                #expect(read == sent)
            }
        },
        ConformanceCase("A pause between seek and resume keeps the place sought") { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<6).map { Outgoing(topic, nil, "\($0)") })
            let reader = try context.reader(topic)
            let all = try context.read(6, from: reader)
            try reader.pause([partition])
            try reader.seek([partition: all[2].offset])
            #expect(try context.readNothing(from: reader).isEmpty)
            try reader.resume([partition])
            #expect(try context.read(4, from: reader).map(\.text) == ["2", "3", "4", "5"])
        },
        ConformanceCase("What was appended is there after a restart", needs: .durability) { context in
            let topic = try context.topic(partitions: 2)
            try context.append((0..<30).map { Outgoing(topic, "key \($0)", "\($0)") })
            let member = try context.member([topic])
            var first: [Record] = []
            let producer = try context.producer()
            try context.eventually("a batch") {
                let batch = try member.poll(BatchLimit(records: 10, bytes: 1 << 20, wait: .milliseconds(200)))
                first += batch.records
                if !batch.next.isEmpty {
                    try producer.transact([], consumed: Consumed(by: member, next: batch.next))
                }
                return first.count >= 10
            }
            _ = try context.restart()
            let again = try context.member([topic])
            let rest = try context.read(30 - first.count, from: again)
            #expect((first + rest).count == 30)
            #expect(Set((first + rest).map(\.text)) == Set((0..<30).map(String.init)))
        },
    ]

    /// Bounds of a batch.
    static let limitCases: [ConformanceCase] = [
        ConformanceCase("A batch has no more records than allowed") { context in
            let topic = try context.topic(partitions: 3)
            try context.append((0..<60).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 3)) })
            let member = try context.member([topic])
            var seen: [Record] = []
            try context.eventually("60 records") {
                let batch = try member.poll(BatchLimit(records: 7, bytes: 1 << 20, wait: .milliseconds(200)))
                #expect(batch.records.count <= 7)
                seen += batch.records
                return seen.count >= 60
            }
            #expect(Set(seen.map(\.text)).count == 60 && seen.count == 60)
        },
        ConformanceCase("A batch has no more bytes than allowed, but a single larger record comes alone") { context in
            let topic = try context.topic(partitions: 2)
            let sizes = [100, 200, 5_000, 300, 10, 950, 60, 3_000, 3_000, 1]
            try context.append(
                sizes.enumerated().map { index, size in
                    Outgoing(
                        topic: topic, partition: Int32(index % 2), key: nil,
                        value: [UInt8](repeating: UInt8(index), count: size))
                })
            let member = try context.member([topic])
            var seen: [Record] = []
            try context.eventually("all records") {
                let batch = try member.poll(BatchLimit(records: 100, bytes: 1_000, wait: .milliseconds(200)))
                let bytes = batch.records.reduce(0) { $0 + $1.size }
                #expect(bytes <= 1_000 || batch.records.count == 1, "\(batch.records.map(\.size))")
                seen += batch.records
                return seen.count >= sizes.count
            }
            #expect(seen.map(\.size).sorted() == sizes.sorted())
            for partition in 0..<2 {
                let read = seen.filter { Int($0.partition.partition) == partition }.map(\.size)
                #expect(read == sizes.indices.filter { $0 % 2 == partition }.map { sizes[$0] })
            }
        },
    ]
}

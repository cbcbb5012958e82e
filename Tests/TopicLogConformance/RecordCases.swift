import Foundation
import Testing
import TopicLog

extension Conformance {
    /// What goes in comes out, byte for byte and in order.
    static let recordCases: [ConformanceCase] = [
        ConformanceCase("Records of a partition come in the order in which they were appended") { context in
            let topic = try context.topic(partitions: 3)
            let producer = try context.producer()
            for batch in 0..<5 {
                let records = (0..<40).map { Outgoing(topic, nil, "\(batch * 40 + $0)", partition: Int32($0 % 3)) }
                try producer.transact(records, consumed: nil)
            }
            let records = try context.read(200, from: context.member([topic]))
            #expect(records.count == 200)
            for (partition, read) in Dictionary(grouping: records, by: \.partition.partition) {
                let expected = (0..<200).filter { Int32($0 % 40 % 3) == partition }
                #expect(read.map(\.text) == expected.map(String.init))
                #expect(zip(read, read.dropFirst()).allSatisfy { $0.offset < $1.offset })
            }
        },
        ConformanceCase("A key goes to the partition that Kafka's default partitioner gives it") { context in
            let topic = try context.topic(partitions: 6)
            let keys = (0..<60).map { "公报 \($0)" } + ["", "21", "foobar", "a-little-bit-long-string"]
            try context.append(keys.map { Outgoing(topic, $0, $0) })
            for record in try context.read(keys.count, from: context.member([topic])) {
                let key = try #require(record.key)
                #expect(record.partition.partition == Murmur2.partition(of: key, count: 6), "key \(record.text)")
            }
        },
        ConformanceCase("Keys, values and headers come back byte for byte") { context in
            let topic = try context.topic()
            let bytes = (0...255).map { UInt8($0) }
            let sent = [
                Outgoing(topic: topic, key: nil, value: Array("no key".utf8)),
                Outgoing(topic: topic, key: Array("tombstone".utf8), value: nil),
                Outgoing(topic: topic, key: nil, value: nil),
                Outgoing(topic: topic, key: [], value: []),
                Outgoing(topic: topic, key: bytes, value: Array(bytes.reversed())),
                Outgoing(
                    topic: topic, key: [1], value: [0],
                    headers: [
                        Header("null", bytes: nil), Header("empty", bytes: []), Header("twice", "first"),
                        Header("twice", "second"), Header("名称", "公报"), Header("bytes", bytes: bytes),
                    ]),
            ]
            try context.append(sent)
            let read = try context.read(sent.count, from: context.reader(topic))
            #expect(read.count == sent.count)
            for (record, sent) in zip(read, sent) {
                #expect(record.key == sent.key)
                #expect(record.value == sent.value)
                #expect(record.headers == sent.headers)
                #expect(record.size == sent.size)
            }
        },
        ConformanceCase("A large value comes back whole") { context in
            let topic = try context.topic(configuration: ["max.message.bytes": "\(17 << 20)"])
            // Room for the key, the record's frame and the batch's.
            let size = min(16 << 20, context.backend.features.maximumValueBytes) - 1_024
            let value = (0..<size / 8).flatMap { i in
                withUnsafeBytes(of: UInt64(i) &* 0x9e37_79b9_7f4a_7c15) { Array($0) }
            }
            try context.append([Outgoing(topic: topic, key: [1], value: value), Outgoing(topic, nil, "after")])
            let read = try context.read(2, from: context.reader(topic))
            #expect(read.first?.value == value)
            #expect(read.last?.text == "after")
        },
        ConformanceCase("Timestamps are kept, and given where they lack") { context in
            let topic = try context.topic()
            // Not long ago, as brokers delete by age.
            let past = Timestamp(milliseconds: Timestamp.now.milliseconds - 3_600_000)
            let before = Timestamp.now
            try context.append([
                Outgoing(topic: topic, key: nil, value: [1], timestamp: past),
                Outgoing(topic: topic, key: nil, value: [2]),
            ])
            let after = Timestamp.now
            let read = try context.read(2, from: context.reader(topic))
            #expect(read.first?.timestamp == past)
            let given = try #require(read.last?.timestamp)
            #expect(before <= given && given <= after)
        },
        ConformanceCase("Offsets are found by time", needs: .times) { context in
            let topic = try context.topic()
            let start = Timestamp.now.milliseconds - 3_600_000
            // Out of order on purpose: the first at or after the time counts.
            let minutes: [Int64] = [0, 10, 5, 10, 20, 15, 30]
            try context.append(
                minutes.map {
                    Outgoing(
                        topic: topic, key: nil, value: [UInt8($0)],
                        timestamp: Timestamp(milliseconds: start + $0 * 60_000))
                })
            let records = try context.read(minutes.count, from: context.reader(topic))
            let partition = TopicPartition(topic, 0)
            let admin = try context.log().admin
            for (minute, index) in [(-5, 0), (0, 0), (1, 1), (10, 1), (11, 4), (20, 4), (21, 6), (30, 6)] {
                let time = Timestamp(milliseconds: start + Int64(minute) * 60_000)
                let found = try admin.offsets(at: [partition: time])
                #expect(found == [partition: records[index].offset], "minute \(minute)")
            }
            #expect(try admin.offsets(at: [partition: Timestamp(milliseconds: start + 31 * 60_000)]) == [:])
        },
    ]
}

extension Timestamp {
    /// The time of the machine that runs the suite.
    static var now: Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)) }
}

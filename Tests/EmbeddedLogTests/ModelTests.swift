import Foundation
import Testing
import TopicLog

@testable import EmbeddedLog

@Suite("Whatever is done to it, the embedded log")
struct ModelTests {
    /// The simplest thing that could be right.
    private struct Model {
        var records: [TopicPartition: [Record]] = [:]
        var low: [TopicPartition: Int64] = [:]
        var committed: [TopicPartition: Int64] = [:]

        func standing(_ partition: TopicPartition) -> [Record] {
            records[partition, default: []].filter { $0.offset >= low[partition, default: 0] }
        }
    }

    @Test("is what a list of records would be", arguments: UInt64(1)...6)
    func agreesWithModel(seed: UInt64) throws {
        var random = Seeded(seed)
        let scratch = try Scratch()
        var log = try EmbeddedLog(path: scratch.path()) { Timestamp(milliseconds: 500) }
        defer { log.close() }
        var model = Model()
        var topics: [String: Int] = [:]
        for step in 0..<200 {
            let comment: Comment = "seed \(seed), step \(step)"
            let partitions = topics.flatMap { topic in (0..<topic.value).map { TopicPartition(topic.key, Int32($0)) } }
                .sorted()
            switch Int.random(in: 0..<20, using: &random) {
            case 0 where topics.count < 4, _ where topics.isEmpty:
                let name = "t\(Int.random(in: 0..<6, using: &random))"
                let count = Int.random(in: 1...4, using: &random)
                let created = try log.admin.create([TopicSpecification(name: name, partitions: count)])
                #expect(created == (topics[name] == nil ? [name] : []), comment)
                if topics[name] == nil { topics[name] = count }
            case 1 where step % 3 == 0:
                let name = try #require(topics.keys.sorted().randomElement(using: &random))
                try log.admin.delete([name])
                topics[name] = nil
                for partition in partitions where partition.topic == name {
                    model.records[partition] = nil
                    model.low[partition] = nil
                    model.committed[partition] = nil
                }
            case 2:
                log.close()
                log = try EmbeddedLog(path: scratch.path()) { Timestamp(milliseconds: 500) }
            case 3, 4:
                let partition = try #require(partitions.randomElement(using: &random))
                let high = Int64(model.records[partition]?.count ?? 0)
                let offset = Int64.random(in: 0...(high + 2), using: &random)
                try log.admin.deleteRecords(before: [partition: offset])
                model.low[partition] = max(model.low[partition] ?? 0, min(offset, high))
            case 5, 6:
                let partition = try #require(partitions.randomElement(using: &random))
                let time = Timestamp(milliseconds: Int64.random(in: 0...1_000, using: &random))
                let expected = model.standing(partition).first { $0.timestamp >= time }?.offset
                #expect(try log.admin.offsets(at: [partition: time])[partition] == expected, comment)
            case 7:
                let member = try log.consumer(ConsumerSettings(.group("g", topics: topics.keys.sorted(), member: nil)))
                _ = try member.poll(BatchLimit(records: 1, bytes: 1, wait: .zero))
                let partition = try #require(partitions.randomElement(using: &random))
                let next = Int64.random(in: 0...99, using: &random)
                try member.commit([partition: next])
                member.close()
                model.committed[partition] = next
            case 8..<14:
                var sent: [Outgoing] = []
                for _ in 0..<Int.random(in: 1...20, using: &random) {
                    let partition = try #require(partitions.randomElement(using: &random))
                    sent.append(outgoing(partition, &random))
                }
                try log.append(sent)
                for record in sent {
                    let partition = TopicPartition(record.topic, record.partition ?? 0)
                    let offset = Int64(model.records[partition]?.count ?? 0)
                    model.records[partition, default: []].append(
                        Record(
                            partition: partition, offset: offset,
                            timestamp: record.timestamp ?? Timestamp(milliseconds: 500), key: record.key,
                            value: record.value, headers: record.headers))
                }
            default:
                let partition = try #require(partitions.randomElement(using: &random))
                try compareReading(log, partition, model, &random, comment)
            }
            try compare(log, partitions.filter { topics[$0.topic] != nil }, model, comment)
        }
    }

    private func outgoing(_ partition: TopicPartition, _ random: inout Seeded) -> Outgoing {
        let isNull = Int.random(in: 0..<6, using: &random)
        let time = Int.random(in: 0..<3, using: &random) == 0 ? nil : Int64.random(in: 0...1_000, using: &random)
        return Outgoing(
            topic: partition.topic, partition: partition.partition, key: isNull == 0 ? nil : random.bytes(upTo: 10),
            value: isNull == 1 ? nil : random.bytes(upTo: isNull == 2 ? 20_000 : 200),
            headers: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                Header(
                    "h\(Int.random(in: 0...2, using: &random))",
                    bytes: Bool.random(using: &random) ? random.bytes(upTo: 5) : nil)
            },
            timestamp: time.map(Timestamp.init(milliseconds:)))
    }

    private func compareReading(
        _ log: EmbeddedLog, _ partition: TopicPartition, _ model: Model, _ random: inout Seeded, _ comment: Comment
    ) throws {
        let standing = model.standing(partition)
        let from = standing.randomElement(using: &random)?.offset ?? model.low[partition, default: 0]
        let reader = try log.consumer(ConsumerSettings(.partitions([partition: from]), reset: .error))
        defer { reader.close() }
        var expected = standing.filter { $0.offset >= from }[...]
        while true {
            let limit = BatchLimit(
                records: Int.random(in: 1...9, using: &random), bytes: Int.random(in: 1...2_000, using: &random),
                wait: .zero)
            let read = try reader.poll(limit).records
            #expect(read == Array(expected.prefix(read.count)), comment)
            let bytes = read.reduce(0) { $0 + $1.size }
            #expect(read.count <= limit.records && (bytes <= limit.bytes || read.count == 1), comment)
            expected = expected.dropFirst(read.count)
            if read.isEmpty { break }
        }
        #expect(expected.isEmpty, comment)
    }

    private func compare(
        _ log: EmbeddedLog, _ partitions: [TopicPartition], _ model: Model, _ comment: Comment
    ) throws {
        for (partition, marks) in try log.admin.watermarks(partitions) {
            let high = Int64(model.records[partition]?.count ?? 0)
            #expect(marks == Watermarks(low: model.low[partition] ?? 0, high: high), comment)
        }
        #expect(try log.admin.groupOffsets("g") == model.committed, comment)
    }
}

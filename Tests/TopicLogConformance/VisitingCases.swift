import Testing
import TopicLog

/// Puts what it is shown together again.
private final class Copies: RecordVisitor {
    var records: [Record] = []
    /// The offsets not to be shown.
    var unwanted: Set<Int64> = []
    private var place: (partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: [UInt8]?)?
    private var headers: [Header] = []

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        place = (partition, offset, timestamp, key.map { Array($0) })
        headers = []
        return !unwanted.contains(offset)
    }

    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        headers.append(Header(String(decoding: name, as: UTF8.self), bytes: value.map { Array($0) }))
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) throws {
        guard let place else { return }
        records.append(
            Record(
                partition: place.partition, offset: place.offset, timestamp: place.timestamp, key: place.key,
                value: value.map { Array($0) }, headers: headers))
    }
}

extension Conformance {
    /// Records that are shown rather than copied.
    static let visitingCases: [ConformanceCase] = [
        ConformanceCase("A visitor is shown what a poll would have brought") { context in
            let topic = try context.topic()
            let sent = [
                Outgoing(topic: topic, key: nil, value: nil),
                Outgoing(topic: topic, key: [], value: []),
                Outgoing(
                    topic: topic, key: [0, 255], value: Array("公报".utf8),
                    headers: [Header("null", bytes: nil), Header("empty", bytes: []), Header("名称", "公报")]),
                Outgoing(topic: topic, key: [1], value: [0]),
            ]
            try context.append(sent)
            let polled = try context.read(sent.count, from: context.reader(topic))
            let reader = try context.reader(topic)
            let copies = Copies()
            try context.eventually("4 records") {
                _ = try reader.visit(.brief, by: copies)
                return copies.records.count >= sent.count
            }
            #expect(copies.records == polled)
        },
        ConformanceCase("Visits and polls take turns without loss, and a visitor may pass over records") { context in
            let topic = try context.topic()
            let partition = TopicPartition(topic, 0)
            try context.append((0..<20).map { Outgoing(topic, nil, "\($0)") })
            let offsets = try context.read(20, from: context.reader(topic)).map(\.offset)
            let reader = try context.reader(topic)
            let copies = Copies()
            copies.unwanted = [offsets[1], offsets[19]]
            var polled: [Record] = []
            try context.eventually("20 records") {
                let limit = BatchLimit(records: 3, bytes: 1 << 20, wait: .milliseconds(200))
                #expect(try reader.visit(limit, by: copies) <= 3)
                polled += try reader.poll(limit).records
                return reader.position(partition) ?? 0 > offsets[19]
            }
            let hidden = Set(copies.unwanted).subtracting(polled.map(\.offset))
            let seen = (copies.records + polled).sorted { $0.offset < $1.offset }
            #expect(seen.map(\.offset) == offsets.filter { !hidden.contains($0) })
            #expect(!copies.records.isEmpty && !polled.isEmpty)
        },
        ConformanceCase("What the visitor throws ends the visit after that record") { context in
            struct Enough: Error {}
            final class Impatient: RecordVisitor {
                var seen: [Int64] = []
                func begin(
                    _ partition: TopicPartition, offset: Int64, timestamp: Timestamp,
                    key: UnsafeBufferPointer<UInt8>?
                ) -> Bool {
                    seen.append(offset)
                    return true
                }
                func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {}
                func end(_ value: UnsafeBufferPointer<UInt8>?) throws { if seen.count == 2 { throw Enough() } }
            }
            let topic = try context.topic()
            try context.append((0..<5).map { Outgoing(topic, nil, "\($0)") })
            let reader = try context.reader(topic)
            let visitor = Impatient()
            var hasThrown = false
            try context.eventually("the error") {
                do { _ = try reader.visit(.brief, by: visitor) } catch is Enough { hasThrown = true }
                return hasThrown
            }
            #expect(visitor.seen.count == 2)
        },
        ConformanceCase("A group member's visit counts as its poll") { context in
            let topic = try context.topic(partitions: 2)
            try context.append((0..<10).map { Outgoing(topic, nil, "\($0)", partition: Int32($0 % 2)) })
            let member = try context.member([topic])
            let copies = Copies()
            try context.eventually("10 records") {
                _ = try member.visit(.brief, by: copies)
                return copies.records.count >= 10
            }
            #expect(Set(copies.records.map(\.text)) == Set((0..<10).map(String.init)))
            #expect(copies.records.count == 10)
        },
    ]
}

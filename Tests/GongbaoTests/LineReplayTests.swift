import Audit
import Foundation
import Testing
import TopicLog

@testable import gongbao

@Suite("Replays to standard output")
struct LineReplayTests {
    private struct Line: Decodable {
        let partition: Int32
        let offset: Int64
        let value: String
    }

    /// A log with these records in the topic `t`.
    private func log(partitions: Int, _ records: [Outgoing]) throws -> MemoryLog {
        let log = MemoryLog()
        try log.admin.create([TopicSpecification(name: "t", partitions: partitions)])
        let producer = try log.producer(transactionalID: "p")
        defer { producer.close() }
        try producer.transact(records, consumed: nil)
        return log
    }

    @Test("two readers write whole lines, each once, and those of a partition in order")
    func order() throws {
        let log = try log(
            partitions: 5,
            (0..<5000).map { number in
                let text = "\(number) \"公报\"" + String(repeating: "长", count: number % 300)
                return Outgoing(topic: "t", partition: Int32(number % 5 % 4), key: nil, value: Array(text.utf8))
            })
        defer { log.close() }
        let file = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let descriptor = open(file.path, O_CREAT | O_RDWR, 0o600)
        defer { close(descriptor) }
        let span = try ReplaySpan(in: log, topics: ["t"], partitions: nil, from: .earliest, to: .latest)
        try LineReplay(source: log, key: nil, output: JSONOutput(to: descriptor), few: 10).run(span)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.count == 5000 && Set(lines.map(\.value)).count == 5000)
        for (_, lines) in Dictionary(grouping: lines, by: \.partition) {
            #expect(lines.map(\.offset) == Array(0..<Int64(lines.count)))
        }
    }

    @Test("a reader that cannot write ends the replay")
    func closed() throws {
        let log = try log(
            partitions: 2, (0..<100).map { Outgoing(topic: "t", partition: Int32($0 % 2), key: nil, value: [0x31]) })
        defer { log.close() }
        let span = try ReplaySpan(in: log, topics: ["t"], partitions: nil, from: .earliest, to: .latest)
        let replay = LineReplay(source: log, key: nil, output: JSONOutput(to: -1), few: 10)
        #expect(throws: CommandFailure.self) { try replay.run(span) }
    }

    @Test("parts of a span are of about the same size and have each partition once")
    func parts() {
        let sizes: [Int64] = [900, 10, 500, 400, 0, 20]
        let partitions = sizes.indices.map { TopicPartition("t", Int32($0)) }
        let span = ReplaySpan(
            begin: Dictionary(uniqueKeysWithValues: partitions.map { ($0, 5) }),
            end: Dictionary(uniqueKeysWithValues: zip(partitions, sizes.map { $0 + 5 })))
        let parts = span.parts(2)
        #expect(parts.map(\.count).sorted() == [910, 920])
        #expect(Set(parts.flatMap(\.begin.keys)) == Set(partitions) && parts.flatMap(\.begin.keys).count == 6)
        #expect(ReplaySpan(begin: [partitions[0]: 0], end: [partitions[0]: 3]).parts(2).count == 1)
    }
}

import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Workers

/// Records as earlier versions wrote them lie in Tests/Recorded, a file a version; what they say
/// must be understood for as long as the word of their schema is in use. In a rolling change both
/// versions run at once, so that the earlier one must understand this one's, too.
@Suite("Records of earlier versions")
struct RecordedTests {
    private struct Line: Decodable {
        struct Pair: Decodable { let name, value: String }
        let topic: String
        let key: String
        let headers: [Pair]
        let value: String

        var record: Outgoing {
            Outgoing(
                topic: topic, key: Array(key.utf8), value: Array(value.utf8),
                headers: headers.map { Header($0.name, bytes: Array($0.value.utf8)) })
        }
    }

    private static let folder = URL(filePath: #filePath).appending(path: "../../Recorded").standardized
    static let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.sorted() ?? []

    private func lines(_ version: String) throws -> [Line] {
        try String(contentsOf: Self.folder.appending(path: version), encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
    }

    @Test("there are some")
    func some() { #expect(Self.versions.contains("0.1.0.jsonl")) }

    @Test("this version's sink stores all of them, and its enrichment reads their articles", arguments: versions)
    func understood(_ version: String) throws {
        let world = try World(partitions: 1)
        let lines = try lines(version)
        for line in lines { try world.append(line.record) }
        try world.sink()
        let counts = try world.store.base.counts()
        func number(_ topic: String) -> Int { lines.filter { $0.topic == "gongbao." + topic }.count }
        #expect(counts.bulletins == number("bulletins") && counts.articles == number("articles"))
        #expect(counts.readings == 1 && counts.indicators == number("indicators") - counts.readings)
        #expect(counts.deadLetters == number("dead-letters") && counts.pending == 0)

        world.stop = StopSignal()
        let before = world.records(world.topics.deadLetters).count
        try world.enrich()
        #expect(world.records(world.topics.deadLetters).count == before)
        #expect(world.status.received["gongbao.articles"] == number("articles"))
    }

    @Test("figures as they were recorded are the bytes that their closing record counts", arguments: versions)
    func unchanged(_ version: String) throws {
        var messages: [[UInt8]] = []
        var closing: Closing?
        for line in try lines(version) where line.topic == "gongbao.indicators" {
            let value = Array(line.value.utf8)
            switch try ReadingMessage(message: value) {
            case .indicator(let indicator):
                #expect(indicator.message() == value)
                messages.append(indicator.message())
            case .closing(let found): closing = found
            }
        }
        #expect(closing?.count == messages.count && closing?.digest == Closing.digest(of: messages))
    }

    @Test("this version's records say all that an earlier version's of the same schema say", arguments: versions)
    func understandable(_ version: String) throws {
        let world = try World(partitions: 1)
        try world.produce("收入12元。")
        try world.enrich()
        func shapes(_ records: [(headers: [String: String], value: [UInt8])]) throws -> [String: Set<String>] {
            try records.reduce(into: [:]) { shapes, record in
                guard let schema = record.headers["ce_type"] else { return }
                shapes[schema, default: []].formUnion(record.headers.keys.map { "header \($0)" })
                guard schema != MessageSchema.bulletin.rawValue else { return }
                guard case .object(let members) = try JSONValue(parsing: record.value) else { return }
                shapes[schema, default: []].formUnion(members.map { "member \($0.name)" })
            }
        }
        let earlier = try shapes(
            try lines(version).map { line in
                (Dictionary(line.headers.map { ($0.name, $0.value) }) { $1 }, Array(line.value.utf8))
            })
        let now = try shapes(
            world.topics.all.flatMap(world.records).map { record in
                let pairs = record.headers.map { ($0.name, String(decoding: $0.value ?? [], as: UTF8.self)) }
                return (Dictionary(pairs) { $1 }, record.value ?? [])
            })
        #expect(earlier.count == MessageSchema.allCases.count)
        for (schema, parts) in earlier where MessageSchema(rawValue: schema) != nil {
            #expect(parts.subtracting(now[schema] ?? []).isEmpty, "\(schema) must keep these, or become a new version")
        }
    }
}

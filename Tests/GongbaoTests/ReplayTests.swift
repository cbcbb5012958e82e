import BulletinModel
import Dispatch
import Foundation
import Testing

/// Topics read again from the command line.
@Suite struct ReplayTests {
    private func replay(_ place: URL, _ arguments: [String]) -> [String] {
        ["replay", "--data", place.appending(path: "data").path] + arguments
    }

    private func lines(_ outcome: Program.Outcome) throws -> [[String: Any]] {
        try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    /// A record, without its offset and its headers of origin.
    private struct Copy: Equatable {
        let key: String
        let value: String
        let timestamp: Int
        let headers: [String]
    }

    /// What a topic has of each partition, in order.
    private func contents(_ place: URL, _ topic: String) throws -> [Int: [Copy]] {
        var contents: [Int: [Copy]] = [:]
        for line in try lines(try Program.run(replay(place, ["--topic", topic]))) {
            let headers = try #require(line["headers"] as? [[String: String]])
            let own = headers.filter { $0["name"]?.hasPrefix("replay.origin.") == false }
            let copy = Copy(
                key: try #require(line["key"] as? String), value: try #require(line["value"] as? String),
                timestamp: try #require(line["timestamp"] as? Int), headers: own.map { "\($0.sorted { $0 < $1 })" })
            contents[try #require(line["partition"] as? Int), default: []].append(copy)
        }
        return contents
    }

    private func values(_ records: [Copy]) -> [String] { records.map(\.value).sorted() }

    @Test(
        "killed at any moment and resumed, a replay into topics has each record once, and copies in order",
        arguments: [
            ["--topic", "indicators"], ["--topic", "indicators", "--verbatim"], ["--topic", "articles", "--enrich"],
        ])
    func killed(_ what: [String]) throws {
        let place = try Program.site(20)
        defer { try? FileManager.default.removeItem(at: place) }
        let arguments = replay(place, what + ["--into-prefix", "copy.", "--set", "batch.records=1"])
        var state = UInt64.random(in: 0...UInt64.max)
        let seed = state
        for round in 0..<6 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (process, output, _) = try Program.start(round == 0 ? arguments : arguments + ["--resume"])
            let timer = DispatchSemaphore(value: 0)
            _ = timer.wait(timeout: .now() + .milliseconds(Int(state >> 33) % 500))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
        }
        for _ in 0..<2 {
            let last = try Program.run(arguments + ["--resume"])
            #expect(last.status == 0 && last.errors.contains("goes on after them"), "seed \(seed): \(last.errors)")
            let copied = try contents(place, "copy.indicators")
            let expected = try contents(place, "gongbao.indicators")
            if what.contains("--enrich") {
                // What is read anew is written anew, and articles of several partitions may come in
                // another order.
                #expect(copied.mapValues(values) == expected.mapValues(values), "seed \(seed)")
            } else {
                #expect(copied == expected, "seed \(seed)")
            }
            #expect(copied.values.reduce(0) { $0 + $1.count } == 20 * 19)
        }
    }

    @Test("a span is told before it is read, and bounded by offsets, partition and key")
    func spans() throws {
        let place = try Program.site(3)
        defer { try? FileManager.default.removeItem(at: place) }
        let all = try lines(try Program.run(replay(place, ["--topic", "articles"])))
        #expect(all.count == 3)
        let dry = try Program.run(replay(place, ["--topic", "articles", "--dry-run"]))
        #expect(dry.output.contains("At most 3 records would be read."), "\(dry.output)")
        let one = try #require(all.first)
        let (key, partition) = (try #require(one["key"] as? String), try #require(one["partition"] as? Int))
        let chosen = try lines(try Program.run(replay(place, ["--topic", "articles", "--key", key])))
        #expect(chosen.map { $0["key"] as? String } == [key])
        let inPartition = try lines(
            try Program.run(replay(place, ["--topic", "gongbao.articles", "--partition", "\(partition)", "--to", "1"])))
        #expect(inPartition.count == 1 && inPartition.first?["offset"] as? Int == 0)
        #expect(try Program.run(replay(place, ["--topic", "articles", "--from", "2100-01-01T00:00Z"])).output.isEmpty)
    }

    @Test(
        "what cannot be replayed is told in a sentence",
        arguments: [
            (["--topic", "nothing"], 1, "There is no topic nothing"),
            (["--topic", "articles", "--from", "yesterday"], 2, "--from yesterday"),
            (["--topic", "articles", "--into-prefix", "gongbao."], 2, "cannot be replayed into itself"),
            (["--topic", "articles", "--resume"], 2, "--resume goes on with a replay into topics"),
            (["--topic", "all", "--set", "topics.prefix=other."], 1, "which has gongbao.articles, gongbao.bulletins"),
            (["--topic", "all", "--into-topic", "one"], 2, "--into-topic takes one topic"),
            (["--topic", "articles", "--partition", "9"], 1, "There is no partition 9 of gongbao.articles; it has 4"),
            (["--topic", "all", "--enrich"], 2, "--enrich reads articles and not gongbao.bulletins"),
            (["--topic", "indicators", "--enrich", "--into-prefix", "b."], 2, "and not gongbao.indicators"),
        ])
    func wrong(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let place = try Program.site(1)
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try Program.run(replay(place, arguments))
        #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("a database that was filled from a span goes on at the span's end, and holds all in one file")
    func spanThenRest() throws {
        let place = try Program.site(3)
        defer { try? FileManager.default.removeItem(at: place) }
        let database = place.appending(path: "fresh.sqlite")
        let settings = ["--data", place.appending(path: "data").path, "--set", "database=\(database.path)"]
        let head = try Program.run(
            replay(place, ["--topic", "all", "--to", "5", "--into-database", database.path]))
        #expect(head.status == 0, "\(head.errors)")
        let alone = place.appending(path: "alone.sqlite")
        try FileManager.default.copyItem(at: database, to: alone)
        #expect(try Program.run(["query", "--set", "database=\(alone.path)"]).status == 0)
        let rest = try Program.run(["sink", "--until-caught-up"] + settings)
        #expect(rest.status == 0, "\(rest.errors)")
        let audit = try Program.run(["audit", "verify"] + settings)
        #expect(audit.status == 0 && audit.output.contains("Everything holds."), "\(audit.output)")
    }

    @Test("topics that no database has are not taken for empty ones, nor two topics for one")
    func otherTopics() throws {
        let place = try Program.site(1)
        defer { try? FileManager.default.removeItem(at: place) }
        let copied = try Program.run(replay(place, ["--topic", "articles", "--into-topic", "articles.copy"]))
        #expect(copied.status == 0, "\(copied.errors)")
        let prefixed = try Program.run(
            replay(place, ["--topic", "articles.copy", "--into-topic", "gongbao.articles.copy"]))
        #expect(prefixed.status == 0, "\(prefixed.errors)")
        let database = place.appending(path: "fresh.sqlite").path
        let wrong = try Program.run(replay(place, ["--topic", "articles.copy", "--into-database", database]))
        #expect(wrong.status == 2 && wrong.errors.contains("set topics.prefix"), "\(wrong.errors)")
        #expect(!FileManager.default.fileExists(atPath: database))
        let both = ["--topic", "articles.copy", "--topic", "gongbao.articles.copy", "--into-prefix", "b."]
        let merged = try Program.run(replay(place, both))
        #expect(merged.status == 2 && merged.errors.contains("would both go into b.articles.copy"), "\(merged.errors)")
    }
}

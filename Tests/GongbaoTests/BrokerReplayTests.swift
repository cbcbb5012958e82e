import BulletinModel
import Foundation
import Testing
import TopicLog
import Workers

extension BrokerTests {
    /// Topics read again, wherever they go. Nothing of it may show in the topics that are read or in
    /// the workers' groups.
    @Suite("Replay")
    struct Replay {
        let site: BrokerSite

        init() throws { site = try #require(BrokerSite.current) }

        /// Runs a replay, and holds groups and topics to what they were before.
        private func replay(_ options: [String]) throws -> Program.Outcome {
            let topics = BrokerSite.shortNames.map { site.topic($0) }
            let (groups, ends) = (try site.groups(), try site.ends(topics))
            let outcome = try site.run(["replay"] + options)
            #expect(try site.groups() == groups, "\(options)")
            #expect(try site.ends(topics) == ends, "\(options)")
            return outcome
        }

        private func lines(_ outcome: Program.Outcome) throws -> [[String: Any]] {
            try outcome.output.split(separator: "\n").map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            }
        }

        /// The bytes that a line tells.
        private func bytes(_ field: Any?) -> [UInt8]? {
            if let text = field as? String { return Array(text.utf8) }
            let coded = (field as? [String: String])?["base64"]
            return coded.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        }

        /// The record that a line tells.
        private func record(_ line: [String: Any]) throws -> Record {
            let headers = try #require(line["headers"] as? [[String: Any]])
            return Record(
                partition: TopicPartition(
                    try #require(line["topic"] as? String), Int32(try #require(line["partition"] as? Int))),
                offset: Int64(try #require(line["offset"] as? Int)),
                timestamp: Timestamp(milliseconds: Int64(try #require(line["timestamp"] as? Int))),
                key: bytes(line["key"]), value: bytes(line["value"]),
                headers: headers.map { Header($0["name"] as? String ?? "", bytes: bytes($0["value"])) })
        }

        @Test("lines tell every record byte for byte, from the topics and from the archive")
        func toLines() throws {
            let expected = try BrokerSite.shortNames.flatMap { try site.all(site.topic($0)) }
            for options in [[], ["--archive", site.archive]] {
                let outcome = try replay(["--topic", "all"] + options)
                #expect(outcome.status == 0, "\(outcome.errors)")
                let told = try lines(outcome).map { try record($0) }
                #expect(told.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) } == expected)
                // Partitions may take turns, but each keeps its order.
                let offsets = Dictionary(grouping: told, by: \.partition).mapValues { $0.map(\.offset) }
                #expect(offsets.values.allSatisfy { $0 == $0.sorted() })
            }
            let one = try #require(expected.first { $0.key != nil })
            let key = String(decoding: one.key ?? [], as: UTF8.self)
            let chosen = try lines(try replay(["--topic", one.partition.topic, "--key", key]))
            let wanted = expected.filter { $0.partition.topic == one.partition.topic && $0.key == one.key }
            #expect(try chosen.map { try record($0) } == wanted)
        }

        @Test("a span by offset or time has the records between, and not the marks of transactions")
        func spans() throws {
            let expected = try #require(try site.records(site.topic("indicators"))[0])
            let middle = try #require(expected.dropFirst(expected.count / 2).first)
            let command = ["--topic", "indicators", "--partition", "0"]
            let head = try replay(command + ["--to", "\(middle.offset)"])
            #expect(try lines(head).map { try record($0) } == expected.filter { $0.offset < middle.offset })
            let tail = try replay(command + ["--from", middle.timestamp.rfc3339])
            #expect(try lines(tail).map { try record($0) } == expected.filter { $0.timestamp >= middle.timestamp })
            #expect(try replay(command + ["--from", "2100-01-01T00:00Z"]).output.isEmpty)
        }

        @Test("a dry run tells the offsets of each partition and writes nothing")
        func dryRun() throws {
            let prefix = site.otherPrefix()
            let ends = try site.ends(BrokerSite.shortNames.map { site.topic($0) })
            let dry = try replay(["--topic", "all", "--into-prefix", prefix, "--dry-run"])
            let total = ends.values.reduce(0, +)
            #expect(dry.status == 0 && dry.output.contains("At most \(total) records would be read."), "\(dry.output)")
            let rows = dry.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            for (partition, end) in ends {
                #expect(rows.contains([partition.topic, "\(partition.partition)", "0", "\(end)", "\(end)"]))
            }
            #expect(try site.log.admin.describe(nil).allSatisfy { !$0.name.hasPrefix(prefix) })
        }

        @Test("articles become the indicators that the workers made of them, in lines and in topics")
        func enriched() throws {
            let expected = try site.all(site.topic("indicators"))
            let command = ["--topic", "articles", "--enrich"]
            let printed = try replay(command)
            // The record that is no article is named, and the rest is done.
            #expect(printed.status == 3 && printed.errors.contains(site.topic("articles") + "/1 offset"))
            let told = try lines(printed)
            #expect(Set(told.map { bytes($0["value"]) }) == Set(expected.map(\.value)))
            #expect(told.count == expected.count)

            let prefix = site.otherPrefix()
            let sent = try replay(command + ["--into-prefix", prefix])
            #expect(sent.status == 3, "\(sent.errors)")
            let made = try site.all(site.topic("indicators", of: prefix))
            let own = made.map { Made($0) { !$0.name.hasPrefix("replay.origin.") } }
            #expect(Set(own) == Set(expected.map { Made($0) { _ in true } }) && made.count == expected.count)
            #expect(made.allSatisfy { $0.header("replay.origin.topic") == site.topic("articles") })
        }

        /// What enrichment makes, whenever and wherever it does.
        private struct Made: Hashable {
            let key: [UInt8]?
            let value: [UInt8]?
            let headers: [Header]

            init(_ record: Record, _ isOwn: (Header) -> Bool) {
                (key, value, headers) = (record.key, record.value, record.headers.filter(isOwn))
            }
        }

        @Test("a copy under another prefix keeps all that a record has and tells where it stood")
        func toPrefix() throws {
            let prefix = site.otherPrefix()
            let outcome = try replay(["--topic", "all", "--into-prefix", prefix])
            #expect(outcome.status == 0, "\(outcome.errors)")
            for name in BrokerSite.shortNames {
                let (from, to) = (try site.records(site.topic(name)), try site.records(site.topic(name, of: prefix)))
                #expect(from.keys == to.keys)
                for (partition, originals) in from {
                    let copies = try #require(to[partition])
                    let kept = copies.map { RecordContent($0) { !$0.name.hasPrefix("replay.origin.") } }
                    #expect(kept == originals.map { RecordContent($0) })
                    let places = originals.map {
                        [$0.partition.topic, "\(partition)", "\($0.offset)", $0.timestamp.rfc3339]
                    }
                    #expect(copies.map { origin($0) } == places)
                }
            }
        }

        private func origin(_ record: Record) -> [String?] {
            ["topic", "partition", "offset", "timestamp"].map { record.header("replay.origin.\($0)") }
        }

        @Test("a fresh database has the rows that the sink's has")
        func toDatabase() throws {
            for (number, options) in [[], ["--archive", site.archive]].enumerated() {
                let path = site.place.appending(path: "fresh-\(number).sqlite").path
                let outcome = try replay(["--topic", "all", "--into-database", path] + options)
                #expect(outcome.status == 0 && outcome.output.contains("4 bulletins"), "\(outcome.errors)")
                let audit = try site.run(["audit", "verify"], set: ["database=\(path)"])
                #expect(audit.status == 0 && audit.output.contains("Everything holds."), "\(audit.output)")
                let again = try replay(["--topic", "all", "--into-database", path] + options)
                #expect(again.status == 1 && again.errors.contains("exists already"), "\(again.errors)")
            }
        }

        @Test("an archive fills an empty prefix: keys, values, headers, timestamps and order are the same")
        func restored() throws {
            let prefix = site.otherPrefix()
            let restore = ["--archive", site.archive, "--topic", "all", "--verbatim", "--into-prefix", prefix]
            let outcome = try replay(restore)
            #expect(outcome.status == 0, "\(outcome.errors)")
            for name in BrokerSite.shortNames {
                let expected = try site.records(site.topic(name)).mapValues { $0.map { RecordContent($0) } }
                let restored = try site.records(site.topic(name, of: prefix)).mapValues { $0.map { RecordContent($0) } }
                #expect(restored == expected, "\(name)")
            }
            let audit = try site.run(["audit", "verify", "--no-database"], set: ["topics.prefix=\(prefix)"])
            #expect(audit.status == 0 && audit.output.contains("Everything holds."), "\(audit.output)")
            let again = try replay(restore)
            #expect(again.status == 1 && again.errors.contains("is not empty"), "\(again.errors)")
        }
    }
}

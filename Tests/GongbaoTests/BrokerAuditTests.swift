import Foundation
import Testing
import TopicLog

/// Audit and replay where the topics live on a broker: what marks of transactions, timestamps and
/// groups are there, the embedded log does not have.
@Suite(
    "Audit and replay on a broker", OnBroker(), .enabled(if: TestBroker.isThere, TestBroker.missing),
    .timeLimit(.minutes(4)))
struct BrokerTests {}

extension BrokerTests {
    @Suite("Audit")
    struct Audit {
        let site: BrokerSite

        init() throws { site = try #require(BrokerSite.current) }

        private func verify(_ options: [String], set: [String] = []) throws -> (Program.Outcome, [String: Any]) {
            let outcome = try site.run(["audit", "verify", "--format", "json"] + options, set: set)
            let object = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
            return (outcome, try #require(object as? [String: Any], "\(outcome.errors)"))
        }

        private func copy(of path: String) throws -> String {
            let copy = site.place.appending(path: UUID().uuidString).path
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            return copy
        }

        private func flip(_ path: String, at place: Double) throws {
            var bytes = try Data(contentsOf: URL(filePath: path))
            bytes[Int(Double(bytes.count) * place)] ^= 1
            try bytes.write(to: URL(filePath: path))
        }

        @Test("an archive has every record of the topics, goes on without writing twice, and is checked byte for byte")
        func archive() throws {
            let archive = try copy(of: site.archive)
            let count = try BrokerSite.shortNames.reduce(0) { $0 + (try site.all(site.topic($1)).count) }
            let sound = try Program.run(["audit", "archive", archive, "--check", "--key", site.keyFile + ".pub"])
            #expect(sound.status == 0 && sound.output.contains("with \(count) records are sound"), "\(sound.output)")
            #expect(sound.output.contains("the checkpoint covers \(count) records and its signature is true"))

            let manifest = URL(filePath: archive + "/manifest")
            let before = try Data(contentsOf: manifest)
            let again = try site.run(["audit", "archive", archive, "--key", site.keyFile])
            #expect(again.status == 0 && again.output.contains("\(count) records in"), "\(again.errors)")
            #expect(try Data(contentsOf: manifest) == before, "nothing came, so nothing is written")

            let segments = try #require(FileManager.default.enumerator(atPath: archive)).compactMap { $0 as? String }
            let segment = try #require(segments.sorted().last { $0.contains("indicators") && $0.hasSuffix(".zst") })
            try flip(archive + "/" + segment, at: 0.5)
            let damaged = try Program.run(["audit", "archive", archive, "--check"])
            #expect(damaged.status == 1 && damaged.output.contains(segment), "\(damaged.output)")
            let audit = try site.run(["audit", "verify", "--archive", archive])
            #expect(audit.status == 1 && audit.output.contains(segment), "\(audit.output)")
        }

        @Test("topics and archive hold: every offset is a record or a mark, every figure and row is derived again")
        func verify() throws {
            let groups = try site.groups()
            let records = try Dictionary(
                uniqueKeysWithValues: BrokerSite.shortNames.map { ($0, try site.all(site.topic($0))) })
            func count(_ topic: String, _ type: String) -> Int {
                records[topic]?.filter { $0.header("ce_type") == "gongbao.\(type).v1" }.count ?? 0
            }
            let archived = ["--archive", site.archive, "--checkpoint-key", site.keyFile + ".pub"]
            for options in [["--full"], [], archived + ["--full"], archived] {
                let (outcome, report) = try verify(options)
                #expect(outcome.status == 0 && report["holds"] as? Bool == true, "\(options): \(outcome.output)")
                let checked = try #require(report["checked"] as? [String: Int])
                #expect(checked["bulletins"] == 4 && records["bulletins"]?.count == 4)
                #expect(checked["articles"] == count("articles", "article"))
                #expect(checked["indicators"] == count("indicators", "indicator"))
                #expect(checked["closings"] == checked["articles"])
                // A file that is no bulletin, and a record that is no article and is told by two workers.
                #expect(checked["dead_letters"] == 3 && records["dead-letters"]?.count == 3)
                // A row each for bulletins, articles, readings, indicators and dead letters.
                let rows = records.values.reduce(0) { $0 + $1.count } - 1
                #expect(checked["rows"] == rows)
                for account in try #require(report["partitions"] as? [[String: Any]]) {
                    let numbers = account.compactMapValues { $0 as? Int }
                    let offsets = (numbers["to"] ?? 0) - (numbers["from"] ?? 0)
                    let told = ["records", "markers", "without_data"].reduce(0) { $0 + (numbers[$1] ?? 0) }
                    #expect(offsets == told && numbers["missing"] == 0, "\(account)")
                }
            }
            #expect(try site.groups() == groups)
        }

        @Test("a row that was changed, and records that no bulletin leads to, are found in topics and archive")
        func forged() throws {
            let database = try copy(of: site.database)
            if FileManager.default.fileExists(atPath: site.database + "-wal") {
                try FileManager.default.copyItem(atPath: site.database + "-wal", toPath: database + "-wal")
            }
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/sqlite3")
            process.arguments = [database, "UPDATE indicators SET value = '9' WHERE quote = '386.5亿元'"]
            try process.run()
            process.waitUntilExit()
            for options in [[], ["--archive", site.archive]] {
                let (outcome, report) = try verify(options, set: ["database=\(database)"])
                #expect(outcome.status == 1)
                #expect((report["differences"] as? [String: Int])?["changed"] == 1, "\(outcome.output)")
            }

            let prefix = site.otherPrefix()
            let copied = try site.run(["replay", "--topic", "all", "--verbatim", "--into-prefix", prefix])
            try #require(copied.status == 0, "\(copied.errors)")
            let figures = try site.all(site.topic("indicators", of: prefix))
            let figure = try #require(figures.first { $0.header("ce_type") == "gongbao.indicator.v1" })
            let text = String(decoding: figure.value ?? [], as: UTF8.self)
            let id = try #require(figure.header("ce_id"))
            let other = String(repeating: "f", count: id.count)
            let forged = figure.headers.map { $0.name == "ce_id" ? Header("ce_id", other) : $0 }
            try site.append([
                Outgoing(
                    topic: figure.partition.topic, partition: figure.partition.partition, key: figure.key,
                    value: Array(text.replacing(id, with: other).utf8), headers: forged)
            ])
            let (outcome, report) = try verify(["--no-database"], set: ["topics.prefix=\(prefix)"])
            #expect(outcome.status == 1 && report["holds"] as? Bool == false)
            let findings = try #require(report["findings"] as? [[String: Any]])
            #expect(findings.count == 1 && findings.first?["class"] as? String == "tampered", "\(findings)")
            let place = findings.first?["place"] as? String
            #expect(place?.hasPrefix("\(figure.partition)@") == true, "\(findings)")
        }

        @Test("a figure is proven by a bundle and the public key alone, and no longer once a byte of it changed")
        func prove() throws {
            let figures = try site.all(site.topic("indicators"))
            let figure = try #require(
                figures.first { String(decoding: $0.value ?? [], as: UTF8.self).contains("\"386.5亿元\"") })
            let id = try #require(figure.header("ce_id"))
            let proof = site.place.appending(path: "\(UUID().uuidString).zip").path
            let made = try site.run(["audit", "prove", id, "--archive", site.archive, "--output", proof])
            #expect(made.status == 0, "\(made.errors)")
            let check = ["audit", "check", proof, "--key", site.keyFile + ".pub"]
            let good = try Program.run(check)
            #expect(good.status == 0 && good.output.contains("【386.5亿元】"), "\(good.errors)")
            #expect(good.output.contains("the indicator at \(figure.partition)@\(figure.offset)"), "\(good.output)")
            #expect(good.output.contains("reads the same figure from the same bytes again"))
            for place in [0.02, 0.5, 0.98] {
                try flip(proof, at: place)
                let bad = try Program.run(check)
                #expect(bad.status == 1 && bad.errors.contains("proves nothing"), "\(place): \(bad.output)")
                try flip(proof, at: place)
            }
            let unknown = try site.run(
                ["audit", "prove", String(repeating: "0", count: 32), "--archive", site.archive, "--output", proof])
            #expect(unknown.status == 1 && unknown.errors.contains(String(repeating: "0", count: 32)))
        }

        @Test("another lexicon is compared over topics and archive, without a trace in either")
        func compare() throws {
            let groups = try site.groups()
            let ends = try site.ends(BrokerSite.shortNames.map { site.topic($0) })
            let tables = try copy(of: BrokerSite.samples + "/../lexicon")
            let file = tables + "/measures.tsv"
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("gdp\t", with: "gdq\t").write(toFile: file, atomically: true, encoding: .utf8)
            let command = ["audit", "compare", "--lexicon", tables, "--format", "json"]
            let live = try site.run(command)
            let object = try JSONSerialization.jsonObject(with: Data(live.output.utf8)) as? [String: Any]
            let fields = try #require(object?["fields"] as? [[String: Any]], "\(live.errors)")
            #expect(fields.count == 1 && fields.first?["name"] as? String == "code")
            #expect(object?["changed"] as? Int == fields.first?["count"] as? Int)
            #expect(object?["added"] as? Int == 0 && object?["removed"] as? Int == 0)
            let kept = try site.run(command + ["--archive", site.archive])
            #expect(kept.status == 0 && !kept.output.isEmpty)
            let other = try JSONSerialization.jsonObject(with: Data(kept.output.utf8)) as? [String: Any]
            for name in ["bulletins", "articles", "same", "changed", "changed_articles"] {
                #expect(object?[name] as? Int == other?[name] as? Int, "\(name)")
            }
            let same = try site.run(["audit", "compare"])
            #expect(same.status == 0 && same.output.contains("Everything holds."), "\(same.output)")
            #expect(try site.groups() == groups)
            #expect(try site.ends(BrokerSite.shortNames.map { site.topic($0) }) == ends)
        }
    }
}

import Foundation
import Testing
import TopicLog

@testable import gongbao

@Suite("gongbao config check")
struct ConfigurationCheckTests {
    private func check(_ text: String, in place: URL, _ more: [String] = []) throws -> Program.Outcome {
        let file = place.appending(path: "a.yaml")
        try Data(text.utf8).write(to: file)
        return try Program.run(["config", "check", "--config", file.path, "--data", place.path + "/data"] + more)
    }

    @Test("where nothing is yet, it says what will be made, and makes nothing")
    func fresh() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try check("", in: place)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("topics.sqlite will be made"))
        #expect(outcome.output.contains("gongbao.sqlite will be made"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["a.yaml"])
    }

    @Test("it tells of an existing log and database, and leaves every byte as it is")
    func existing() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = place.appending(path: "data")
        let bulletin = place.appending(path: "b.md")
        try Data("# 公告\n\n2024年完成投资12亿元。\n".utf8).write(to: bulletin)
        #expect(try Program.run(["run", bulletin.path, "--data", data.path]).status == 0)
        func contents() throws -> [String: Data] {
            var all: [String: Data] = [:]
            for name in ["topics.sqlite", "gongbao.sqlite"] {
                all[name] = try Data(contentsOf: data.appending(path: name))
            }
            return all
        }
        let before = try contents()
        let outcome = try check("", in: place)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("gongbao.articles: 4 partitions"))
        #expect(outcome.output.contains("schema v") && outcome.output.contains("1 bulletins"))
        #expect(try contents() == before)
    }

    @Test("a broker that does not answer is one sentence")
    func unreachable() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try Program.run(["topics", "lag", "--brokers", "127.0.0.1:1", "--data", place.path])
        #expect(outcome.status == 1)
        let sentences = outcome.errors.split(separator: "\n")
        #expect(sentences.count == 1 && outcome.errors.hasSuffix("can be reached.\n"), "\(outcome.errors)")
    }

    @Test("all that is wrong is told, each in one sentence, and the exit code is 1")
    func problems() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place.appending(path: "data"), withIntermediateDirectories: true)
        try Data("no database, but long enough to look at".utf8).write(to: place.appending(path: "data/gongbao.sqlite"))
        let text = "producer:\n  inbox: \(place.path)/none\nlexicon: \(place.path)\n"
        let outcome = try check(text, in: place)
        #expect(outcome.status == 1)
        let sentences = outcome.errors.split(separator: "\n")
        #expect(sentences.count == 3 && sentences.allSatisfy { $0.hasPrefix("gongbao: ") }, "\(outcome.errors)")
        #expect(outcome.errors.contains("a.yaml:2: producer.inbox is"))
    }

    @Test(
        "what librdkafka refuses is told with its place",
        arguments: [
            (
                "secruity.protocol: ssl",
                "has no property secruity.protocol; correct its name. Did you mean security.protocol?"
            ),
            ("security.protocol: ssh", "property security.protocol is wrong"),
            ("enable.auto.commit: true", "enable.auto.commit cannot be set to true"),
            ("group.id: mine", "group.id is chosen by the program; remove it."),
            ("sasl.password: hunter2\n    compression.type: zip", "property compression.type is wrong"),
        ])
    func properties(line: String, sentence: String) throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try check("kafka:\n  brokers: localhost:1\n  properties:\n    \(line)\n", in: place)
        #expect(outcome.status == 1 && outcome.errors.contains(sentence), "\(outcome.errors)")
        #expect(outcome.errors.contains("a.yaml:\(line.contains("\n") ? 5 : 4): "), "\(outcome.errors)")
        #expect(!(outcome.errors + outcome.output).contains("hunter2"))
    }

    @Test("settings of topics that would refuse or lose records are told")
    func topics() {
        let advice = TopicAdvice(largestRecord: 1000)
        func about(_ configuration: [String: String]) -> (notes: [String], problems: [String]) {
            advice.about(TopicDescription(name: "t", partitions: 1, configuration: configuration))
        }
        let good = about(["max.message.bytes": "1000", "cleanup.policy": "delete", "retention.ms": "-1"])
        #expect(good.notes.isEmpty && good.problems.isEmpty)
        #expect(about(["max.message.bytes": "999"]).problems.count == 1)
        #expect(about(["cleanup.policy": "compact,delete"]).problems.count == 1)
        #expect(about(["retention.ms": "604800000"]).notes.first?.contains("168 h") == true)
        #expect(about([:]).problems.isEmpty)
    }
}

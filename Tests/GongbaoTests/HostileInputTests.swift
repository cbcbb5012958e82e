import BulletinModel
import Foundation
import Testing

@testable import gongbao

/// Bulletins are written by strangers: nothing in one may act on whoever looks at it.
@Suite struct HostileInputTests {
    /// What a terminal would obey: C0 without the line feed, DEL, C1, and turns of direction.
    private func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    @Test("no command shows a bulletin's control characters to the terminal, nor those of its name")
    func terminal() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = place.appending(path: "data").path
        let (good, bad) = (place.appending(path: "a\u{1B}[31m\u{202E}.md"), place.appending(path: "b\u{9B}2J\n=1.bin"))
        let plain = String(repeating: "市政府召开会议，听取各部门的工作汇报，研究下一步的安排。", count: 30)
        let text = "# 公告\u{202E}\u{9B}2J\n\n\(plain)\n\n2024年，全市投资\u{202E}额5亿元，比上年\u{9B}增长3%。\u{1B}[2J\n"
        try Data(text.utf8).write(to: good)
        try Data([0xFF, 0xFF, 0x80, 0x1B, 0x5B, 0x32, 0x4A]).write(to: bad)
        var shown = try Program.run(["run", good.path, bad.path, "--data", data])
        #expect(shown.status == 3 && shown.output.contains("1 new"), "\(shown.errors)")
        var texts = [shown.output, shown.errors]
        let list = try Program.run(["deadletters", "list", "--data", data])
        let id = try #require(list.output.split(separator: "\n").last?.split(separator: " ").first)
        texts += [list.output, list.errors]
        for arguments in [
            ["deadletters", "show", String(id), "--data", data], ["topics", "tail", "bulletins", "--data", data],
            ["topics", "tail", "articles", "--data", data], ["topics", "tail", "indicators", "--data", data],
            ["topics", "tail", "dead-letters", "--data", data], ["query", "--data", data],
            ["query", "--format", "jsonl", "--data", data], ["extract", good.path],
            ["extract", good.path, bad.path, "--format", "jsonl"], ["segment", good.path],
            ["extract", place.appending(path: "none\u{1B}[2J").path],
        ] {
            shown = try Program.run(arguments)
            texts += [shown.output, shown.errors]
            #expect(!(shown.output + shown.errors).isEmpty, "\(arguments)")
        }
        for text in texts { #expect(!text.unicodeScalars.contains(where: isObeyed), "\(text.debugDescription)") }
    }

    @Test("escaped for the terminal, JSON says the same")
    func json() throws {
        let text = "a\u{7F}\u{80}\u{9F}\u{A0}\u{202E}\u{2069}\u{2013}生\u{200E}"
        let plain = try JSONEncoder().encode([text])
        let safe = JSONText.safe(Array(plain))
        #expect(try JSONDecoder().decode([String].self, from: Data(safe)) == [text])
        #expect(!String(decoding: safe, as: UTF8.self).unicodeScalars.contains(where: isObeyed))
        #expect(JSONText.safe([0x22, 0xC2]) == [0x22, 0xC2])
    }

    @Test("a secret from a file is in no output, no error, no log and no argument of the process")
    func secrets() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let secret = "s3cr3t-\(UUID().uuidString)"
        let file = place.appending(path: "password")
        try Data((secret + "\n").utf8).write(to: file)
        let configuration = place.appending(path: "gongbao.yaml")
        // Nothing listens on port 9, so every attempt fails and is told.
        try Data(
            """
            data: \(place.path)/data
            kafka:
              brokers: 127.0.0.1:9
              properties:
                security.protocol: sasl_plaintext
                sasl.mechanism: SCRAM-SHA-256
                sasl.username: clerk
              secrets:
                sasl.password: \(file.path)
            log:
              level: trace
            """.utf8
        ).write(to: configuration)
        let quick = ["--set", "kafka.properties.socket.timeout.ms=1000", "--config", configuration.path]
        for arguments in [["config", "check"]] {
            let shown = try Program.run(arguments + quick)
            #expect(shown.status != 0, "\(arguments)")
            #expect(!(shown.output + shown.errors).contains(secret), "\(arguments)")
        }
        let (worker, output, errors) = try Program.start(
            ["enrich", "--set", "kafka.properties.debug=all", "--set", "operations.listen=off"] + quick)
        defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
        let deadline = ContinuousClock.now + .seconds(20)
        var said = ""
        while !said.contains("librdkafka"), ContinuousClock.now < deadline {
            said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        }
        let arguments = try Data(contentsOf: URL(filePath: "/proc/\(worker.processIdentifier)/cmdline"))
        kill(worker.processIdentifier, SIGKILL)
        worker.waitUntilExit()
        said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        #expect(said.contains("librdkafka") && !said.contains(secret))
        #expect(!String(decoding: arguments, as: UTF8.self).contains(secret))
    }
}

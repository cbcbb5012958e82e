import Dispatch
import Foundation
import Testing

/// The archive as a process that may die.
@Suite struct AuditArchiveTests {
    @Test("killed at any moment and started again, it has each record once, byte for byte")
    func killed() throws {
        let place = try Program.site(30)
        defer { try? FileManager.default.removeItem(at: place) }
        let data = ["--data", place.appending(path: "data").path]
        let archive = place.appending(path: "archive").path
        let arguments = ["audit", "archive", archive, "--set", "archive.segment-age=100ms"] + data
        var state = UInt64.random(in: 0...UInt64.max)
        let seed = state
        for round in 0..<8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (process, output, _) = try Program.start(arguments + (round % 2 == 0 ? ["--watch"] : []))
            let timer = DispatchSemaphore(value: 0)
            _ = timer.wait(timeout: .now() + .milliseconds(Int(state >> 33) % 600))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
        }
        let last = try Program.run(arguments)
        #expect(last.status == 0, "seed \(seed): \(last.errors)")
        let check = try Program.run(["audit", "archive", archive, "--check"])
        #expect(
            check.status == 0 && check.output.contains("with 630 records are sound"), "seed \(seed): \(check.output)")
        for topic in ["bulletins", "articles", "indicators"] {
            let live = try Program.run(["replay", "--topic", topic] + data)
            let kept = try Program.run(["replay", "--topic", topic, "--archive", archive])
            #expect(!live.output.isEmpty && lines(kept) == lines(live), "seed \(seed)")
        }
    }

    @Test("a device that a page or an export goes to stays a device")
    func streams() throws {
        let place = try Program.site(2)
        defer { try? FileManager.default.removeItem(at: place) }
        let data = ["--data", place.appending(path: "data").path]
        let link = place.appending(path: "null").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        for arguments in [["audit", "verify", "--html", link], ["export", "--output", link]] {
            let outcome = try Program.run(arguments + data)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/null")
        }
        #expect(!FileManager.default.fileExists(atPath: link + ".partial"))
    }

    @Test("a replay of an archive whose manifest lost its end says so")
    func cut() throws {
        let place = try Program.site(4)
        defer { try? FileManager.default.removeItem(at: place) }
        let key = place.appending(path: "key").path
        let archive = place.appending(path: "archive").path
        #expect(try Program.run(["audit", "key", "--name", "example.org/a", "--output", key]).status == 0)
        let data = ["--data", place.appending(path: "data").path]
        #expect(try Program.run(["audit", "archive", archive, "--key", key] + data).status == 0)
        let manifest = URL(filePath: archive + "/manifest")
        let whole = try Data(contentsOf: manifest)
        let end = try #require(whole.dropLast().lastIndex(of: 0x0A))
        try whole.prefix(through: end).write(to: manifest)
        let outcome = try Program.run(["replay", "--topic", "all", "--archive", archive])
        #expect(outcome.status == 3 && outcome.errors.contains("cut or changed"), "\(outcome.errors)")
    }

    /// Partitions may come in any order, the lines name them.
    private func lines(_ outcome: Program.Outcome) -> [Substring] { outcome.output.split(separator: "\n").sorted() }
}

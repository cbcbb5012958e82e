import Foundation
import Testing

/// How processes end when they are told to: in order, in time, and at once when told again.
@Suite struct EndTests {
    /// Waits until a process has said something, at most 30 s.
    private func wait(_ process: Process, _ errors: URL, for words: String) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, process.isRunning {
            if String(decoding: try Data(contentsOf: errors), as: UTF8.self).contains(words) { return }
            sched_yield()
        }
        Issue.record("not said: \(words): \(String(decoding: try Data(contentsOf: errors), as: UTF8.self))")
    }

    private func end(_ process: Process) -> Duration {
        let began = ContinuousClock.now
        process.waitUntilExit()
        return began.duration(to: .now)
    }

    @Test(
        "told to end, a pipeline finishes its batch in time, and the next start goes on exactly",
        arguments: [SIGTERM, SIGINT])
    func orderly(_ number: Int32) throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let inbox = place.appending(path: "inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        for number in 0..<60 {
            let text = "# 第\(number)号公告\n\n2024年，第\(number)区完成投资\(number + 1)亿元，比上年增长3.5%。\n"
            try Data(text.utf8).write(to: inbox.appending(path: "b\(number).md"))
        }
        let arguments = ["run", "--inbox", inbox.path, "--data", place.appending(path: "data").path]
        let service = ["--watch", "--set", "batch.records=3", "--set", "operations.listen=127.0.0.1:0"]
        let (process, output, errors) = try Program.start(arguments + service)
        defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
        try wait(process, errors, for: "operations endpoint listens")
        kill(process.processIdentifier, number)
        #expect(end(process) < .seconds(17))
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        let next = try Program.run(arguments)
        #expect(next.status == 0 && next.output.contains(" 60 bulletins, 60 articles"), "\(next.output)\(next.errors)")
    }

    @Test("in an outage a worker still ends in time when told to, and at once when told twice", arguments: [1, 2])
    func outage(_ signals: Int) throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        // Nothing listens on port 9.
        let (process, output, errors) = try Program.start([
            "sink", "--brokers", "127.0.0.1:9", "--data", place.appending(path: "data").path,
            "--set", "operations.listen=127.0.0.1:0", "--set", "stop.deadline=3s",
        ])
        defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
        try wait(process, errors, for: "operations endpoint listens")
        kill(process.processIdentifier, SIGTERM)
        if signals == 2 {
            let second = ContinuousClock.now + .milliseconds(200)
            while ContinuousClock.now < second { sched_yield() }
            kill(process.processIdentifier, SIGTERM)
        }
        #expect(end(process) < (signals == 2 ? .seconds(3) : .seconds(8)))
        let said = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        if process.terminationStatus == 1 {
            #expect(said.contains("did not end within 3 s") && said.contains("next start does it again"), "\(said)")
        } else {
            #expect([0, 128 + SIGTERM].contains(process.terminationStatus), "\(said)")
        }
    }
}

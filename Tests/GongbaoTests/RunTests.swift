import Foundation
import Store
import Testing

/// The whole pipeline as a process on the embedded log: nothing lost, nothing doubled.
@Suite struct RunTests {
    private let samples = URL(filePath: #filePath).appending(path: "../../../Config/samples").standardized.path

    private func rows(_ data: URL) throws -> [String] {
        let store = try BulletinStore(reading: data.appending(path: "gongbao.sqlite").path)
        defer { store.close() }
        var lines: [String] = []
        try store.comparison { lines.append($0) }
        return lines
    }

    /// Bulletins with known figures, each its own.
    private func bulletins(_ count: Int, in directory: URL) throws {
        for number in 0..<count {
            let text = """
                # 第\(number)号公告

                2024年，第\(number)区完成投资\(number + 1)亿元，比上年增长\(number % 9 + 1).5%，居全市第\(number % 7 + 1)位。

                新建学校\(number % 11 + 1)所，惠及学生\(number + 100)人。

                """
            try Data(text.utf8).write(to: directory.appending(path: "b\(number).md"))
        }
    }

    @Test("offering the same bulletins again changes nothing")
    func again() throws {
        let data = try Program.directory()
        defer { try? FileManager.default.removeItem(at: data) }
        let files = try FileManager.default.contentsOfDirectory(atPath: samples).map { samples + "/" + $0 }
        let first = try Program.run(["run"] + files + ["--data", data.path])
        #expect(first.status == 0 && first.output.contains("3 new"), "\(first.errors)")
        let stored = try rows(data)
        let second = try Program.run(["run"] + files + ["--data", data.path])
        #expect(second.status == 0 && second.output.contains("0 new, 3 known already"))
        #expect(try rows(data) == stored && stored.count > 100)
    }

    @Test("killed at any moment and started again, it ends with the same rows")
    func killed() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let inbox = place.appending(path: "inbox")
        let (clean, broken) = (place.appending(path: "clean"), place.appending(path: "broken"))
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        try bulletins(120, in: inbox)
        let arguments = [
            "run", "--inbox", inbox.path, "--set", "batch.records=7", "--set", "batch.wait=10ms", "--data",
        ]
        #expect(try Program.run(arguments + [clean.path]).status == 0)

        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0..<UInt64.max, using: &random)
        var state = seed
        for _ in 0..<8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let (process, output, _) = try Program.start(arguments + [broken.path])
            let moment = DispatchTime.now() + .milliseconds(Int(state >> 33) % 900)
            let timer = DispatchSemaphore(value: 0)
            _ = timer.wait(timeout: moment)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
        }
        let last = try Program.run(arguments + [broken.path])
        #expect(last.status == 0, "seed \(seed): \(last.errors)")
        #expect(try rows(broken) == rows(clean), "seed \(seed)")
    }

    @Test("bad input becomes dead letters once, is listed, and can be offered again")
    func deadLetters() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = place.appending(path: "data")
        let bad = place.appending(path: "bad.txt")
        try Data([0xFF, 0xFF, 0x80, 0x41]).write(to: bad)
        for _ in 0..<2 {
            _ = try Program.run(["run", bad.path, "--data", data.path])
        }
        let list = try Program.run(["deadletters", "list", "--data", data.path])
        #expect(list.output.split(separator: "\n").count == 2, "\(list.output)")
        #expect(list.output.contains("invalid_encoding") && list.output.contains("bad.txt"))
        let id = try #require(list.output.split(separator: "\n").last?.split(separator: " ").first)
        let show = try Program.run(["deadletters", "show", String(id), "--bytes", "--data", data.path])
        #expect(show.output.utf8.count > 0)
        let requeue = try Program.run(["deadletters", "requeue", "--all", "--data", data.path])
        #expect(requeue.output.contains("Offered 1 again") || requeue.status == 3, "\(requeue.errors)")
    }

    @Test("a second process is told who has the log")
    func locked() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let (owner, output, _) = try Program.start(
            ["run", "--watch", "--inbox", place.path, "--data", place.appending(path: "data").path])
        defer {
            owner.terminate()
            owner.waitUntilExit()
            try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
        }
        let lock = place.appending(path: "data/topics.sqlite.lock").path
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: lock), ContinuousClock.now < deadline { sched_yield() }
        let second = try Program.run(["topics", "describe", "--data", place.appending(path: "data").path])
        #expect(second.status == 1 && second.errors.contains("\(owner.processIdentifier)"), "\(second.errors)")
    }
}

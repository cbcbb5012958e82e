import Foundation
import Testing

/// `gongbao audit verify` as a user runs it.
@Suite struct AuditVerifyTests {
    private let samples = URL(filePath: #filePath).appending(path: "../../../Config/samples").standardized.path

    private func stored(_ place: URL) throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: samples).map { samples + "/" + $0 }
        let data = place.appending(path: "data").path
        let run = try Program.run(["run"] + files + ["--data", data])
        #expect(run.status == 0, "\(run.errors)")
        return data
    }

    private func alter(_ database: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [database, sql]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test("it ends with 0 while all holds and with 1 once a row was changed, and names it")
    func verify() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = try stored(place)
        let page = place.appending(path: "audit.html")
        let good = try Program.run(["audit", "verify", "--data", data, "--html", page.path])
        #expect(good.status == 0 && good.output.contains("Everything holds."), "\(good.errors)")
        #expect(try String(contentsOf: page, encoding: .utf8).contains("<mark>386.5亿元"))
        let again = try Program.run(["audit", "verify", "--data", data])
        #expect(again.status == 0 && again.output.contains("were derived by an earlier audit"))

        try alter(data + "/gongbao.sqlite", "UPDATE indicators SET value = '9' WHERE quote = '386.5亿元'")
        let bad = try Program.run(["audit", "verify", "--data", data])
        #expect(bad.status == 1 && bad.output.contains("value: 9 instead of 38650000000"), "\(bad.output)")
        #expect(bad.errors.contains("found 1 difference."))
        let json = try Program.run(["audit", "verify", "--data", data, "--format", "json", "--full"])
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((object["differences"] as? [String: Int])?["changed"] == 1)
    }

    @Test("a byte that changes in the embedded log's file is found at its offset")
    func file() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = try stored(place)
        let path = URL(filePath: data + "/topics.sqlite")
        try alter(path.path, "PRAGMA wal_checkpoint(TRUNCATE)")
        var bytes = try Data(contentsOf: path)
        // The bulletin's bytes, then the article's message with the same text.
        let range = try #require(bytes.firstRange(of: Data("386.5亿元,同比".utf8)))
        bytes[range.lowerBound] ^= 1
        try bytes.write(to: path)
        let bad = try Program.run(["audit", "verify", "--data", data])
        #expect(bad.status == 1 && bad.output.contains("tampered"), "\(bad.output) \(bad.errors)")
        #expect(bad.output.contains("is not what was written"))
    }

    @Test("a lexicon that changed is told apart from tampering")
    func lexicon() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = try stored(place)
        let tables = place.appending(path: "lexicon")
        try FileManager.default.copyItem(atPath: samples + "/../lexicon", toPath: tables.path)
        let file = tables.appending(path: "measures.tsv")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing("gdp\t", with: "gdq\t").write(to: file, atomically: true, encoding: .utf8)
        let bad = try Program.run(["audit", "verify", "--data", data, "--set", "lexicon=\(tables.path)"])
        #expect(bad.status == 1 && bad.output.contains("other engine") && !bad.output.contains("tampered"))
        #expect(bad.output.contains("code: gdp instead of gdq"))
    }

    @Test("while a run owns the embedded log, the audit says so and what to do")
    func owned() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let data = place.appending(path: "data").path
        let (owner, output, _) = try Program.start(["run", "--watch", "--inbox", place.path, "--data", data])
        defer {
            owner.terminate()
            owner.waitUntilExit()
            try? FileManager.default.removeItem(at: output.deletingLastPathComponent())
        }
        let deadline = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: data + "/gongbao.sqlite"), ContinuousClock.now < deadline {
            sched_yield()
        }
        let audit = try Program.run(["audit", "verify", "--data", data])
        #expect(
            audit.status == 1 && audit.errors.contains("--archive")
                && audit.errors.contains("\(owner.processIdentifier)"))
    }
}

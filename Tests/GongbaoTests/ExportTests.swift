import Foundation
import Testing

/// What `gongbao export` leaves in files.
@Suite struct ExportTests {
    private let samples = URL(filePath: #filePath).appending(path: "../../../Config/samples").standardized.path

    @Test("every indicator is exported, with the types of the columns; a filter exports its part")
    func export() throws {
        let directory = try Program.directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let data = directory.path
        let run = try Program.run(["run", samples + "/yunxi-work-report.md", "--data", data])
        #expect(run.status == 0)
        let queried = try Program.run(["query", "--format", "jsonl", "--data", data]).output
        let file = directory.appending(path: "all.csv")
        let outcome = try Program.run(["export", "--output", file.path, "--data", data])
        #expect(outcome.status == 0)
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count - 1 == queried.split(separator: "\n").count)
        let schema = try Data(contentsOf: directory.appending(path: "all.csv.schema.json"))
        let columns = try #require(try JSONSerialization.jsonObject(with: schema) as? [[String: Any]])
        #expect(columns.compactMap { $0["name"] as? String } == lines[0].split(separator: ",").map(String.init))
        #expect(columns.first { $0["name"] as? String == "value" }?["type"] as? String == "decimal128(38,10)")
        #expect(!FileManager.default.fileExists(atPath: file.path + ".partial"))
        let all = try Program.run(["export", "--format", "jsonl", "--data", data])
        #expect(all.output == queried)
        let part = try Program.run(["export", "--format", "jsonl", "--code", "gdp", "--data", data])
        #expect(!part.output.isEmpty && part.output.utf8.count < all.output.utf8.count)
    }

    @Test("a file that cannot be written is told in one sentence, and none is left")
    func refused() throws {
        let directory = try Program.directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        _ = try Program.run(["run", samples + "/yunxi-work-report.md", "--data", directory.path])
        let outcome = try Program.run(
            ["export", "--output", directory.path + "/missing/x.csv", "--data", directory.path])
        #expect(outcome.status == 1)
        #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.contains("cannot be written"))
    }
}

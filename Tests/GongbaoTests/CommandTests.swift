import Foundation
import Testing

@testable import gongbao

/// The commands as a user runs them: what they print, and how they end.
@Suite struct CommandTests {
    private let samples = URL(filePath: #filePath).appending(path: "../../../Config/samples").standardized.path

    @Test("extract prints one object a line whose quotes stand at their places")
    func extract() throws {
        let path = samples + "/yunxi-work-report.md"
        let outcome = try Program.run(["extract", "--format", "jsonl", path])
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let scalars = Array(try String(contentsOfFile: path, encoding: .utf8).unicodeScalars)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count > 40)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let start = try #require(object["start"] as? Int)
            let end = try #require(object["end"] as? Int)
            var quote = String.UnicodeScalarView()
            quote.append(contentsOf: scalars[start..<end])
            #expect(object["quote"] as? String == String(quote))
            for field in ["id", "article", "name", "value", "unit", "kind", "bound", "status"] {
                #expect(object[field] != nil, "\(field)")
            }
            for field in ["value_to", "base", "period", "code", "region"] { #expect(object.keys.contains(field)) }
        }
    }

    @Test("extract reads standard input and tells files apart")
    func inputs() throws {
        let single = try Program.run(["extract", "--format", "jsonl", "-"], input: "全年完成投资12亿元。")
        #expect(single.output.contains("\"quote\":\"12亿元\"") && !single.output.contains("\"file\""))
        let paths = [samples + "/yunxi-work-report.md", samples + "/linjiang-daily.md"]
        let several = try Program.run(["extract", "--format", "jsonl"] + paths)
        for path in paths { #expect(several.output.contains("\"file\":\"\(path)\"")) }
    }

    @Test("csv has a head and as many cells in every line")
    func csv() throws {
        let outcome = try Program.run(["extract", "--format", "csv", "-"], input: "增长5%,投资12亿元。")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(Set(lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).count }).count == 1)
    }

    @Test("segment prints the articles of a page")
    func segment() throws {
        let outcome = try Program.run(["segment", samples + "/linjiang-daily.md"])
        let articles = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
        #expect(articles.count == 3)
        #expect(articles.compactMap { $0["ordinal"] as? Int } == [1, 2, 3])
        #expect(articles[1]["byline"] as? String == "本报记者 顾小满 通讯员 韩一诺 文/图")
    }

    @Test("what is rejected is one sentence and code 3, and the rest is done")
    func rejected() throws {
        let directory = try Program.directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let bad = directory.appending(path: "bad.pdf")
        try Data("%PDF-1.4".utf8).write(to: bad)
        let outcome = try Program.run(["extract", "--format", "jsonl", bad.path, samples + "/linjiang-daily.md"])
        #expect(outcome.status == 3)
        #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.contains("bad.pdf"))
        #expect(outcome.output.contains("地区生产总值"))
    }

    @Test(
        "wrong use is code 2 and says what to do",
        arguments: [
            ["nonsense"], ["extract", "--format", "xml"], ["run", "--watch"], ["config", "check", "--set", "a.b=1"],
            ["extract", "--config", "/does/not/exist.yaml"], ["query", "--from", "yesterday"],
        ])
    func wrongUse(arguments: [String]) throws {
        let outcome = try Program.run(arguments, input: "")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty && outcome.output.isEmpty)
    }

    @Test(
        "standard output that is full or closed is one sentence and code 1",
        arguments: [">/dev/full", ">&-"], ["extract", "segment", "extract --help"])
    func brokenOutput(redirection: String, command: String) throws {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        let file = "'\(samples)/linjiang-daily.md'"
        process.arguments = ["-c", "'\(Program.path)' \(command) \(file) \(redirection)"]
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(said.hasPrefix("gongbao: standard output cannot be written: ") && said.hasSuffix(".\n"))
        #expect(said.split(separator: "\n").count == 1)
    }

    @Test("messages that nobody can read do not end the work", arguments: ["2>/dev/full", "2>&-"])
    func brokenErrors(redirection: String) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "'\(Program.path)' extract --format jsonl /nonexistent '\(samples)/linjiang-daily.md' \(redirection)",
        ]
        process.standardOutput = output
        try process.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 3)
        #expect(said.split(separator: "\n").count > 10)
    }

    @Test("help and version end with 0")
    func help() throws {
        #expect(try Program.run(["--help"]).status == 0)
        #expect(try Program.run(["--version"]).output == Product.version + "\n")
    }

    @Test("a query without a database says how to fill one")
    func noDatabase() throws {
        let outcome = try Program.run(["query", "--data", "/tmp/gongbao-none-\(UUID().uuidString)"])
        #expect(outcome.status == 1 && outcome.errors.contains("gongbao run"))
    }
}

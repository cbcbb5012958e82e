import Foundation
import Testing

/// What a user says of documents with options and files beside them.
@Suite struct GivenDataCommandTests {
    private let text = "今年1至4月，完成投资120亿元，比上年同期增长5.5%。\n"

    private func write(_ files: [String: String]) throws -> URL {
        let place = try Program.directory()
        for (name, text) in files { try Data(text.utf8).write(to: place.appending(path: name)) }
        return place
    }

    private func lines(_ outcome: Program.Outcome) throws -> [[String: Any]] {
        try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    private func region(_ line: [String: Any]) -> String? { (line["region"] as? [String: Any])?["code"] as? String }

    @Test("the day, the region and the rest hold for the reading like printed words")
    func options() throws {
        let place = try write(["a.txt": text])
        defer { try? FileManager.default.removeItem(at: place) }
        let path = place.appending(path: "a.txt").path
        let plain = try #require(try lines(try Program.run(["extract", path, "--format", "jsonl"])).first)
        #expect(region(plain) == nil && plain["period"] as? String == nil)
        let given = [
            "--published", "2023-05-18", "--region", "杭州市", "--url", "https://example.org/a", "--publisher", "杭州市统计局",
            "--title", "公报",
        ]
        let outcome = try Program.run(["extract", path, "--format", "jsonl"] + given)
        let line = try #require(try lines(outcome).first, "\(outcome.errors)")
        #expect(region(line) == "330100")
        let period = try #require(line["period"] as? [String: Any])
        #expect(period["start"] as? String == "2023-01-01" && period["end"] as? String == "2023-04-30")
        #expect(line["id"] as? String == plain["id"] as? String)
        let segment = try Program.run(["segment", path] + given).output
        for words in [
            #""published":"2023-05-18""#, #""publisher":"杭州市统计局""#, #""title":"公报""#, #""region":"330100""#,
            #""origins":{"title":"given","published":"given","publisher":"given"}"#,
        ] { #expect(segment.contains(words), "\(words) in \(segment)") }
        #expect(segment.contains("example.org"))
    }

    @Test("a file beside a document says it of that one; options go before it, and it is no document itself")
    func beside() throws {
        let place = try write([
            "a.txt": text, "a.txt.meta.json": #"{"published": "2021-05-18", "region": "330100"}"#, "b.txt": text,
            "c.txt": text, "c.txt.meta.json": #"{"publishd": "2021-05-18"}"#,
        ])
        defer { try? FileManager.default.removeItem(at: place) }
        let files = ["a.txt", "a.txt.meta.json", "b.txt", "c.txt", "c.txt.meta.json"].map {
            place.appending(path: $0).path
        }
        let outcome = try Program.run(["extract", "--format", "jsonl", "--region", "370200"] + files)
        let list = try lines(outcome)
        #expect(list.map(region) == ["370200", "370200", "370200", "370200"])
        let years = list.map { (($0["period"] as? [String: Any])?["end"] as? String)?.prefix(4) }
        #expect(years == ["2021", "2021", nil, nil])
        #expect(outcome.status == 3 && outcome.errors.contains("c.txt.meta.json: publishd: "), "\(outcome.errors)")
    }

    @Test(
        "what cannot be meant is told before anything is read",
        arguments: [
            ["--published", "18.5.2024"], ["--url", "example.org"], ["--region", "无此地名"], ["--region", "鼓楼区"],
            ["--title", ""],
        ])
    func wrong(_ options: [String]) throws {
        let outcome = try Program.run(["extract", "/dev/null"] + options)
        #expect(outcome.status == 2 && outcome.errors.contains(options[0]), "\(outcome.errors)")
    }
}

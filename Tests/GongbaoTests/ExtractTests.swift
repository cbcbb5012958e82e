import Foundation
import Testing

/// What `gongbao extract` shows beside the indicators.
@Suite struct ExtractTests {
    private let text = """
        # 清河区工作通报

        2023年3月5日，全区完成投资120亿元，比上年增长8.5%，新建5000万元以上项目12个。
        """

    @Test("figures that are none are counted, and listed with their reasons")
    func unresolved() throws {
        let plain = try Program.run(["extract"], input: text)
        #expect(plain.status == 0 && plain.errors.contains("figures are no indicators"), "\(plain.errors)")
        let table = try Program.run(["extract", "--unresolved"], input: text)
        #expect(table.output.contains("threshold") && table.output.contains("date"), "\(table.output)")
        #expect(!table.output.contains("8.5%  "))
        let lines = try Program.run(["extract", "--unresolved", "--format", "jsonl"], input: text)
        let scalars = Array(text.unicodeScalars)
        for line in lines.output.split(separator: "\n") {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            let (start, end) = (try #require(object["start"] as? Int), try #require(object["end"] as? Int))
            #expect(scalars[start..<end].map(String.init).joined() == object["quote"] as? String)
            #expect(object["reason"] is String && object["passage"] is String)
        }
        let csv = try Program.run(["extract", "--unresolved", "--format", "csv"], input: text)
        #expect(csv.output.split(separator: "\n").count == lines.output.split(separator: "\n").count + 1)
    }

    @Test("an explanation names passage, rules and sources of each indicator")
    func explained() throws {
        let outcome = try Program.run(["extract", "--explain"], input: text)
        for words in ["120亿元 — ", "【120亿元】", "numeral     digits with magnitude words", "confidence  0."] {
            #expect(outcome.output.contains(words), "\(words) in \(outcome.output)")
        }
        let rules = try Program.run(["extract", "--format", "jsonl"], input: text)
        #expect(rules.output.contains(#""rules":["numeral:mixed","quantity:amount","unit:printed""#), "\(rules.output)")
    }

    @Test("one page shows the document, in the language asked for, and one document only")
    func page() throws {
        let directory = try Program.directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appending(path: "page.html")
        let outcome = try Program.run(["extract", "--html", file.path, "--language", "zh"], input: text)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        let page = try String(contentsOf: file, encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains(">120亿元</a>") && page.contains("读出的指标"))
        #expect(try Program.run(["extract", "--html", "-"], input: text).output.contains(">8.5%</a>"))
        #expect(try Program.run(["extract", "--html", file.path, "a", "b"]).status == 2)
        #expect(try Program.run(["extract", "--html", file.path, "--unresolved"], input: text).status == 2)
        #expect(try Program.run(["extract", "--html", "/no/such/place/page.html"], input: text).status == 1)
    }

    @Test("many files, named in whatever way, are read in their order")
    func many() throws {
        let directory = try Program.directory()
        defer { try? FileManager.default.removeItem(at: directory) }
        let files = try (0..<300).map { number in
            let file = directory.appending(path: "\(number).md")
            let text = number % 50 == 7 ? "" : "# 第\(number)号公告\n\n2024年，全区完成投资\(number + 1)亿元。\n"
            try Data(text.utf8).write(to: file)
            return file.path
        }
        func quotes(_ outcome: Program.Outcome) throws -> [String] {
            try outcome.output.split(separator: "\n").map { line in
                let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                return try #require(object["quote"] as? String)
            }
        }
        let expected = (0..<300).filter { $0 % 50 != 7 }.map { "\($0 + 1)亿元" }
        let named = try Program.run(["extract", "--format", "jsonl"] + files)
        #expect(try quotes(named) == expected)
        // The empty ones, each told.
        #expect(named.status == 3 && named.errors.split(separator: "\n").count == 6, "\(named.errors)")
        let around = try Program.run(["extract"] + files[..<200] + ["--format", "jsonl"] + files[200...])
        #expect(try quotes(around) == expected)
        let list = directory.appending(path: "list")
        for end in ["\n", "\0"] {
            try Data(files[1...].map { $0 + end }.joined().utf8).write(to: list)
            let listed = try Program.run(["extract", files[0], "--format", "jsonl", "--files-from", list.path])
            #expect(try quotes(listed) == expected)
        }
        try Data().write(to: list)
        #expect(try Program.run(["extract", "--files-from", list.path]).status == 1)
    }

    @Test("a bulletin without figures says so, and options that exclude each other are refused")
    func edges() throws {
        let none = try Program.run(["extract"], input: "没有数字。")
        #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("there are no indicators"))
        #expect(try Program.run(["extract", "--explain", "--unresolved"], input: text).status == 2)
        #expect(try Program.run(["extract", "--explain", "--format", "csv"], input: text).status == 2)
        let hostile = try Program.run(["extract", "--explain"], input: "全年完成投资\u{1B}[2J120亿元。")
        #expect(!hostile.output.contains("\u{1B}"))
    }
}

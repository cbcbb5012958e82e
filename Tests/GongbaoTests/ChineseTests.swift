import Foundation
import Testing

/// What who reads Chinese sees at the command line.
@Suite struct ChineseTests {
    private static let locale = "zh_CN.UTF-8"

    /// A command as text and help name it.
    private static var command: Regex<Substring> { /gongbao(?: [a-z-]+)+/ }

    @Test(
        "help is Chinese from the first word to the last",
        arguments: [
            [], ["run"], ["produce"], ["extract"], ["query"], ["panel"], ["replay"], ["audit"], ["audit", "verify"],
            ["topics", "tail"],
            ["config", "check"], ["deadletters", "requeue"], ["serve"],
        ])
    func help(_ command: [String]) throws {
        let outcome = try Program.run(command + ["--help"], locale: Self.locale)
        #expect(outcome.status == 0 && outcome.output.hasPrefix("概述："), "\(outcome.output)")
        #expect(outcome.output.contains("用法：gongbao") && outcome.output.contains("显示帮助。"))
        // Three English words in a row are a sentence that nobody has translated, but for a command's own.
        let english = outcome.output.replacing(Self.command, with: "").firstMatch(of: /[a-z]{2,} [a-z]{2,} [a-z]{2,}/)
        #expect(english == nil, "\(english.map { String($0.output) } ?? "") in \(outcome.output)")
        // What stands for a value is Chinese, too.
        let place = outcome.output.firstMatch(of: /<[a-z:=|-]+>/)
        #expect(place == nil, "\(place.map { String($0.output) } ?? "")")
    }

    @Test("help in English is as it was, also where the option asks for it")
    func english() throws {
        let outcome = try Program.run(["run", "--help", "--language", "en"], locale: Self.locale)
        #expect(outcome.output.hasPrefix("OVERVIEW: Reads bulletins into the database"))
        #expect(try Program.run(["--language", "zh", "run", "--help"]).output.hasPrefix("概述："))
    }

    @Test(
        "what is wrong with a command line is said in Chinese",
        arguments: [
            (["extract", "--frmat", "x"], "错误：没有选项 --frmat。您要的是不是 --format？"),
            (["extract", "--format", "x"], "错误：--format <格式> 不能取值 x。可用的值有"),
            (["topics", "tail"], "错误：缺少参数 <主题>"), (["run", "--set", "x"], "--set x：请写成 KEY=VALUE。"),
            (["run", "--set", "foo=1"], "选项 --set foo：没有设置项 foo；gongbao config reference 列出全部设置。"),
            (["run", "--language", "fr"], "--language 的取值为 zh 或 en。"),
            (["query", "--from", "2024"], "错误：2024 不是日期；请写成 2024-12-31。"),
            (["run", "--watch"], "--watch 须指明收件目录，请用 --inbox 给出。"),
        ] as [([String], String)])
    func wrong(_ arguments: [String], _ sentence: String) throws {
        let outcome = try Program.run(arguments, locale: Self.locale)
        #expect(outcome.status == 2 && outcome.errors.contains(sentence), "\(outcome.errors)")
    }

    @Test("a run tells in Chinese what is stored, and tables have Chinese heads; what programs read does not change")
    func outputs() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let text = "临江区2024年统计公报\n\n全年地区生产总值120亿元，比上年增长8.5%。\n"
        let run = try Program.run(["run", "-", "--data", place.path], input: text, locale: Self.locale)
        #expect(run.output.hasPrefix("共提交 1 份：新收 1 份，已有 0 份，拒收 0 份。\n已存入 "), "\(run.output)")
        let table = try Program.run(["query", "--data", place.path], locale: Self.locale)
        #expect(table.output.hasPrefix("名称") && table.output.contains("水平"), "\(table.output)")
        let status = try Program.run(["status", "--data", place.path], locale: Self.locale)
        #expect(status.output.contains("死信：无") && status.output.contains("消费组"), "\(status.output)")
        let audit = try Program.run(["audit", "verify", "--data", place.path], locale: Self.locale)
        #expect(audit.status == 0 && audit.output.contains("全部一致。"), "\(audit.output)")
        for format in ["jsonl", "csv"] {
            let arguments = ["query", "--format", format, "--data", place.path]
            #expect(try Program.run(arguments, locale: Self.locale).output == Program.run(arguments).output)
        }
    }

    @Test("the setting chooses the language, and the option goes before it")
    func setting() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let file = place.appending(path: "gongbao.yaml")
        try Data("language: zh\n".utf8).write(to: file)
        let arguments = ["query", "--config", file.path, "--data", place.path]
        #expect(try Program.run(arguments).errors.contains("没有数据库"))
        #expect(try Program.run(arguments + ["--language", "en"]).errors.contains("There is no database"))
        let set = try Program.run(arguments + ["--set", "language=en"], locale: Self.locale)
        #expect(set.errors.contains("There is no database"))
    }

    @Test("the reference of settings explains each in Chinese, and is the same configuration")
    func reference() throws {
        let chinese = try Program.run(["config", "reference"], locale: Self.locale).output
        let english = try Program.run(["config", "reference"]).output
        func settings(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("#") }
        }
        #expect(settings(chinese) == settings(english))
        let left = chinese.split(separator: "\n").filter {
            $0.contains("#")
                && $0.replacing(Self.command, with: "").firstMatch(of: /[a-z]{2,} [a-z]{2,} [a-z]{2,}/) != nil
        }
        #expect(left.isEmpty, "\(left)")
    }
}

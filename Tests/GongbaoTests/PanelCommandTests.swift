import Foundation
import Testing

/// What `gongbao panel` does as a command.
@Suite struct PanelCommandTests {
    /// A database that a communiqué and a report of one city went into, which differ in one figure.
    private func database() throws -> URL {
        let directory = try Program.directory()
        let bulletins = [
            "公报.md": """
            # 洛阳市2024年国民经济和社会发展统计公报

            2024年，洛阳市实现地区生产总值5842.1亿元，比上年增长5.2%。社会消费品零售总额2201.5亿元，增长6.1%。
            """,
            "报告.md": """
            # 洛阳市政府工作报告

            2024年，洛阳市地区生产总值完成6120亿元。
            """,
        ]
        for (name, text) in bulletins {
            try text.write(to: directory.appending(path: name), atomically: true, encoding: .utf8)
        }
        let files = bulletins.keys.sorted().map { directory.appending(path: $0).path }
        let run = try Program.run(["run", "--data", directory.appending(path: "data").path] + files)
        try #require(run.status == 0, "\(run.errors)")
        return directory
    }

    @Test("a panel ends with its counts, flags what differs, and is written in the form that was asked for")
    func panel() throws {
        let directory = try database()
        defer { try? FileManager.default.removeItem(at: directory) }
        let data = ["--data", directory.appending(path: "data").path]
        let columns = ["--measure", "地区生产总值", "--measure", "gdp:change", "--years", "2024"]
        let shown = try Program.run(["panel"] + columns + data)
        #expect(
            shown.status == 0 && shown.output.contains("洛阳市") && shown.output.contains("5842.1*"),
            "\(shown.output)\(shown.errors)")
        #expect(
            shown.output.split(separator: "\n").last
                == "2 cells: 1 stated once, 0 agreed, 1 conflicting, 0 chosen by rule, 0 missing; 1 to look at.")
        for name in ["p.csv", "p.xlsx", "p.parquet", "p.dta", "p.sdmx.csv", "package"] {
            let path = directory.appending(path: name).path
            let written = try Program.run(["panel", "-o", path] + columns + data)
            #expect(written.status == 0 && FileManager.default.fileExists(atPath: path), "\(written.errors)")
        }
        let again = try Program.run(["panel", "-o", directory.appending(path: "p.xlsx").path] + columns + data)
        #expect(again.output.contains("as before"))
        let since = try Program.run(
            ["panel", "--strict", "--since", directory.appending(path: "package").path] + columns + data)
        #expect(since.output.contains("1 cell changed."), "\(since.output)")
    }

    @Test("names that nothing has are used wrongly, with the nearest ones")
    func unknown() throws {
        let directory = try database()
        defer { try? FileManager.default.removeItem(at: directory) }
        let data = ["--years", "2024", "--data", directory.appending(path: "data").path]
        let measure = try Program.run(["panel", "--measure", "gdpp"] + data)
        #expect(measure.status == 2 && measure.errors.contains("地区生产总值 (gdp)"), "\(measure.errors)")
        let region = try Program.run(["panel", "--measure", "gdp", "--region", "洛阳区"] + data)
        #expect(region.status == 2 && region.errors.contains("洛阳市"), "\(region.errors)")
        #expect(try Program.run(["panel", "--measure", "gdp:growth"] + data).status == 2)
        #expect(try Program.run(["panel", "--measure", "gdp", "-o", "a.txt"] + data).status == 2)
        #expect(try Program.run(["panel", "--measure", "gdp", "--years", "24"]).status == 2)
    }

    @Test("what is missing is listed with what to look for")
    func gaps() throws {
        let directory = try database()
        defer { try? FileManager.default.removeItem(at: directory) }
        let outcome = try Program.run([
            "panel", "--measure", "gdp", "--region", "洛阳市", "--years", "2023-2024", "--gaps", "--data",
            directory.appending(path: "data").path,
        ])
        #expect(outcome.output.contains("Look for 洛阳市2023年国民经济和社会发展统计公报."), "\(outcome.output)")
    }
}

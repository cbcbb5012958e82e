import Foundation
import Testing

/// Measures and regions as users name them.
@Suite struct MeasuresTests {
    private func data() throws -> URL {
        let place = try Program.directory()
        let file = place.appending(path: "b.md")
        try Data("# 统计公报\n\n2024年，巴音郭楞蒙古自治州地区生产总值1200亿元，增长6%。\n".utf8).write(to: file)
        #expect(try Program.run(["run", file.path, "--data", place.path]).status == 0)
        return place
    }

    @Test("names and aliases of measures and regions are understood where codes are")
    func names() throws {
        let place = try data()
        defer { try? FileManager.default.removeItem(at: place) }
        func query(_ arguments: String...) throws -> String {
            let outcome = try Program.run(["query", "--format", "csv", "--data", place.path] + arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        let byCode = try query("--code", "gdp")
        #expect(byCode.split(separator: "\n").count == 3)
        #expect(try query("--code", "地区生产总值") == byCode && query("--code", "GDP", "--code", "gdp") == byCode)
        #expect(try query("--region", "巴州") == byCode && query("--region", "6528") == byCode)
        #expect(try query("--code", "cpi").split(separator: "\n").count == 1)
    }

    @Test("an unknown measure or region is used wrongly, with the nearest ones, and no table")
    func unknown() throws {
        let place = try data()
        defer { try? FileManager.default.removeItem(at: place) }
        for command in ["query", "export"] {
            let measure = try Program.run([command, "--code", "fixed_asset", "--data", place.path])
            #expect(measure.status == 2 && measure.output.isEmpty)
            #expect(measure.errors.contains("fixed_asset_investment"), "\(measure.errors)")
            let region = try Program.run([command, "--region", "巴音郭勒", "--data", place.path])
            #expect(region.status == 2 && region.output.isEmpty)
            #expect(region.errors.contains("巴音郭楞蒙古自治州 (652800)"), "\(region.errors)")
        }
    }

    @Test("measures are listed with how often the database has them")
    func listed() throws {
        let place = try data()
        defer { try? FileManager.default.removeItem(at: place) }
        let all = try Program.run(["measures", "--format", "csv", "--data", place.path])
        let lines = all.output.split(separator: "\n")
        #expect(lines.first == "code,name,aliases,unit,kind,definition,source,indicators" && lines.count > 400)
        #expect(lines.contains { $0.hasPrefix("gdp,") && $0.hasSuffix(",2") })
        let found = try Program.run(["measures", "--search", "财政总收入", "--data", place.path])
        #expect(found.output.contains("total_fiscal_revenue") && !found.output.contains("gdp"))
        let bare = try Program.run(["measures", "--format", "jsonl", "--search", "gdp", "--data", place.path + "/none"])
        #expect(bare.status == 0 && bare.output.contains("\"definition\":") && !bare.output.contains("\"indicators\""))
        #expect(try Program.run(["measures", "--search", "口袋公园"]).status == 2)
    }
}

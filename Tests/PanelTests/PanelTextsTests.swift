import BulletinModel
import Foundation
import Testing

@testable import Messages
@testable import Panel

/// What the tables of a panel say, in the languages of its readers.
@Suite struct PanelTextsTests {
    private func panel() throws -> Panel {
        let world = try PanelWorld()
        try world.add(
            "洛阳市2024年统计公报", publisher: "洛阳市统计局", published: "2025-03-20",
            [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("洛阳市政府工作报告", [.init(value: "612000000000", quote: "6120.0亿元")])
        return try world.panel([PanelColumn(measure: "gdp", title: "地区生产总值")], 2023...2024) {
            $0.regions = world.divisions.named("洛阳市")
        }
    }

    @Test("sentences and heads are in the reader's language; names of tables and columns, and codes, never change")
    func languages() throws {
        let panel = try panel()
        let (chinese, english) = (PanelTables(panel, Messages(.chinese)), PanelTables(panel, Messages(.english)))
        #expect(chinese.wide.rows.last?.last?.text == "gdp: 1 种说法与此不同")
        #expect(english.wide.rows.last?.last?.text == "gdp: 1 statement differs")
        for (one, other) in zip(chinese.all(long: false), english.all(long: false)) {
            #expect(one.name == other.name && one.key == other.key)
            #expect(one.title != other.title && one.about != other.about)
            #expect(one.fields.map(\.name) == other.fields.map(\.name))
            for (mine, its) in zip(one.fields, other.fields) {
                #expect(mine.values.keys.sorted() == its.values.keys.sorted())
                let isAsked = mine.name.hasPrefix("gdp")
                #expect(
                    isAsked || mine.title.unicodeScalars.allSatisfy { !(0x61...0x7A).contains($0.value) }, "\(mine)")
                #expect(!mine.title.hasPrefix("field.") && !its.about.hasPrefix("field."))
            }
            let sentences = ["flags", "flag", "what"]
            for (row, its) in zip(one.rows, other.rows) {
                for (place, field) in one.fields.enumerated() where !sentences.contains(field.name) {
                    #expect(row[place] == its[place], "\(one.name).\(field.name)")
                }
            }
        }
        let what = try #require(chinese.conflicts.rows.first?[7].text)
        #expect(what.hasPrefix("洛阳市 2024，地区生产总值：5842.1亿元（洛阳市2024年统计公报），另有 6120亿元"), "\(what)")
        #expect(what.hasSuffix("两者本应一致而不一致。"))
    }

    @Test("the structure for statistics clients names every code in both languages")
    func structure() throws {
        let xml = String(decoding: SdmxWriter(try panel()).structure, as: UTF8.self)
        #expect(
            xml.contains(
                "<str:Code id=\"U\"><com:Name xml:lang=\"en\">Low reliability</com:Name><com:Name xml:lang=\"zh\">可靠性低</com:Name>"
            ))
        #expect(xml.contains("<str:Code id=\"410300\"><com:Name xml:lang=\"zh\">洛阳市</com:Name>"))
        #expect(!xml.contains("sdmx.CL_"))
    }

    @Test("every message of panels is asked for, and every one that is asked for is there")
    func use() throws {
        var source = ""
        for folder in ["Panel", "gongbao/Output", "gongbao/Wiring/Panel", "Portal/Pages"] {
            let place = URL(filePath: #filePath).appending(path: "../../../Sources/\(folder)").standardized
            let files = try #require(FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil))
            for case let file as URL in files where file.pathExtension == "swift" {
                source += try String(contentsOf: file, encoding: .utf8)
            }
        }
        let entries = Catalogue.shared.entries.filter { $0.area == "sheets" }
        let keys = Set(entries.map(\.key))
        #expect(keys.count > 150)
        for match in source.matches(of: /\bm\("((note|why|table|column|sdmx)\.[A-Za-z_.-]+)"/) {
            #expect(keys.contains(String(match.output.1)), "\(match.output.1) is missing")
        }
        for key in keys {
            let parts = key.split(separator: ".").map(String.init)
            // A column's name, a table's, or a code's stands in the source by itself.
            let word = parts.last == "about" && parts.count > 2 ? parts[parts.count - 2] : parts[parts.count - 1]
            let isUsed =
                source.contains("\"\(key)\"") || source.contains("\"\(word)\"") || source.contains("case \(word)\n")
                || parts[0] == "coded"
                || (parts[0] == "meaning" && keys.contains("coded." + parts.dropFirst().joined(separator: ".")))
            #expect(isUsed, "\(key) is used nowhere")
        }
        // Codes in words are those that columns may have.
        let coded = Set(keys.filter { $0.hasPrefix("coded.") })
        func all<Code: RawRepresentable & CaseIterable>(_ name: String, _ type: Code.Type) -> [String]
        where Code.RawValue == String { type.allCases.map { "coded.\(name).\($0.rawValue)" } }
        let known =
            all("standing", CellStanding.self) + all("rule", ChoiceRule.self) + all("scope", Indicator.Scope.self)
            + all("vintage", Indicator.Vintage.self) + all("relation", Rival.Relation.self)
            + all("check", ArithmeticCheck.Name.self) + all("outcome", CheckResult.Outcome.self)
            + all("reason", PanelGap.Reason.self) + all("kind", Indicator.Kind.self)
            + all("status", Indicator.Status.self)
            + ["about", "over", "under"].map { "coded.bound." + $0 }
            + ["yoy", "previous", "target", "annual_average", "other"].map { "coded.base." + $0 }
            + ["coded.rule.override"]
        #expect(coded == Set(known))
    }
}

import BulletinModel
import Testing

@testable import Reading

/// One table, in each form that publishers give it.
@Suite struct TableFormsTests {
    private static let title = "2023年泸州市各县区主要指标"
    private static let head = ["县区", "地区生产总值（亿元）", "比上年增长（%）", "粮食产量（万吨）"]
    private static let rows = [
        ["泸县", "455.2", "6.1", "72.3"], ["合江县", "301.7", "5.8", "60.4"], ["叙永县", "180.6", "-1.2", "41.9"],
    ]

    private static func lines(_ mark: String) -> String {
        title + "\n\n" + ([head] + rows).map { $0.joined(separator: mark) + "\n" }.joined()
    }

    private static var markdown: String {
        let lines = ([head] + rows).map { "| " + $0.joined(separator: " | ") + " |\n" }
        return title + "\n\n" + lines[0] + "| --- | --- | --- | --- |\n" + lines[1...].joined()
    }

    private static var html: String {
        let heads = "<tr>" + head.map { "<th>\($0)</th>" }.joined() + "</tr>"
        let body = rows.map { row in
            "<tr><th>\(row[0])</th>" + row[1...].map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return "<html><head><title>泸州市2023年统计资料</title></head><body><p>\(title)</p><table>" + heads + body.joined()
            + "</table></body></html>"
    }

    /// Each cell with a bar behind it in a line of its own.
    private static var barred: String {
        title + "\n\n" + ([head] + rows).map { row in row.map { $0 + " |\n" }.joined() }.joined()
    }

    private static var aligned: String {
        func set(_ row: [String]) -> String {
            row[0].padding(toLength: 6) + row[1...].map { String(repeating: " ", count: 14 - $0.count) + $0 }.joined()
        }
        return title + "\n\n" + head.joined(separator: "    ") + "\n" + rows.map { set($0) + "\n" }.joined()
    }

    @Test(
        "all forms of a table give the same figures",
        arguments: [markdown, html, aligned, lines("\t"), lines(" "), lines("\n"), lines(","), barred])
    func forms(text: String) throws {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let bytes = Array(text.utf8)
        let figures = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes)).flatMap(
            engine.extract)
        #expect(
            figures.map { "\($0.region?.name ?? "") \($0.name) \($0.value)\($0.unit) \($0.kind)" } == [
                "泸县 地区生产总值 45520000000元 level", "泸县 地区生产总值 6.1% change", "泸县 粮食产量 723000吨 level",
                "合江县 地区生产总值 30170000000元 level", "合江县 地区生产总值 5.8% change", "合江县 粮食产量 604000吨 level",
                "叙永县 地区生产总值 18060000000元 level", "叙永县 地区生产总值 -1.2% change", "叙永县 粮食产量 419000吨 level",
            ])
        #expect(figures.allSatisfy { $0.period == .init(start: "2023-01-01", end: "2023-12-31") })
    }
}

extension String {
    fileprivate func padding(toLength length: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, length - count))
    }
}

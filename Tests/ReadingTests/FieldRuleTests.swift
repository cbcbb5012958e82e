import BulletinModel
import Testing

@testable import Reading

/// Each row of the tables for kind, status and base with its own examples: right with the row, and not without it.
@Suite struct FieldRuleTests {
    /// A row of a field's table.
    struct Row: Sendable, CustomTestStringConvertible {
        let field: RuleField
        let id: String
        var testDescription: String { "\(field.rawValue): \(id)" }
    }

    private static let rows = RuleField.allCases.flatMap { field in
        ((try? Lexicon.shipped().fieldRules[field]?.rows) ?? []).map { Row(field: field, id: $0.id) }
    }

    private func rule(_ row: Row) throws -> TableRule {
        try #require(try Lexicon.shipped().fieldRules[row.field]?.rows.first { $0.id == row.id })
    }

    /// What an engine says of the field of the figure in 【】.
    private func read(_ sentence: String, _ row: Row, without: Bool) throws -> [String] {
        let before = try #require(sentence.split(separator: "【", omittingEmptySubsequences: false).first)
        let place = before.unicodeScalars.count
        let text = sentence.filter { $0 != "【" && $0 != "】" }
        var engine = Engine(lexicon: try Lexicon.shipped())
        if without { engine.fieldRules[row.field] = engine.fieldRules[row.field]?.without(row.id) }
        let decoded = try engine.decode(Array(text.utf8))
        let articles = engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8)))
        return articles.flatMap(engine.extract).filter { $0.start == place }.map { said($0, row.field) }
    }

    private func said(_ indicator: Indicator, _ field: RuleField) -> String {
        switch field {
        case .kind:
            indicator.kind == .change ? indicator.value.hasPrefix("-") ? "fall" : "rise" : indicator.kind.rawValue
        case .status: indicator.status.rawValue
        case .base: indicator.base?.rawValue ?? ""
        }
    }

    @Test("with all rows, an example's figure is read as it says", arguments: rows)
    func with(row: Row) throws {
        for example in try rule(row).examples {
            #expect(try read(example.sentence, row, without: false) == [example.expected], "\(example.sentence)")
        }
    }

    @Test("without its row, none of its examples is", arguments: rows)
    func without(row: Row) throws {
        for example in try rule(row).examples {
            #expect(try read(example.sentence, row, without: true) != [example.expected], "\(example.sentence)")
        }
    }

    @Test("what lost stays in the trace")
    func trace() throws {
        let text = "新能源汽车销量占比提高3个百分点，达到28%。"
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        let article = try #require(engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).first)
        let proposals = try #require(engine.examine(article).traces.last).proposals
        #expect(proposals.map(\.rule) == ["share-reached", "clause"])
        #expect(proposals.map(\.value) == ["share", "level"])
    }

    @Test("a row may say only what its field can be")
    func values() {
        let row = "x\tx\t100\tform=ratio\t达到 @\tgreat\t达到【5%】。\tgreat\t达到【6%】。\tgreat"
        #expect(throws: LexiconError(message: "rules/kind.tsv:1: says great, which is no kind.")) {
            try Lexicon(tables: ["rules/kind.tsv": row])
        }
    }

    @Test("the rate that something stays under does not turn its sign")
    func under() throws {
        let text = "全县工业投资增速低于全省平均增速4.5个百分点。"
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        let found = engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract)
        #expect(found.map(\.value) == ["-4.5"])
    }
}

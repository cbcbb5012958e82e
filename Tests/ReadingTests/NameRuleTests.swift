import BulletinModel
import Testing

@testable import Reading

/// Each row of a rule table with its own examples: right with the row, and not without it.
@Suite struct NameRuleTests {
    private static let ids = (try? Lexicon.shipped().names.rows.map(\.id)) ?? []

    private func rule(_ id: String) throws -> TableRule {
        try #require(try Lexicon.shipped().names.rows.first { $0.id == id })
    }

    /// The names that the figure in 【】 gets.
    private func names(_ sentence: String, without id: String? = nil) throws -> [String] {
        let before = try #require(sentence.split(separator: "【", omittingEmptySubsequences: false).first)
        let place = before.unicodeScalars.count
        let text = sentence.filter { $0 != "【" && $0 != "】" }
        var engine = Engine(lexicon: try Lexicon.shipped())
        if let id { engine.nameRules = engine.nameRules.without(id) }
        let decoded = try engine.decode(Array(text.utf8))
        let articles = engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8)))
        return articles.flatMap(engine.extract).filter { $0.start == place }.map(\.name)
    }

    @Test("with all rows, an example's figure is named as it says", arguments: ids)
    func with(id: String) throws {
        for example in try rule(id).examples {
            #expect(try names(example.sentence) == [example.expected], "\(id): \(example.sentence)")
        }
    }

    @Test("without its row, none of its examples is", arguments: ids)
    func without(id: String) throws {
        for example in try rule(id).examples {
            #expect(try names(example.sentence, without: id) != [example.expected], "\(id): \(example.sentence)")
        }
    }
}

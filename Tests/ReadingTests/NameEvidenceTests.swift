import BulletinModel
import Testing

@testable import Reading

/// What makes a name that the lexicon does not have more sure than others.
@Suite struct NameEvidenceTests {
    private func read(_ text: String) throws -> [Indicator] {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract)
    }

    @Test("a name that is all of its clause is surer than one behind the figure")
    func wholeClause() throws {
        let alone = try #require(try read("全市生态护林补助支出3亿元。").first)
        let behind = try #require(try read("全市下拨3亿元生态护林补助。").first)
        #expect(alone.rules.contains("name:clear"))
        #expect(!behind.rules.contains("name:clear"))
        #expect(alone.confidence > behind.confidence)
    }

    @Test("things counted one by one need no measure")
    func counted() throws {
        let first = try #require(try read("全县乡村书屋120个。").first)
        #expect(first.rules.contains("name:counted"))
    }

    @Test("a change is as sure as the amount that it is of")
    func sameAsAmount() throws {
        let figures = try read("全市生态护林补助支出3亿元，增长5%。")
        #expect(figures.count == 2)
        #expect(figures.last?.rules.contains("name:same") == true)
        #expect(figures.last?.confidence == figures.first?.confidence)
    }
}

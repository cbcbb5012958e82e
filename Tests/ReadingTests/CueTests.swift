import BulletinModel
import Testing

@testable import Reading

/// Rows that somebody adds to the tables of words change the reading, with the same build.
@Suite struct CueTests {
    /// The indicators of a text, as the shipped tables with a row more read it.
    private func read(_ text: String, with row: String = "", in table: String = "names.tsv") throws -> [Indicator] {
        let more = (Lexicon.shippedTables[table] ?? "") + row + "\n"
        let engine = Engine(lexicon: try Lexicon.shipped(with: [table: more]))
        let decoded = try engine.decode(Array(text.utf8))
        return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).flatMap(engine.extract)
    }

    @Test("a verb of change is one row")
    func changes() throws {
        let text = "2024年末，全市绿色贷款余额窜高12%。"
        #expect(try read(text).map(\.kind) == [.level])
        let found = try read(text, with: "窜高\trise", in: "kinds.tsv")
        #expect(found.map(\.kind) == [.change])
        #expect(found.map(\.name) == ["绿色贷款余额"])
        #expect(try read(text, with: "窜高\tfall", in: "kinds.tsv").map(\.value) == ["-12"])
    }

    @Test("a verb that stays in front of what is counted is one row")
    func verbs() throws {
        let text = "2024年，全县添筑12座冷库。"
        #expect(try read(text).map(\.name) != ["添筑冷库"])
        let found = try read(text, with: "添筑\tactionVerb")
        #expect(found.map(\.name) == ["添筑冷库"])
    }

    @Test("a word for two groups is one row")
    func groups() throws {
        let text = "2024年，全县秋夏粮产量分别为3万吨和4万吨。"
        #expect(try read(text).map(\.name) != ["秋粮产量", "夏粮产量"])
        let found = try read(text, with: "秋夏粮\t秋粮,夏粮", in: "groups.tsv")
        #expect(found.map(\.name) == ["秋粮产量", "夏粮产量"])
    }

    @Test("a label of a page is one row")
    func labels() throws {
        let text = "2024年海州市国民经济运行情况\n刊布主体：海州市统计局\n\n全年地区生产总值100亿元，比上年增长5%。\n"
        func publisher(_ lexicon: Lexicon) throws -> String? {
            let engine = Engine(lexicon: lexicon)
            let decoded = try engine.decode(Array(text.utf8))
            return engine.segment(decoded, bulletin: BulletinID(bytes: Array(text.utf8))).first?.setting.publisher
        }
        let more = (Lexicon.shippedTables["pages.tsv"] ?? "") + "刊布主体\tpublisherLabel\n"
        #expect(try publisher(Lexicon.shipped()) == nil)
        #expect(try publisher(Lexicon.shipped(with: ["pages.tsv": more])) == "海州市统计局")
    }

    @Test(
        "a broken row is named with file and line",
        arguments: [
            ("names.tsv", "约\tlinked\n", "names.tsv:1: linked is no feature and no cue."),
            ("pages.tsv", "\tagency\n", "pages.tsv:1: needs a word and its features or cues."),
            ("kinds.tsv", "# verbs\n升\tup\n", "kinds.tsv:2: needs a word and its sense."),
            ("kinds.tsv", "升\trise\n升\tfall\n", "kinds.tsv:2: 升 has its sense in a row above."),
            ("groups.tsv", "城乡\t城镇\n", "groups.tsv:1: needs a word and its groups."),
        ])
    func broken(table: String, text: String, message: String) {
        #expect(throws: LexiconError(message: message)) { try Lexicon(tables: [table: text]) }
    }
}

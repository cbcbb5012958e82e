import BulletinModel
import Foundation
import Testing

@testable import Reading

@Suite("Readings with how they came about")
struct ExaminationTests {
    private let engine: Engine

    init() throws { engine = try Engine(lexicon: Lexicon.words()) }

    private func examine(_ text: String) throws -> [(article: Article, examination: Examination)] {
        let bytes = Array(text.utf8)
        return try engine.segment(engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
            .map { ($0, engine.examine($0)) }
    }

    private func reasons(_ text: String) throws -> [String: Unresolved.Reason] {
        let all = try examine(text).flatMap(\.examination.unresolved)
        return Dictionary(all.map { ($0.text, $0.reason) }, uniquingKeysWith: { first, _ in first })
    }

    @Test("what is no indicator is listed with the reason")
    func named() throws {
        let found = try reasons(
            """
            # 清河区第三届人民代表大会

            2023年3月5日，第三产业增加值增长6.1%，邮编472000。全区突出两个重点，抓好一批项目，新建5000万元以上项目12个。
            """)
        #expect(found["2023年"] == .date || found["2023年3月5日"] == .date, "\(found)")
        #expect(found.contains { $0.key.hasPrefix("第三") && $0.value == .ordinal }, "\(found)")
        #expect(found.contains { $0.key.contains("472000") }, "\(found)")
        #expect(found.contains { $0.key.contains("5000万元") && $0.value == .threshold }, "\(found)")
        #expect(!found.contains { $0.key.contains("6.1") || $0.key.contains("12") })
    }

    @Test("the indicators are those of an ordinary reading, each with a trace that marks its figure")
    func same() throws {
        for (article, examination) in try examine(
            "全年完成投资120亿元，比上年增长8.5%，其中工业投资30亿元。\n\n新建学校3所，服务业占比四成，总量居全市第2位。\n")
        {
            #expect(examination.indicators == engine.extract(article))
            #expect(!examination.indicators.isEmpty)
            #expect(examination.traces.count == examination.indicators.count)
            for (indicator, trace) in zip(examination.indicators, examination.traces) {
                let figure = try #require(trace.figure)
                let scalars = Array(trace.passage.unicodeScalars)
                #expect(scalars[figure].map(String.init).joined() == indicator.quote)
                #expect(indicator.rules == trace.rules.map(\.rawValue))
                let families = trace.rules.prefix(6).map { String($0.family) }
                #expect(families == ["numeral", "quantity", "unit", "kind", "name", "period"])
            }
        }
    }

    @Test("no digit of the samples is silently gone: it is in an indicator or among what is unresolved")
    func complete() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Config/samples")
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = Array(try Data(contentsOf: file))
            let text = try engine.decode(bytes)
            for article in engine.segment(text, bulletin: BulletinID(bytes: bytes)) {
                let examination = engine.examine(article)
                var covered = Set(examination.indicators.flatMap { $0.start..<$0.end })
                covered.formUnion(examination.unresolved.flatMap { $0.start..<$0.end })
                let scalars = Array(article.text.unicodeScalars)
                for (place, scalar) in scalars.enumerated() where ("0"..."9").contains(scalar) {
                    let around = scalars[max(0, place - 12)..<min(scalars.count, place + 12)]
                    #expect(
                        covered.contains(article.start + place),
                        "\(file.lastPathComponent): \(String(String.UnicodeScalarView(around)))")
                }
            }
        }
    }

    @Test("doubtful readings are less sure than plain ones, and all lie between 0 and 1")
    func confidence() throws {
        let confidence = try Confidence(try #require(Lexicon.shippedTables["confidence.tsv"]))
        let plain: [Rule] = [.numeralDigits, .quantityAmount, .unitPrinted, .kindLevel, .nameFront, .periodClause]
        let order = [
            plain + [.nameKnown], plain, plain + [.doubtOddName],
            plain.map { $0 == .nameFront ? .nameBehind : $0 }, plain.map { $0 == .nameFront ? .nameCarried : $0 },
        ].map(confidence.of)
        #expect(order == order.sorted(by: >) && Set(order).count == order.count, "\(order)")
        for rule in Rule.allCases { #expect((0...1).contains(confidence.of([rule]))) }
    }

    @Test(
        "a broken row of shares is named with its line",
        arguments: ["name:front", "name:front\tx\t1", "name:front\t90", "no:rule\t1\t1"])
    func brokenShares(row: String) {
        #expect {
            try Confidence("# shares\n" + row)
        } throws: { ($0 as? LexiconError)?.message.hasPrefix("confidence.tsv:2: ") == true }
    }

    @Test("the names that were proposed stand in the trace, the one that was taken first")
    func candidates() throws {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let bytes = Array("全县税收收入年初预算5亿元，实际完成5.2亿元。".utf8)
        let articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        let names = articles.flatMap { engine.examine($0).traces }.map(\.names)
        #expect(names.last?.first == Naming.Candidate(rule: "budget-done", name: "税收收入"))
        #expect(names.last?.last?.rule == "clause")
    }
}

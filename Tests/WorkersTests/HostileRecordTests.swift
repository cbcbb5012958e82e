import BulletinModel
import Testing
import TopicLog

@testable import Workers

/// A generator that gives the same numbers for the same seed (SplitMix64).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

@Suite("Hostile records")
struct HostileRecordTests {
    private let topics = Topics()

    private func record(_ topic: String, _ key: [UInt8]?, _ value: [UInt8]?, _ headers: [Header]) -> Record {
        Record(
            partition: TopicPartition(topic, 0), offset: 0, timestamp: Timestamp(milliseconds: .max), key: key,
            value: value, headers: headers)
    }

    private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8]? {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = .random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            case 2: bytes.insert(contentsOf: [0x22, 0x7b, 0x5b].shuffled(using: &random), at: at)
            default: bytes.removeSubrange(at...)
            }
        }
        return Int.random(in: 0..<20, using: &random) == 0 ? nil : bytes
    }

    @Test("whatever stands in a topic is read, or rejected as bad data, and never stops a worker")
    func anything() throws {
        var random = SeededGenerator(state: 7)
        let text = "收入12元，支出34元。"
        let article = Article(
            bulletin: BulletinID(bytes: Array(text.utf8)), ordinal: 1, start: 0, end: text.unicodeScalars.count,
            text: text)
        let indicators = PlainReader().indicators(of: article)
        let closing = Closing(
            article: article.id, bulletin: article.bulletin, count: 2,
            digest: Closing.digest(of: indicators.map { $0.message() }), engine: PlainReader().engine)
        let samples = [article.message(), indicators[0].message(), closing.message(), Array(text.utf8)]
        let names = ["ce_type", "ce_source", "gongbao_engine", "dlq.id", "dlq.origin.topic", "dlq.origin.offset", "x"]
        let values: [[UInt8]?] = [
            nil, [], [0xff], Array("1".utf8), Array("-9".utf8), Array("gongbao.bulletin.v1".utf8), Array("%4".utf8),
            Array("99999999999999999999".utf8),
        ]
        let stage = EnrichmentStage(reader: PlainReader(), topics: topics)
        for _ in 0..<1500 {
            let headers = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Header(names.randomElement(using: &random) ?? "", bytes: values.randomElement(using: &random) ?? nil)
            }
            let value = damaged(samples.randomElement(using: &random) ?? [], &random)
            let key = values.randomElement(using: &random) ?? nil
            for topic in topics.all {
                let record = record(topic, key, value, headers)
                if case .failed(let failure) = SinkRecord(record, topics: topics) { #expect(failure.kind == .data) }
                _ = Requeue(record, topics: topics)
                guard topic == topics.articles else { continue }
                if case .reject(let failure) = stage.process(record) { #expect(failure.kind == .data) }
            }
        }
    }

    @Test("an engine that shows a wrong place is caught before anything is written")
    func misplaced() {
        struct Wrong: BulletinReader {
            let shift: Int
            let engine = EngineVersion(number: 1, lexicon: "")
            func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] { [] }
            func indicators(of article: Article) -> [Indicator] {
                [
                    Indicator(
                        article: article.id, bulletin: article.bulletin, articleOrdinal: 1, start: 2 + shift,
                        end: 5 + shift, repetition: 0, quote: "12元", name: "收入", value: "12", unit: "元", kind: .level)
                ]
            }
        }
        let text = "收入12元。"
        let article = Article(
            bulletin: BulletinID(bytes: [1]), ordinal: 1, start: 0, end: text.unicodeScalars.count, text: text)
        for (shift, isRight) in [(0, true), (1, false), (-1, false), (100, false), (-100, false)] {
            let outcome = EnrichmentStage(reader: Wrong(shift: shift), topics: topics)
                .process(record(topics.articles, nil, article.message(), []))
            if case .emit = outcome { #expect(isRight) } else { #expect(!isRight) }
        }
    }
}

@Suite("Bounds of what comes from outside")
struct RecordBoundsTests {
    private let topics = Topics()

    private func article(_ text: String) -> Article {
        Article(bulletin: BulletinID(bytes: [1]), ordinal: 1, start: 0, end: text.unicodeScalars.count, text: text)
    }

    private func outcome(_ text: String, most: Int = 20_000, _ headers: [Header] = []) -> Outcome {
        EnrichmentStage(reader: PlainReader(), topics: topics, mostFigures: most).process(
            Record(
                partition: TopicPartition(topics.articles, 0), offset: 0, timestamp: Timestamp(milliseconds: 1000),
                key: nil, value: article(text).message(), headers: headers))
    }

    @Test("an article with more figures than one may state is a dead letter")
    func figures() {
        guard case .emit(let records) = outcome("收入12元，支出34元。", most: 2) else {
            Issue.record("two are allowed")
            return
        }
        #expect(records.count == 3)
        guard case .reject(let failure) = outcome("收入12元，支出34元，结余56元。", most: 2) else {
            Issue.record("three are not")
            return
        }
        #expect(failure.kind == .data && failure.code == "too_many_figures")
    }

    @Test("headers that are no time, no trace and no program are not carried into every record")
    func headers() {
        let long = String(repeating: "x", count: 60_000)
        guard case .emit(let records) = outcome("收入12元。", [Header("ce_time", long), Header("traceparent", long)]) else {
            Issue.record("it can be read all the same")
            return
        }
        #expect(records.allSatisfy { $0.size < 4000 })
        #expect(records[0].headers.contains(Header("ce_time", "1970-01-01T00:00:01.000Z")))
        for decoder in [long, "a\u{1}b", "公报"] {
            guard case .reject(let failure) = outcome("收入12元。", [Header("gongbao_decoder", decoder)]) else {
                Issue.record("\(decoder.prefix(8)) is no program")
                continue
            }
            #expect(failure.code == "bad_header")
        }
    }

    @Test(
        "values, codes and days that no column and no reader takes are bad data",
        arguments: [
            ("\"value\":\"12\"", "\"value\":\"NaN\""), ("\"value\":\"12\"", "\"value\":\"=1+1\""),
            ("\"value\":\"12\"", "\"value\":\"1e999\""), ("\"value\":\"12\"", "\"value\":\"--12\""),
            ("\"value\":\"12\"", "\"value\":\"1.2.3\""), ("\"value\":\"12\"", "\"value\":\"\""),
            ("\"code\":null", "\"code\":\"\(String(repeating: "a", count: 20_000))\""),
            ("\"code\":null", "\"code\":\"A;B\""),
            ("\"period\":null", "\"period\":{\"start\":\"2024-02-30\",\"end\":\"2024-03-01\"}"),
            ("\"period\":null", "\"period\":{\"start\":\"2024-1-1\",\"end\":\"2024-03-01\"}"),
            ("\"repetition\":0", "\"repetition\":9223372036854775807"),
            ("\"rules\":[]", "\"rules\":[\(Array(repeating: "\"r\"", count: 65).joined(separator: ","))]"),
        ])
    func fields(_ old: String, _ new: String) throws {
        let indicator = Indicator(
            article: article("收入12元。").id, bulletin: BulletinID(bytes: [1]), articleOrdinal: 1, start: 2, end: 5,
            repetition: 0, quote: "12元", name: "收入", value: "12", unit: "元", kind: .level)
        let message = String(decoding: indicator.message(), as: UTF8.self)
        #expect(message.contains(old))
        let changed = Array(message.replacing(old, with: new).utf8)
        #expect { try Indicator(message: changed) } throws: {
            ($0 as? MessageError).map { [.badField, .inconsistent].contains($0.code) } ?? false
        }
        #expect(try Indicator(message: indicator.message()) == indicator)
    }
}

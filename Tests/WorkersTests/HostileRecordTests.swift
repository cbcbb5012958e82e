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
                _ = Requeue(record)
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
            func articles(of bytes: [UInt8], bulletin: BulletinID) throws(Failure) -> [Article] { [] }
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

import BulletinModel
import Foundation
import Reading
import TopicLog

@testable import Audit
@testable import EmbeddedLog
@testable import Workers

/// Sound inputs from which the fuzzer begins.
enum FuzzSeeds {
    /// The key that all signatures are held to.
    static let key: NoteSigner = {
        do { return try NoteSigner(name: "fuzz", key: Array(repeating: 7, count: 32)) } catch { fatalError("\(error)") }
    }()

    /// Writes them, a folder for each part.
    static func write(to folder: String) throws {
        for part in FuzzPart.allCases {
            let place = URL(fileURLWithPath: folder).appendingPathComponent(part.rawValue)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for (number, bytes) in try seeds(of: part).enumerated() {
                try Data(bytes).write(to: place.appendingPathComponent("seed-\(number)"))
            }
        }
    }

    private static func seeds(of part: FuzzPart) throws -> [[UInt8]] {
        switch part {
        case .records:
            let headers = HeaderCodec.encode(Self.headers) ?? []
            return messages.map { headers + [0xff] + Array("key".utf8) + [0xff] + $0 }
        case .headers: return [HeaderCodec.encode(headers) ?? [], [3, 0x61, 0x62, 0x63, 0]]
        case .messages: return messages
        case .manifest: return [try archive("manifest")]
        case .segment: return try ["zst", "index", "names"].map { try archive($0) }
        case .zip: return [ZipArchive([.init("a.txt", Array("a".utf8)), .init("b/c", [])]).bytes]
        case .proof:
            let entries = ["PROOF.txt", "proof.json", "checkpoint", "bulletin"].map {
                ZipArchive.Entry($0, [0x7b, 0x7d])
            }
            return [ZipArchive(entries).bytes]
        case .checkpoint: return [try archive("checkpoint")]
        case .lexicon:
            return try Lexicon.tableNames.map { name in
                let text = try String(contentsOfFile: "Config/lexicon/" + name, encoding: .utf8)
                return Array((name + "\n" + text.split(separator: "\n").prefix(40).joined(separator: "\n")).utf8)
            }
        case .documents: return [Array("From: a@example\nSubject: b\n\n1元".utf8), Array("PK\u{3}\u{4}".utf8)]
        }
    }

    private static let headers = [
        Header("ce_time", "2024-07-20T00:00:00Z"), Header("ce_type", "gongbao.article.v1"),
        Header("traceparent", CloudEvent.traceparent(for: BulletinID(bytes: []))),
        Header("gongbao_attempts", "9223372036854775807"), Header("gongbao_decoder", "pdftotext 22.12.0"),
        Header("dlq.worker", "produce"), Header("dlq.truncated-from", "-1"), Header("dlq.topic", "gongbao.articles"),
    ]

    private static var messages: [[UInt8]] {
        let id = BulletinID(bytes: [1])
        let text = "全市收入12元。"
        let article = Article(
            bulletin: id, ordinal: 1, headline: "甲", start: 0, end: text.unicodeScalars.count, text: text)
        let indicator = Indicator(
            article: article.id, bulletin: id, articleOrdinal: 1, start: 4, end: 7, repetition: 0, quote: "12元",
            name: "收入", value: "12", unit: "元", kind: .level, confidence: 0.9)
        let closing = Closing(
            article: article.id, bulletin: id, count: 1, digest: Closing.digest(of: [indicator.message()]),
            engine: EngineVersion(number: 1, lexicon: ""))
        return [article.message(), indicator.message(), closing.message(), Array(text.utf8)]
    }

    /// A file of a small archive, by its name's end.
    private static func archive(_ end: String) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gongbao-fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let writer = try ArchiveWriter(path: folder.path, signer: key)
        let partition = TopicPartition("gongbao.articles", 0)
        let records = messages.enumerated().map { number, value in
            Record(
                partition: partition, offset: Int64(number), timestamp: Timestamp(milliseconds: 5), key: [1],
                value: value, headers: headers)
        }
        let next = [partition: Int64(records.count)]
        _ = try writer.append(
            Batch(records: records, next: next), partitions: ["gongbao.articles": 1], begin: [partition: 0],
            now: Timestamp(milliseconds: 5))
        _ = try writer.seal(began: Timestamp(milliseconds: .max), next: next, partitions: ["gongbao.articles": 1])
        try writer.sign()
        writer.close()
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        guard let name = files.first(where: { $0.hasSuffix(end) }),
            let bytes = FileManager.default.contents(atPath: folder.path + "/" + name)
        else { return [] }
        return Array(bytes)
    }
}

import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import gongbao

@Suite("Replayed records as lines")
struct ReplayLinesTests {
    /// What is written of these records.
    private func lines(_ records: [Record], key: [UInt8]? = nil) throws -> [Data] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lines-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        let descriptor = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        defer { _ = close(descriptor) }
        let lines = ReplayLines(to: JSONOutput(to: descriptor), key: key)
        for record in records { try record.visit(lines) }
        try lines.flush()
        return try Data(contentsOf: file).split(separator: 0x0A)
    }

    private func record(
        _ offset: Int64 = 7, topic: String = "t", key: [UInt8]? = nil, value: [UInt8]?, headers: [Header] = []
    ) -> Record {
        Record(
            partition: TopicPartition(topic, 2), offset: offset, timestamp: Timestamp(milliseconds: -5), key: key,
            value: value, headers: headers)
    }

    @Test("a line has everything of a record")
    func shape() throws {
        let records = [
            record(
                key: Array("k".utf8), value: Array("公\"报\"\n".utf8),
                headers: [Header("a", "1"), Header("b", bytes: nil)]),
            record(8, topic: "其他", value: nil), record(Int64.max, value: [0xFF, 0, 1]),
        ]
        #expect(
            try lines(records).map { String(decoding: $0, as: UTF8.self) } == [
                #"{"topic":"t","partition":2,"offset":7,"timestamp":-5,"key":"k","headers":[{"name":"a","value":"1"},"#
                    + #"{"name":"b","value":null}],"value":"公\"报\"\n"}"#,
                #"{"topic":"其他","partition":2,"offset":8,"timestamp":-5,"key":null,"headers":[],"value":null}"#,
                #"{"topic":"t","partition":2,"offset":9223372036854775807,"timestamp":-5,"key":null,"headers":[],"#
                    + #""value":{"base64":"/wAB"}}"#,
            ])
    }

    @Test("only the wanted key")
    func wanted() throws {
        let records = [
            record(1, key: [65], value: nil), record(2, key: nil, value: nil), record(3, key: [65, 66], value: nil),
        ]
        #expect(try lines(records, key: [65]).count == 1)
        #expect(try lines(records, key: [66]).isEmpty)
    }

    @Test("whatever bytes a value has, a JSON reader gets them back")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        let special: [UInt8] = [
            0x22, 0x5C, 0x00, 0x1F, 0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x0A, 0x0D, 0x09, 0x08, 0x0C,
        ]
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\u{1}", "报", "é", "😀", "\u{7FF}", "\u{800}", "\u{E000}", "\u{FFFD}",
        ]
        for round in 0..<3_000 {
            let value: [UInt8]
            switch round % 3 {
            case 0:
                value = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                    special.randomElement(using: &random) ?? 0
                }
            case 1:
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0...30, using: &random) {
                    text.append(scalars.randomElement(using: &random) ?? "a")
                }
                value = Array(String(text).utf8)
            default:
                value = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            }
            let line = try #require(try lines([record(value: value)]).first)
            let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
            if let text = String(validating: value, as: UTF8.self) {
                #expect(object["value"].map { $0 as? String } == text, "\(value)")
            } else {
                let coded = (object["value"] as? [String: String])?["base64"]
                #expect(coded.flatMap { Data(base64Encoded: $0) } == Data(value), "\(value)")
            }
        }
    }
}

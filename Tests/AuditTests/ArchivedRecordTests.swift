import Audit
import Testing
import TopicLog

/// A record's canonical bytes: everything comes back, and nothing else is taken.
@Suite struct ArchivedRecordTests {
    @Test("random records come back byte for byte, each from one encoding")
    func random() throws {
        var random = SplitMix(seed: 20_240_517)
        for _ in 0..<2_000 {
            let record = RandomRecord.make(&random)
            let bytes = ArchivedRecord.encode(record)
            let back = try #require(ArchivedRecord.decode(bytes))
            #expect(back == record && ArchivedRecord.encode(back) == bytes)
            #expect(ArchivedRecord.leafHash(record) == MerkleTree.leafHash(bytes))
        }
    }

    @Test("no key, an empty key, no value and an empty value are four different records")
    func nothing() {
        let partition = TopicPartition("t", 0)
        let variants: [Record] = [nil, []].flatMap { (key: [UInt8]?) in
            [nil, []].flatMap { (value: [UInt8]?) in
                [nil, []].map { (header: [UInt8]?) in
                    Record(
                        partition: partition, offset: 7, timestamp: Timestamp(milliseconds: -1), key: key, value: value,
                        headers: [Header("h", bytes: header)])
                }
            }
        }
        #expect(Set(variants.map(ArchivedRecord.encode)).count == 8)
        for record in variants { #expect(ArchivedRecord.decode(ArchivedRecord.encode(record)) == record) }
    }

    @Test("the layout is the one that is documented")
    func layout() {
        let record = Record(
            partition: TopicPartition("ab", 3), offset: 258, timestamp: Timestamp(milliseconds: 1), key: [9],
            value: nil,
            headers: [Header("n", bytes: [])])
        #expect(
            ArchivedRecord.encode(record) == [
                1, 0, 2, 0x61, 0x62, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 9, 255,
                255,
                255, 255, 0, 0, 0, 1, 0, 0, 0, 1, 0x6e, 0, 0, 0, 0,
            ])
    }

    @Test("bytes cut, grown or changed are no record, or another one that is written just so")
    func hostile() {
        var random = SplitMix(seed: 7)
        for _ in 0..<3_000 {
            var bytes = ArchivedRecord.encode(RandomRecord.make(&random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            case 1: bytes.append(UInt8.random(in: 0...255, using: &random))
            default:
                for _ in 0..<3 {
                    bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
                }
            }
            if let record = ArchivedRecord.decode(bytes) { #expect(ArchivedRecord.encode(record) == bytes) }
        }
    }
}

/// Records of all shapes.
enum RandomRecord {
    static func make(
        _ random: inout SplitMix, partition: TopicPartition = TopicPartition("gongbao.articles", 2),
        offset: Int64? = nil
    ) -> Record {
        Record(
            partition: partition, offset: offset ?? Int64.random(in: 0...Int64.max, using: &random),
            timestamp: Timestamp(milliseconds: Int64.random(in: -1...1_900_000_000_000, using: &random)),
            key: bytes(&random, 40), value: bytes(&random, 400),
            headers: (0..<Int.random(in: 0...4, using: &random)).map { _ in
                Header(["ce_id", "公报", "", "x", "x"].randomElement(using: &random) ?? "", bytes: bytes(&random, 20))
            })
    }

    static func bytes(_ random: inout SplitMix, _ most: Int) -> [UInt8]? {
        guard Int.random(in: 0..<6, using: &random) > 0 else { return nil }
        // Few different bytes, so that there is something to compress.
        return (0..<Int.random(in: 0...most, using: &random)).map { _ in UInt8.random(in: 0...15, using: &random) &* 17
        }
    }
}

import Testing
import TopicLog

@Suite("The key's partition")
struct Murmur2Tests {
    @Test(
        "hashes as the Java client does",
        arguments: [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58_897_971), ("abc", 479_470_107),
        ] as [(String, Int32)])
    func knownVectors(key: String, hash: Int32) {
        #expect(Int32(bitPattern: Murmur2.hash(Array(key.utf8))) == hash)
    }

    @Test("is never negative and always below the count", arguments: [1, 2, 3, 7, 12, 100])
    func staysInRange(count: Int) {
        let partitions = (0..<2_000).map { Murmur2.partition(of: Array("key \($0)".utf8), count: count) }
        #expect(Set(partitions) == Set(0..<Int32(count)))
    }
}

/// Kafka's default partitioner: murmur2 of the key, made positive, modulo the partitions.
///
/// Source: `org.apache.kafka.common.utils.Utils.murmur2` (Austin Appleby's MurmurHash2,
/// 32 bit, seed 0x9747b28c). The Java client and librdkafka's `murmur2_random` place a key
/// alike, so a topic has the same layout on every backend.
public enum Murmur2 {
    /// The hash of a key.
    public static func hash(_ key: [UInt8]) -> UInt32 {
        let m: UInt32 = 0x5bd1_e995
        var h: UInt32 = 0x9747_b28c ^ UInt32(truncatingIfNeeded: key.count)
        var i = 0
        while i + 4 <= key.count {
            var k = UInt32(key[i]) | UInt32(key[i + 1]) << 8 | UInt32(key[i + 2]) << 16 | UInt32(key[i + 3]) << 24
            k = k &* m
            k ^= k >> 24
            k = k &* m
            h = (h &* m) ^ k
            i += 4
        }
        let rest = key.count - i
        if rest >= 3 { h ^= UInt32(key[i + 2]) << 16 }
        if rest >= 2 { h ^= UInt32(key[i + 1]) << 8 }
        if rest >= 1 {
            h ^= UInt32(key[i])
            h = h &* m
        }
        h ^= h >> 13
        h = h &* m
        h ^= h >> 15
        return h
    }

    /// The partition that Kafka's default partitioner gives a key, of `count` (at least 1).
    public static func partition(of key: [UInt8], count: Int) -> Int32 {
        Int32(Int(hash(key) & 0x7fff_ffff) % count)
    }
}

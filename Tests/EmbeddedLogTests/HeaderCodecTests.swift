import Testing
import TopicLog

@testable import EmbeddedLog

@Suite("Stored headers")
struct HeaderCodecTests {
    @Test("come back as they were")
    func roundTrip() {
        var random = Seeded(3)
        for _ in 0..<500 {
            let headers = (0..<Int.random(in: 0...5, using: &random)).map { index in
                let name = String(repeating: "名", count: Int.random(in: 0...80, using: &random)) + "\(index % 2)"
                return Header(name, bytes: Bool.random(using: &random) ? random.bytes(upTo: 300) : nil)
            }
            #expect(HeaderCodec.decode(HeaderCodec.encode(headers) ?? []) == headers)
        }
        #expect(HeaderCodec.encode([]) == nil)
    }

    @Test("are refused when they are cut off, and never more than the bytes say")
    func hostile() {
        var random = Seeded(4)
        for _ in 0..<5_000 {
            let bytes = random.bytes(upTo: 30)
            let size = (HeaderCodec.decode(bytes) ?? []).reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
            #expect(size <= bytes.count)
        }
        let whole = HeaderCodec.encode([Header("name", "value")]) ?? []
        for count in 1..<whole.count { #expect(HeaderCodec.decode(Array(whole.prefix(count))) == nil) }
        #expect(HeaderCodec.decode([0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == nil)
        #expect(HeaderCodec.decode([1, 0xff, 0]) == nil)
    }
}

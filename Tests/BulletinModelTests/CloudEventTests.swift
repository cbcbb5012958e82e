import BulletinModel
import Testing

@Suite("CloudEvents headers")
struct CloudEventTests {
    private let engine = EngineVersion(number: 3, lexicon: "ab")

    @Test("the headers of an article are CloudEvents 1.0 in binary mode")
    func headers() {
        let event = CloudEvent(
            schema: .article, id: "0a", source: "bulletins/ff", time: "2024-07-20T00:00:00.000Z", traceparent: "t",
            engine: engine)
        #expect(
            event.headers.map { "\($0.name)=\($0.value)" } == [
                "ce_specversion=1.0", "ce_id=0a", "ce_type=gongbao.article.v1", "ce_source=bulletins/ff",
                "ce_time=2024-07-20T00:00:00.000Z", "content-type=application/json", "traceparent=t",
                "gongbao_engine=3", "gongbao_lexicon=ab",
            ])
    }

    @Test("what made the text of a bulletin is named where something did")
    func decoder() {
        let event = CloudEvent(
            schema: .bulletin, id: "0a", source: "a.pdf", time: "2024-07-20T00:00:00.000Z", traceparent: nil,
            engine: engine, decoder: "pdftotext 25.03.0")
        #expect(event.headers.last.map { "\($0.name)=\($0.value)" } == "gongbao_decoder=pdftotext 25.03.0")
    }

    @Test("the trace of a bulletin follows from its identifier")
    func trace() {
        let trace = CloudEvent.traceparent(for: BulletinID(bytes: [1]))
        #expect(CloudEvent.isTraceparent(trace))
        #expect(trace == CloudEvent.traceparent(for: BulletinID(bytes: [1])))
        #expect(!CloudEvent.isTraceparent("00-\(String(repeating: "0", count: 32))-00f067aa0ba902b7-01"))
        #expect(!CloudEvent.isTraceparent("00-abc-def-01"))
    }

    @Test(
        "any file name becomes a URI reference and comes back",
        arguments: ["洛阳日报 2024.md", "a%20b", "x\r\nce_id: 1", "stdin", "https://a/b?c=d#e"])
    func reference(_ name: String) {
        let reference = CloudEvent.reference(name)
        #expect(reference.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
        #expect(CloudEvent.source(ofReference: reference) == name)
    }

    @Test("what is no such reference gives nothing")
    func broken() {
        #expect(CloudEvent.source(ofReference: "%zz") == nil)
        #expect(CloudEvent.source(ofReference: "%e4") == nil)
        #expect(CloudEvent.source(ofReference: "a%4") == nil)
    }
}

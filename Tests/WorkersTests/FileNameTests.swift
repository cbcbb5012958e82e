import Foundation
import Testing

@testable import Workers

@Suite struct FileNameTests {
    @Test("any bytes become a string and lead back to themselves")
    func roundTrip() {
        var random = SystemRandomNumberGenerator()
        let seed = random.next()
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let parts: [[UInt8]] = [
            Array("公报".utf8), [0xB9, 0xAB], [0xF4, 0x8F, 0xBE, 0x80], [0xE5, 0x85], [0xFF], Array("a\n b".utf8),
            [0xED, 0xA0, 0x80], [0xC0, 0xAF], Array("😀".utf8),
        ]
        for _ in 0..<500 {
            let bytes = (0..<(next() % 6)).flatMap { _ in parts[Int(next() % UInt64(parts.count))] }
            #expect(FileName.bytes(FileName.text(bytes)) == bytes, "seed \(seed)")
        }
    }

    @Test("names of valid UTF-8 stay as they are, others are shown with their bytes")
    func shown() {
        #expect(FileName.text(Array("公报.md".utf8)) == "公报.md")
        #expect(FileName.shown(FileName.text([0xB9, 0xAB, 0x2E, 0x6D, 0x64])) == "\\xB9\\xAB.md")
    }

    @Test("a file whose name is no UTF-8 is read from an inbox and moved away")
    func inbox() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let done = place + ".done"
        for path in [place, done] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        defer { for path in [place, done] { try? FileManager.default.removeItem(atPath: path) } }
        let name = FileName.text([0xB9, 0xAB, 0xB1, 0xA8, 0x2E, 0x6D, 0x64])
        let descriptor = FileName.lend(place + "/" + name) { open($0, O_CREAT | O_WRONLY, 0o600) }
        #expect(descriptor >= 0)
        #expect(write(descriptor, "一", 3) == 3)
        _ = close(descriptor)
        let inputs = InboxInputs(InboxSettings(path: place, watches: false, moveTo: done))
        try inputs.open()
        let offers = try #require(try inputs.next(.init(records: 10, bytes: 1000, wait: .zero), draining: false))
        guard case .input(let input)? = offers.first, offers.count == 1 else {
            Issue.record("\(offers)")
            return
        }
        #expect(input.name == "\\xB9\\xAB\\xB1\\xA8.md" && input.content == .whole(Array("一".utf8)))
        inputs.done([input])
        #expect(FileName.list(done) == [name] && FileName.list(place) == [])
    }
}

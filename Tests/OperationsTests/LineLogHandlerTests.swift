import Foundation
import Logging
import Operations
import Synchronization
import Testing

@Suite struct LineLogHandlerTests {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func logged(_ format: LineLogHandler.Format, _ body: (Logger) -> Void) -> [String] {
        let lines = Lines()
        let logger = Logger(label: "t") { label in
            LineLogHandler(
                label: label, format: format, level: .info, now: { Date(timeIntervalSince1970: 0) },
                write: { line in lines.all.withLock { $0.append(line) } })
        }
        body(logger)
        return lines.all.withLock { $0 }
    }

    @Test("a JSON line is one object that a parser reads back, whatever the message holds")
    func json() throws {
        let lines = logged(.json) { $0.warning("bad \"name\"\n\u{1B}[31m", metadata: ["file": "a\\b"]) }
        let object = try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: String]
        #expect(object?["message"] == "bad \"name\"\n\u{1B}[31m")
        #expect(object?["file"] == "a\\b" && object?["level"] == "warning")
        #expect(!lines[0].contains("\n") && !lines[0].contains("\u{1B}"))
    }

    @Test("no control character of a message reaches the terminal")
    func text() {
        let lines = logged(.text) { $0.error("x\u{1B}]0;title\u{7}\r\n", metadata: ["k": "a b\u{202E}"]) }
        #expect(lines[0] == "1970-01-01T00:00:00.000Z ERROR x\u{FFFD}]0;title\u{FFFD}   k=\"a b\u{FFFD}\"")
    }

    @Test("messages below the level are not written")
    func level() {
        #expect(logged(.text) { $0.debug("quiet") }.isEmpty)
    }
}

import Foundation
import Logging
import Synchronization
import Testing

@testable import Operations

@Suite("Repeated messages")
struct LogThrottleTests {
    private final class Scene: Sendable {
        let time = Mutex(Duration.zero)
        let lines = Mutex<[String]>([])
        func advance(_ duration: Duration) { time.withLock { $0 += duration } }
        var count: Int { lines.withLock { $0.count } }
        var last: String { lines.withLock { $0.last ?? "" } }
    }

    private let scene = Scene()
    private let output: LogOutput

    init() {
        let scene = scene
        let throttle = LogThrottle(burst: 3, every: .seconds(60)) { scene.time.withLock { $0 } }
        output = LogOutput(
            format: .text, level: .info, throttle: throttle, now: { Date(timeIntervalSince1970: 0) },
            write: { line in scene.lines.withLock { $0.append(line) } })
    }

    @Test("the first of a kind are written, the next one after a while tells how many were not")
    func burst() {
        let logger = output.logger("a")
        for number in 0..<50 { logger.warning("a record is a dead letter", metadata: ["record.offset": "\(number)"]) }
        #expect(scene.count == 3)
        scene.advance(.seconds(60))
        logger.warning("a record is a dead letter")
        #expect(scene.count == 4 && scene.last.hasSuffix("log.suppressed=47"))
        logger.warning("a record is a dead letter")
        #expect(scene.count == 5 && !scene.last.contains("suppressed"))
    }

    @Test("kinds are counted apart, loggers of one label together, and errors always pass")
    func kinds() {
        for _ in 0..<9 {
            output.logger("a").warning("one")
            output.logger("a").info("one")
            output.logger("b").warning("one")
            output.logger("a").warning("two")
        }
        #expect(scene.count == 12)
        for _ in 0..<9 { output.logger("a").error("one") }
        #expect(scene.count == 21)
    }

    @Test("what was suppressed is told even if nothing follows")
    func told() {
        for _ in 0..<5 { output.logger("a").warning("one") }
        output.tellSuppressed(all: false)
        #expect(scene.count == 3)
        scene.advance(.seconds(61))
        output.tellSuppressed(all: false)
        #expect(scene.count == 4 && scene.last.hasSuffix("WARNING one log.suppressed=2"))
        output.tellSuppressed(all: true)
        #expect(scene.count == 4)
        for _ in 0..<4 { output.logger("a").warning("one") }
        output.tellSuppressed(all: true)
        #expect(scene.count == 8 && scene.last.hasSuffix("log.suppressed=1"))
    }

    @Test("messages that are never the same take no end of memory")
    func varied() {
        let logger = output.logger("a")
        for number in 0..<3000 { logger.warning("message \(number)") }
        #expect(scene.count == 3000)
    }

    @Test("journald reads the level from the line")
    func journal() {
        let scene = scene
        let output = LogOutput(
            format: .json, level: .debug, hasPriorities: true, throttle: LogThrottle { .zero },
            write: { line in scene.lines.withLock { $0.append(line) } })
        output.logger("a").warning("one")
        #expect(scene.last.hasPrefix("<4>{"))
        output.logger("a").debug("one")
        #expect(scene.last.hasPrefix("<7>{"))
        #expect(!LogOutput.isJournal(environment: ["JOURNAL_STREAM": "0:0"]))
        var status = stat()
        fstat(STDERR_FILENO, &status)
        #expect(LogOutput.isJournal(environment: ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"]))
    }
}

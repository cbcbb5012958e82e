import Foundation
import Testing
import TopicLog

@testable import EmbeddedLog

@Suite("The owner of an embedded log")
struct OwnerLockTests {
    @Test("is named to a second process, and does not block once dead")
    func secondProcess() throws {
        let scratch = try Scratch()
        let writer = try WriterProcess(scratch.path(), seed: 1)
        #expect(writer.line() == "ready")
        let error = #expect(throws: Failure.self) { try EmbeddedLog(path: scratch.path()) }
        #expect(error?.kind == .setup)
        #expect(error?.code == "locked")
        #expect(error?.message.contains("process \(writer.process.processIdentifier)") == true)
        _ = writer.kill()
        let log = try EmbeddedLog(path: scratch.path())
        defer { log.close() }
        let late = try WriterProcess(scratch.path(), seed: 2)
        #expect(late.line() == nil)
        late.process.waitUntilExit()
        #expect(late.process.terminationStatus == 1)
        let said = String(decoding: try late.errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(said.contains("process \(getpid())"))
    }

    @Test("is one even within a process, and leaves when it closes")
    func withinProcess() throws {
        let scratch = try Scratch()
        let first = try EmbeddedLog(path: scratch.path())
        #expect(#expect(throws: Failure.self) { try EmbeddedLog(path: scratch.path()) }?.code == "locked")
        first.close()
        try EmbeddedLog(path: scratch.path()).close()
    }
}

import EmbeddedLog
import Foundation
import Testing
import TopicLog

@testable import Audit

@Suite("A log as a source of audits")
struct LogSourceTests {
    private let partition = TopicPartition("t", 0)

    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "source-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func fill(_ log: any TopicLog) throws {
        try log.admin.create([TopicSpecification(name: "t", partitions: 1)])
        let producer = try log.producer(transactionalID: "p")
        defer { producer.close() }
        try producer.transact((0..<40).map(outgoing), consumed: nil)
    }

    /// Records with and without keys, values and headers.
    private func outgoing(_ number: Int) -> Outgoing {
        let key: [UInt8]? = number % 3 == 0 ? nil : Array("k\(number)".utf8)
        let value: [UInt8]? = number % 5 == 0 ? nil : number % 7 == 0 ? [] : Array("公报\(number)".utf8)
        let headers = (0..<number % 4).map { Header("名\($0)", bytes: $0 == 1 ? nil : [UInt8(number)]) }
        return Outgoing(topic: "t", key: key, value: value, headers: headers)
    }

    private func source(_ log: any TopicLog) -> LogSource {
        LogSource(log, name: "log", limit: BatchLimit(records: 7, bytes: 1 << 20, wait: .milliseconds(5)))
    }

    @Test("shows the canonical bytes of what it reads", arguments: ["memory", "embedded"])
    func canonical(kind: String) throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let log: any TopicLog =
            kind == "memory" ? MemoryLog() : try EmbeddedLog(path: folder.appending(path: "log").path)
        defer { log.close() }
        try fill(log)
        var read: [[UInt8]] = []
        var shown: [[UInt8]] = []
        #expect(try source(log).read([partition: 3..<38]) { read += $0.map { ArchivedRecord.encode($0) } }.isEmpty)
        #expect(try source(log).readCanonical([partition: 3..<38]) { shown.append(Array($2)) }.isEmpty)
        #expect(shown == read && shown.count == 35)
    }

    @Test("steps over damaged records and tells them")
    func damaged() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "log").path
        let written = try EmbeddedLog(path: path)
        try fill(written)
        written.close()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [
            path,
            """
            UPDATE record SET value = x'00' WHERE id IN (SELECT id FROM record ORDER BY id LIMIT 2 OFFSET 11);
            DELETE FROM record WHERE id = (SELECT id FROM record ORDER BY id LIMIT 1 OFFSET 30)
            """,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let log = try EmbeddedLog(path: path)
        defer { log.close() }
        for isCanonical in [false, true] {
            var offsets: [Int64] = []
            let unreadable =
                isCanonical
                ? try source(log).readCanonical([partition: 0..<40]) { _, offset, _ in offsets.append(offset) }
                : try source(log).read([partition: 0..<40]) { offsets += $0.map(\.offset) }
            #expect(unreadable.count == 3 && unreadable.allSatisfy { $0.isTampered })
            let lost = Set(unreadable.flatMap { Array($0.offsets) })
            #expect(offsets == (0..<40).filter { !lost.contains($0) } && lost.count == 3)
        }
    }
}

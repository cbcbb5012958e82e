import Foundation
import GRDB
import TopicLog

/// Looks at a file before it is opened as a log, so that another program's is left untouched.
struct FileCheck {
    let path: String
    let failures: Failures

    /// Returns when the file is a log, or new.
    func requireLog() throws {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            if FileManager.default.fileExists(atPath: path) {
                throw Failure(.setup, code: "unreadable", "The embedded log \(path) cannot be opened for reading.")
            }
            return
        }
        defer { try? handle.close() }
        let head = [UInt8]((try? handle.read(upToCount: 100)) ?? Data())
        if head.isEmpty { return }
        guard head.count == 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw foreign("no SQLite file")
        }
        let id = head[68..<72].reduce(Int32(0)) { $0 << 8 | Int32($1) }
        if id == Schema.applicationID { return }
        guard id == 0 else { throw foreign("a file of another program") }
        // One whose first transaction was not moved from the write-ahead log to the file yet.
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try failures.explaining { try DatabaseQueue(path: path, configuration: configuration) }
        defer { try? queue.close() }
        let isLog = try failures.explaining {
            try queue.read { db in
                let id = try Int32.fetchOne(db, sql: "PRAGMA application_id")
                let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE name NOT LIKE 'grdb%'")
                return id == Schema.applicationID || tables.allSatisfy { $0.hasPrefix("sqlite_") }
            }
        }
        guard isLog else { throw foreign("a file of another program") }
    }

    private func foreign(_ what: String) -> Failure {
        Failure(
            .setup, code: "not_a_log",
            "\(path) is not an embedded log but \(what), or its beginning is damaged; name another file.")
    }
}

extension Failures {
    /// A file that only a newer gongbao can read.
    var newerSchema: Failure {
        Failure(
            .setup, code: "newer_schema",
            "The embedded log \(path) was written by a newer gongbao; use that one, or another data directory.")
    }

    /// What a failure means to someone who opens a log: nothing will mend itself there but what is busy or full.
    func opening(_ error: any Error) -> Failure {
        let error = describe(error)
        guard error.code == "io" else { return error }
        return Failure(.setup, code: "unwritable", error.message)
    }
}

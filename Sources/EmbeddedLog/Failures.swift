import GRDB
import TopicLog

/// Tells what went wrong with a log's file in the contract's terms.
struct Failures: Sendable {
    /// The file, for messages.
    let path: String

    /// What a failed statement means to the caller.
    func describe(_ error: any Error) -> Failure {
        if let error = error as? Failure { return error }
        guard let error = error as? DatabaseError else {
            return Failure(.fatal, code: "unexpected", "The embedded log \(path) failed: \(error).")
        }
        let reason = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            return Failure(.transient, code: "disk_full", "The disk that holds the embedded log \(path) is full.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Failure(.transient, code: "busy", "Another program keeps the embedded log \(path) busy: \(reason).")
        case .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN, .SQLITE_NOMEM, .SQLITE_AUTH,
            .SQLITE_PROTOCOL, .SQLITE_NOLFS:
            return Failure(
                .transient, code: "io", "The embedded log \(path) cannot be read or written just now: \(reason).")
        case .SQLITE_TOOBIG:
            return Failure(.setup, code: "record_too_large", "A record is too large for the embedded log: \(reason).")
        case .SQLITE_MISUSE:
            return Failure(.fatal, code: "closed", "The embedded log \(path) has been closed.")
        default:
            return damaged(reason)
        }
    }

    /// The file is not what was written.
    func damaged(_ what: String) -> Failure {
        Failure(
            .setup, code: "damaged",
            "The embedded log \(path) is damaged (\(what)); `gongbao topics check` says what is intact.")
    }

    /// Runs something and tells its errors in the contract's terms.
    func explaining<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch { throw describe(error) }
    }
}

import BulletinModel
import GRDB
import TopicLog

extension Failure {
    /// What an error of SQLite means for the caller.
    init(describing error: any Error, _ path: String) {
        if let error = error as? Failure {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.fatal, code: "unexpected", "The database \(path) failed: \(error).")
            return
        }
        switch error.resultCode.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.transient, code: "locked", "The database \(path) is locked by another process.")
        case .SQLITE_FULL:
            self.init(.transient, code: "full", "The disk of the database \(path) is full; make room.")
        case .SQLITE_IOERR, .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_ABORT:
            self.init(.transient, code: "io", "The database \(path) cannot be read or written just now: \(error).")
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .transient, code: "not_writable",
                "The database \(path) cannot be opened or written; check that this user may write there.")
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .fatal, code: "damaged",
                "The file \(path) is damaged or no database; restore it, or move it away and fill a new one.")
        default:
            self.init(.fatal, code: "database", "The database \(path) failed: \(error).")
        }
    }
}

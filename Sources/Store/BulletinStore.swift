import BulletinModel
import Foundation
import GRDB

/// The database: bulletins, articles, indicators, dead letters, and how far the topics are
/// in it. One SQLite file in WAL mode; others may read while one writes, and several
/// processes may write in turn.
///
/// All calls block and may come from any thread. They throw ``StoreError``.
public final class BulletinStore: Sendable {
    let pool: DatabasePool
    /// The file, for messages.
    public let path: String

    /// Opens the database for reading and writing, and makes or upgrades it where needed.
    ///
    /// - Throws: ``StoreError`` of kind `setup` when the file cannot be opened, is no
    ///   database of gongbao, or was made by a newer version.
    public convenience init(path: String) throws {
        try self.init(path: path, isReadOnly: false)
    }

    /// Opens an existing database for reading alone.
    ///
    /// - Throws: ``StoreError`` of kind `setup`, also when there is none.
    public convenience init(reading path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw StoreError(
                .setup, code: "no_database",
                "There is no database at \(path); fill one with gongbao run or gongbao sink first.")
        }
        try self.init(path: path, isReadOnly: true)
    }

    private init(path: String, isReadOnly: Bool) throws {
        self.path = path
        var configuration = Configuration()
        configuration.label = "gongbao.store"
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if isReadOnly {
                try Schema.check(pool, path)
            } else {
                try Schema.prepare(pool, path)
                // WAL alone would lose the last transactions in a power failure, and the log
                // would already have been told that they are done.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            }
        } catch let error as StoreError {
            throw error
        } catch {
            let reason = StoreError(describing: error, path)
            throw StoreError(reason.kind == .fatal ? .fatal : .setup, code: reason.code, reason.message)
        }
    }

    /// Closes the file once all readers are done.
    public func close() {
        try? pool.close()
    }

    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        do {
            return try pool.read(body)
        } catch {
            throw StoreError(describing: error, path)
        }
    }

    func write(_ body: (Database) throws -> Void) throws {
        do {
            try pool.writeWithoutTransaction { database in
                // The lock comes first, so that two writers never fail in the middle.
                try database.inTransaction(.immediate) {
                    try body(database)
                    return .commit
                }
            }
        } catch {
            throw StoreError(describing: error, path)
        }
    }
}

extension StoreError {
    /// What an error of SQLite means for the caller.
    init(describing error: any Error, _ path: String) {
        if let error = error as? StoreError {
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

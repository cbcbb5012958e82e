import BulletinModel
import Foundation
import GRDB
import GRDBSQLite
import Synchronization
import TopicLog

/// One SQLite file in WAL mode: others may read while one writes, and several processes may
/// write in turn.
final class SQLiteDatabase: SQLDatabase {
    let pool: DatabasePool
    let location: String
    private let isClosed = Mutex(false)
    /// What the connection that writes may keep of the file in memory.
    private static let cacheKilobytes = 48 << 10

    /// Opens a file; for writing it is made and its tables upgraded where needed.
    init(path: String, isReadOnly: Bool, migrations: [Schema.Migration] = Schema.migrations) throws {
        location = path
        if isReadOnly && !FileManager.default.fileExists(atPath: path) {
            throw Failure(
                .setup, code: "no_database",
                "There is no database at \(path); fill one with gongbao run or gongbao sink first.")
        }
        var configuration = Configuration()
        configuration.label = "gongbao.store"
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if isReadOnly {
                try SQLiteMigrations.check(pool, path, migrations)
            } else {
                try SQLiteMigrations.prepare(pool, path, migrations)
                // WAL alone would lose the last transactions in a power failure, and the log
                // would already have been told that they are done.
                try pool.writeWithoutTransaction {
                    try $0.execute(sql: "PRAGMA synchronous = FULL")
                    // What a long reader made it grow to goes when that reader has gone.
                    try $0.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
                    // Identifiers are digests, so that each row touches a page of its own in every index.
                    try $0.execute(sql: "PRAGMA cache_size = -\(Self.cacheKilobytes)")
                    // Pages that many transactions change are then written once.
                    try $0.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
                }
                try Self.checkWritable(pool)
            }
        } catch let error as Failure {
            throw error
        } catch {
            let reason = Failure(describing: error, path)
            throw Failure(reason.kind == .fatal ? .fatal : .setup, code: reason.code, reason.message)
        }
    }

    /// SQLite opens a file that may not be written for reading alone, without a word, and such a
    /// connection stays so when the permission is back. Whoever comes to write is told at once.
    private static func checkWritable(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
                try database.execute(sql: "PRAGMA user_version = \(version)")
                return .rollback
            }
        }
    }

    func read<Result>(_ body: (any SQLSession) throws -> Result) throws -> Result {
        do {
            return try pool.read { try body(SQLiteSession($0)) }
        } catch {
            throw Failure(describing: error, location)
        }
    }

    func write(_ body: (any SQLSession) throws -> Void) throws {
        do {
            try pool.writeWithoutTransaction { database in
                // The lock comes first, so that two writers never fail in the middle.
                try database.inTransaction(.immediate) {
                    try body(SQLiteSession(database))
                    return .commit
                }
            }
        } catch {
            throw Failure(describing: error, location)
        }
    }

    /// Closes the file once all readers are done. All is in the file itself then, unless another
    /// process is at it: who copies or sends it needs nothing that stands beside it.
    func close() {
        let isFirst = isClosed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        guard isFirst else { return }
        // GRDB's readers close last, and cannot do it.
        if !pool.configuration.readonly { try? pool.writeWithoutTransaction { _ = try $0.checkpoint(.passive) } }
        try? pool.close()
    }
}

/// Statements on one connection of GRDB's.
private final class SQLiteSession: SQLSession {
    let dialect = SQLDialect.sqlite
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int {
        try database.cachedStatement(sql: sql).execute(arguments: Self.arguments(arguments))
        return database.changesCount
    }

    func rows(_ sql: String, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: Self.arguments(arguments)).map(Self.row)
    }

    func forEachRow(_ sql: String, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Void) throws {
        let cursor = try Row.fetchCursor(database, sql: sql, arguments: Self.arguments(arguments))
        while let row = try cursor.next() { try body(Self.row(row)) }
    }

    func forEachImage(_ sql: String, _ body: (RowImage) throws -> Void) throws {
        // Column by column GRDB makes a value of its own of each, with text twice: ten times the work.
        let statement = try database.makeStatement(sql: sql)
        let handle = statement.sqliteStatement
        defer { sqlite3_reset(handle) }
        var image = RowImage()
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else {
                throw failure(code)
            }
            image.removeAll()
            image.beginRow()
            for column in 0..<sqlite3_column_count(handle) { image.append(column, of: handle) }
            try body(image)
        }
    }

    func insert(_ rows: [[any SQLConvertible]], _ insertion: SQLInsertion) throws {
        if rows.isEmpty { return }
        // There are no round trips to save: one prepared statement is the fastest way. Values are bound as they
        // are, since GRDB would make two of its own of each, which takes longer than to insert them.
        let handle = try database.cachedStatement(sql: insertion.sql(rows: 1)).sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for row in rows {
            for (place, value) in row.enumerated() { try check(value.sqlValue.bind(to: handle, Int32(place + 1))) }
            let code = sqlite3_step(handle)
            guard code == SQLITE_DONE else { throw failure(code) }
            try check(sqlite3_reset(handle))
        }
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
    }

    private static func arguments(_ values: [any SQLConvertible]) -> StatementArguments {
        StatementArguments(
            values.map { value -> DatabaseValue in
                switch value.sqlValue {
                case .null: .null
                case .integer(let number): number.databaseValue
                case .real(let number): number.databaseValue
                case .text(let text): text.databaseValue
                case .bytes(let bytes): Data(bytes).databaseValue
                }
            })
    }

    private static func row(_ row: Row) -> SQLRow {
        SQLRow(
            values: row.databaseValues.map { value in
                switch value.storage {
                case .null: .null
                case .int64(let number): .integer(number)
                case .double(let number): .real(number)
                case .string(let text): .text(text)
                case .blob(let data): .bytes(Array(data))
                }
            })
    }
}

extension SQLValue {
    /// Binds the value to a place of a statement; SQLite copies it.
    fileprivate func bind(to statement: OpaquePointer, _ place: Int32) -> Int32 {
        let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .null: return sqlite3_bind_null(statement, place)
        case .integer(let number): return sqlite3_bind_int64(statement, place, number)
        case .real(let number): return sqlite3_bind_double(statement, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    // Without an address it would be NULL.
                    $0.isEmpty
                        ? sqlite3_bind_text(statement, place, "", 0, copied)
                        : sqlite3_bind_text64(
                            statement, place, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes {
                $0.isEmpty
                    ? sqlite3_bind_zeroblob(statement, place, 0)
                    : sqlite3_bind_blob64(statement, place, $0.baseAddress, UInt64($0.count), copied)
            }
        }
    }
}

extension RowImage {
    /// A column of the row at which a statement stands.
    fileprivate mutating func append(_ column: Int32, of statement: OpaquePointer) {
        // The count of bytes is asked for after the pointer, as SQLite wants it.
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: append(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: append(sqlite3_column_double(statement, column))
        case SQLITE_TEXT:
            let start = sqlite3_column_text(statement, column)
            append(
                text: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(statement, column)
            append(
                bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
        default: appendNull()
        }
    }
}

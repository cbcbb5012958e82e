import BulletinModel
import Synchronization
import TopicLog

/// A database on a PostgreSQL server. Connections are made when they are needed and kept for
/// the next; one that was lost is made anew.
final class PostgresDatabase: SQLDatabase {
    private let address: PostgresAddress
    private let isReadOnly: Bool
    private let migrations: [Schema.Migration]
    private let state = Mutex(State())
    private let plans = PreparedPlans()

    /// What all threads share. A connection in `idle` is nobody's; whoever takes one has it alone.
    private struct State: ~Copyable {
        var idle: [Idle] = []
        var isPrepared = false
        var isClosed = false
    }

    /// `@unchecked Sendable` because only the one thread that took it out of the list uses the
    /// connection.
    private struct Idle: @unchecked Sendable {
        let connection: PostgresConnection
    }

    var location: String { address.location }

    /// Opens a database; for writing its tables are made or upgraded where needed. A server that
    /// cannot be reached just now is asked again with the first call, if it is to be written.
    init(_ address: PostgresAddress, isReadOnly: Bool, migrations: [Schema.Migration] = Schema.migrations) throws {
        self.address = address
        self.isReadOnly = isReadOnly
        self.migrations = migrations
        do {
            give(try take().connection)
        } catch let error as Failure where error.kind == .transient && !isReadOnly {}
    }

    func read<Result>(_ body: (any SQLSession) throws -> Result) throws -> Result {
        var result: Result?
        try transact("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY") { result = try body($0) }
        guard let result else {
            throw Failure(.fatal, code: "database", "The database \(location) gave no answer.")
        }
        return result
    }

    /// One state of the database holds for the whole transaction: whoever changes a row that
    /// another has changed since fails and begins anew, so that what was read still holds.
    func write(_ body: (any SQLSession) throws -> Void) throws {
        var tries = 0
        while true {
            do {
                return try transact("BEGIN ISOLATION LEVEL REPEATABLE READ" + (isReadOnly ? ", READ ONLY" : ""), body)
            } catch let error as Failure where error.code == "conflict" && tries < 50 {
                tries += 1
            }
        }
    }

    /// Lets go of the connections; those that are in use end with their calls.
    func close() {
        let connections = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        withExtendedLifetime(connections) {}
    }

    private func transact(_ begin: String, _ body: (any SQLSession) throws -> Void) throws {
        do { return try attempt(begin, body) } catch let error as Failure where error.code == PreparedPlans.gone {
            // Once: from now on nothing is prepared.
            state.withLock { $0.idle = [] }
            try attempt(begin, body)
        }
    }

    private func attempt(_ begin: String, _ body: (any SQLSession) throws -> Void) throws {
        var (connection, isFresh) = try take()
        do {
            try connection.script(begin)
        } catch  where connection.isLost && !isFresh {
            // It was lost while nobody used it: nothing has begun, and the others went with it.
            state.withLock { $0.idle = [] }
            (connection, isFresh) = try take()
            try connection.script(begin)
        }
        do {
            try body(PostgresSession(connection))
            try connection.commit()
        } catch {
            try? connection.script("ROLLBACK")
            give(connection)
            throw patient(error)
        }
        give(connection)
    }

    private func take() throws -> (connection: PostgresConnection, isFresh: Bool) {
        let (idle, isPrepared, isClosed) = state.withLock { ($0.idle.popLast(), $0.isPrepared, $0.isClosed) }
        if isClosed { throw Failure(.fatal, code: "closed", "The database \(location) is closed.") }
        if let idle { return (idle.connection, false) }
        do {
            let connection = try PostgresConnection(address, plans: plans)
            do {
                if !isPrepared { try prepare(connection) }
                return (connection, true)
            } catch let error as Failure where error.code == PreparedPlans.gone {
                let other = try PostgresConnection(address, plans: plans)
                if !isPrepared { try prepare(other) }
                return (other, true)
            }
        } catch {
            throw isPrepared ? patient(error) : error
        }
    }

    private func prepare(_ connection: PostgresConnection) throws {
        if isReadOnly {
            try PostgresMigrations.check(connection, migrations)
        } else {
            try PostgresMigrations.checkServer(connection)
            try PostgresMigrations.prepare(connection, migrations)
        }
        state.withLock { $0.isPrepared = true }
    }

    private func give(_ connection: PostgresConnection) {
        guard !connection.isLost, !connection.isInTransaction else { return }
        let idle = Idle(connection: connection)
        state.withLock { state in
            if !state.isClosed, state.idle.count < 4 { state.idle.append(idle) }
        }
    }

    /// What worked before is not set up wrongly: a permission or a password that someone takes
    /// away is an outage, in which work waits, as when a file may not be written for a while.
    private func patient(_ error: any Error) -> any Error {
        guard let error = error as? Failure, error.kind == .setup else { return error }
        return Failure(.transient, code: error.code, error.message)
    }
}

/// Statements on one connection.
private final class PostgresSession: SQLSession {
    let dialect = SQLDialect.postgresql
    private let connection: PostgresConnection
    /// What one statement carries at most: the server takes a message of less than 1 GiB.
    private static let pieceBytes = 8 << 20

    init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int {
        try connection.execute(sql, arguments).changed
    }

    func rows(_ sql: String, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
        try connection.execute(sql, arguments).rows()
    }

    func forEachRow(_ sql: String, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Void) throws {
        try connection.forEachRow(sql, arguments) { try body($0.row(0)) }
    }

    func forEachImage(_ sql: String, _ body: (RowImage) throws -> Void) throws {
        var image = RowImage()
        try connection.forEachRow(sql, []) { result in
            image.removeAll()
            try result.append(row: 0, to: &image)
            try body(image)
        }
    }

    func insert(_ rows: [[any SQLConvertible]], _ insertion: SQLInsertion) throws {
        if rows.isEmpty { return }
        if insertion.conflict == .none { return try connection.copy(rows, insertion) }
        var start = rows.startIndex
        var bytes = 0
        for place in rows.indices {
            bytes += rows[place].reduce(0) { $0 + $1.sqlValue.size }
            guard bytes >= Self.pieceBytes || place - start >= 5_000 else { continue }
            try connection.upsert(rows[start...place], insertion)
            start = place + 1
            bytes = 0
        }
        if start < rows.endIndex { try connection.upsert(rows[start...], insertion) }
    }
}

extension SQLValue {
    /// About how many bytes it takes.
    fileprivate var size: Int {
        switch self {
        case .null, .integer, .real: 8
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

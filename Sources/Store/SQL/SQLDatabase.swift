import TopicLog

/// A database of rows: SQLite or PostgreSQL. All calls block, come from any thread and throw
/// ``Failure``.
protocol SQLDatabase: AnyObject, Sendable {
    /// The file or server, for messages; never with a secret in it.
    var location: String { get }
    /// Calls `body` with one unchanging state of the database. Reads do not nest.
    func read<Result>(_ body: (any SQLSession) throws -> Result) throws -> Result
    /// Calls `body` in a transaction that is committed when it returns, and leaves nothing
    /// when it throws.
    func write(_ body: (any SQLSession) throws -> Void) throws
    /// Lets go of the file or server; calls that are under way may fail.
    func close()
}

/// The statements of one transaction. Everything that comes from outside is an argument.
protocol SQLSession: AnyObject {
    /// Whose words statements must be in.
    var dialect: SQLDialect { get }
    /// Runs a statement; returns how many rows it changed.
    @discardableResult func run(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Int
    /// All rows of a small answer.
    func rows(_ sql: String, _ arguments: [any SQLConvertible]) throws -> [SQLRow]
    /// Each row in turn, with no more than a few in memory. `body` must not use the session.
    func forEachRow(_ sql: String, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Void) throws
    /// Each row in turn as it stands there, which costs a fraction of making values of it. `body`
    /// must not use the session; the image is of one row, and is used again for the next.
    func forEachImage(_ sql: String, _ body: (RowImage) throws -> Void) throws
    /// Inserts rows in as few round trips as the database allows.
    func insert(_ rows: [[any SQLConvertible]], _ insertion: SQLInsertion) throws
}

extension SQLSession {
    func rows(_ sql: String) throws -> [SQLRow] { try rows(sql, []) }

    /// The first column of the first row; nil where there is none or it is NULL.
    func first<Value: SQLConvertible>(
        _ sql: String, _ arguments: [any SQLConvertible] = [], as type: Value.Type = Value.self
    ) throws -> Value? {
        try rows(sql, arguments).first?.value(0, as: Value?.self)
    }

    /// Runs a statement that ends in ` IN ` for as many values as there are, in pieces.
    func run(_ sql: String, in tuples: [[any SQLConvertible]]) throws {
        for piece in tuples.lists(of: 256) { try run(sql + dialect.list(piece), piece.flatMap(\.self)) }
    }

    /// The rows of a statement that ends in ` IN ` for as many values as there are, in pieces.
    func rows(_ sql: String, in tuples: [[any SQLConvertible]]) throws -> [SQLRow] {
        try tuples.lists(of: 256).flatMap { try rows(sql + dialect.list($0), $0.flatMap(\.self)) }
    }
}

extension Array {
    /// Its elements in order, so many at a time.
    func pieces(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }

    /// Pieces of at most so many, the last element repeated up to a power of two: so that there
    /// are only a few statements, which the databases keep, and not one for each length.
    fileprivate func lists(of size: Int) -> [[Element]] {
        pieces(of: size).map { piece in
            var length = 1
            while length < piece.count { length *= 2 }
            return piece + [Element](repeating: piece[piece.endIndex - 1], count: length - piece.count)
        }
    }
}

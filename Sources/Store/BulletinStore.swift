import BulletinModel

/// The database: bulletins, articles, indicators, dead letters, and how far the topics are
/// in it. It is one SQLite file, or a PostgreSQL server that several machines share; what it
/// holds and how it answers is the same on both.
///
/// All calls block and may come from any thread. They throw ``StoreError``.
public final class BulletinStore: Sendable {
    let database: any SQLDatabase

    /// Opens the database for reading and writing, and makes or upgrades its tables where
    /// needed. A server that cannot be reached just now is no error yet: the calls fail, as
    /// in any outage, until it can be.
    ///
    /// - Throws: ``StoreError`` of kind `setup` when it cannot be opened, is no database of
    ///   gongbao, or was made by a newer version.
    public init(_ address: StoreAddress) throws {
        switch address {
        case .file(let path): database = try SQLiteDatabase(path: path, isReadOnly: false)
        }
    }

    /// Opens an existing database for reading alone.
    ///
    /// - Throws: ``StoreError`` of kind `setup`, also when there is none.
    public init(reading address: StoreAddress) throws {
        switch address {
        case .file(let path): database = try SQLiteDatabase(path: path, isReadOnly: true)
        }
    }

    /// ``init(_:)`` for an SQLite file.
    public convenience init(path: String) throws {
        try self.init(.file(path))
    }

    /// ``init(reading:)`` for an SQLite file.
    public convenience init(reading path: String) throws {
        try self.init(reading: .file(path))
    }

    /// The file or server, for messages; never with a secret in it.
    public var location: String { database.location }

    /// Lets go of the file or server once all readers are done.
    public func close() {
        database.close()
    }

    func read<Result>(_ body: (any SQLSession) throws -> Result) throws -> Result {
        try database.read(body)
    }

    func write(_ body: (any SQLSession) throws -> Void) throws {
        try database.write(body)
    }
}

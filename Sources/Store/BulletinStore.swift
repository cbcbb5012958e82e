import BulletinModel
import TopicLog

/// The database: bulletins, articles, indicators, dead letters, and how far the topics are
/// in it. It is one SQLite file, or tables on a PostgreSQL server.
///
/// All calls block and may come from any thread. They throw ``Failure``.
public final class BulletinStore: Sendable {
    let database: any SQLDatabase

    /// Opens the database for reading and writing, and makes or upgrades its tables where
    /// needed. A server that cannot be reached just now is no error yet: the calls fail, as
    /// in any outage, until it can be.
    ///
    /// - Throws: ``Failure`` of kind `setup` when it cannot be opened, is no database of
    ///   gongbao, or was made by a newer version.
    public init(_ address: StoreAddress) throws {
        switch address {
        case .file(let path): database = try SQLiteDatabase(path: path, isReadOnly: false)
        case .server(let address): database = try PostgresDatabase(address, isReadOnly: false)
        }
    }

    /// Opens an existing database for reading alone.
    ///
    /// - Throws: ``Failure`` of kind `setup`, also when there is none, and `transient` when a
    ///   server cannot be reached just now.
    public init(reading address: StoreAddress) throws {
        switch address {
        case .file(let path): database = try SQLiteDatabase(path: path, isReadOnly: true)
        case .server(let address): database = try PostgresDatabase(address, isReadOnly: true)
        }
    }

    /// A store on a database that was opened already.
    init(database: any SQLDatabase) {
        self.database = database
    }

    /// ``init(_:)`` for the path of an SQLite file, or the address of a server without a password.
    public convenience init(path: String) throws {
        try self.init(try StoreAddress(path))
    }

    /// ``init(reading:)`` for the path of an SQLite file, or the address of a server without a password.
    public convenience init(reading path: String) throws {
        try self.init(reading: try StoreAddress(path))
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

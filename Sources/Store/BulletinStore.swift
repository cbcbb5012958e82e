import BulletinModel

/// The database: bulletins, articles, indicators, dead letters, and how far the topics are
/// in it. It is one SQLite file.
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
        case .file(let path): database = try SQLiteDatabase(path: Self.filePath(path), isReadOnly: false)
        }
    }

    /// Opens an existing database for reading alone.
    ///
    /// - Throws: ``StoreError`` of kind `setup`, also when there is none.
    public init(reading address: StoreAddress) throws {
        switch address {
        case .file(let path): database = try SQLiteDatabase(path: Self.filePath(path), isReadOnly: true)
        }
    }

    /// A server's address is no file name: without a word a file named `postgresql:` would be
    /// made. The address itself is not repeated, it may hold a password.
    private static func filePath(_ path: String) throws -> String {
        guard !path.contains("://") else {
            throw StoreError(
                .setup, code: "no_file",
                "The setting database is the address of a server, but only SQLite files can be used: name a file.")
        }
        return path
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

import BulletinModel
import TopicLog

/// Where a database is.
public enum StoreAddress: Sendable {
    /// An SQLite file.
    case file(String)
    /// A PostgreSQL server.
    case server(PostgresAddress)

    /// Reads the setting: the address of a server, or else the path of a file.
    ///
    /// - Parameter passwordFile: file of the password for a server; it is read again for each
    ///   connection, so that a changed password needs no restart.
    /// - Throws: ``Failure`` of kind `setup` for the address of something else. The address
    ///   itself is not repeated, it may hold a password.
    public init(_ text: String, passwordFile: String? = nil) throws {
        if PostgresAddress.isMeant(by: text) {
            self = .server(try PostgresAddress(text, passwordFile: passwordFile))
        } else if text.contains("://") {
            throw Failure(
                .setup, code: "bad_address",
                "The address of the database is no path of a file, and does not begin with postgresql://.")
        } else {
            self = .file(text)
        }
    }

    /// The file or server, for messages; never with a secret in it.
    public var location: String {
        switch self {
        case .file(let path): path
        case .server(let address): address.location
        }
    }
}

/// Where a database is.
public enum StoreAddress: Sendable, Equatable {
    /// An SQLite file.
    case file(String)
}

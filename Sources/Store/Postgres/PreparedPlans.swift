import Synchronization

/// Whether statements may be prepared once and used again on a connection.
///
/// Behind a pooler in transaction mode (PgBouncer before 1.21) each transaction may reach another server process,
/// which has not what an earlier one has prepared, or has it already. The first that finds out ends it for all
/// connections of its database.
final class PreparedPlans: Sendable {
    /// The code of the failure that says so; the transaction is then done again.
    static let gone = "plans_gone"

    private let isKeeping = Atomic<Bool>(true)

    /// Whether statements are prepared.
    var areKept: Bool { isKeeping.load(ordering: .relaxed) }

    /// Ends it where the server's answer says that a prepared statement is another connection's.
    ///
    /// - Returns: whether it does, and statements were prepared until now.
    func end(with code: String?) -> Bool {
        guard code == "42P05" || code == "26000" else { return false }
        isKeeping.store(false, ordering: .relaxed)
        return true
    }
}

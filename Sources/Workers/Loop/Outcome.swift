import TopicLog

/// What a stage makes of one record.
public enum Outcome: Sendable, Equatable {
    /// These records, in this order, in the transaction that commits the input.
    case emit([Outgoing])
    /// Nothing, on purpose; the reason is a short stable word that is counted.
    case skip(reason: String)
    /// Nothing, because of a failure. One of kind `data` makes a dead letter; any other
    /// holds up or stops the whole batch.
    case reject(Failure)
}

/// A step from one record to others: decode, process, encode.
///
/// `process` is called for many records at once on any thread, may be called again for a
/// record, and gives the same outcome for the same record.
public protocol Stage: Sendable {
    /// The kind of worker, as in dead letters and metrics: `enrich` …
    var name: String { get }
    /// What makes the records, for the headers of dead letters.
    var engineNumber: Int { get }
    /// Makes of one record what becomes of it.
    func process(_ record: Record) -> Outcome
}

/// The kinds of worker.
public enum WorkerKind: String, Sendable, CaseIterable {
    /// Inputs to bulletins and articles.
    case produce
    /// Articles to indicators.
    case enrich
    /// Everything to the database.
    case sink
    /// The topics to an archive.
    case archive
}

/// Counts records that were rejected in a row, so that a broken deployment does not turn a
/// whole topic into dead letters.
struct DeadLetterLimit: Equatable {
    private let inARow: Int
    private var row = 0

    /// At most `inARow` rejected records in a row; at least 1.
    init(inARow: Int) {
        self.inARow = max(1, inARow)
    }

    /// Adds a batch's results in input order: whether each was rejected.
    ///
    /// - Throws: a failure of kind `setup` when the row grows beyond the limit; the batch
    ///   must then not be committed.
    mutating func add(_ rejections: some Sequence<Failure?>) throws(Failure) {
        for rejection in rejections {
            guard let rejection else {
                row = 0
                continue
            }
            row += 1
            guard row <= inARow else {
                throw Failure(
                    .setup, code: "dead_letter_limit",
                    "More than \(inARow) records in a row were rejected, the last because: \(rejection.reason) "
                        + "The worker stops before it rejects a whole topic; correct the cause, or raise "
                        + "dead-letters.in-a-row.")
            }
        }
    }
}

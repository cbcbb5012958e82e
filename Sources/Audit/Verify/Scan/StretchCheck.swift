import TopicLog

/// Holds the records of a partition to the stretches that are remembered of it.
final class StretchCheck {
    /// What came of a record, or of a stretch that is over.
    enum Outcome: Equatable {
        /// A record that no stretch has.
        case unknown(Record)
        /// A stretch begins.
        case begin
        /// A stretch is of the bytes that are remembered.
        case same(Stretch)
        /// So is this one, which is to be looked at nevertheless, with its records.
        case sampled(Stretch, [Record])
        /// What stands there has to be read in another way: a stretch that is not what it was, or a record whose
        /// canonical bytes are none, as with a header's name that is no text.
        case changed(Range<Int64>)
    }

    private let stretches: [(stretch: Stretch, isSampled: Bool)]
    private var at = 0
    private var digest = StretchDigest()
    private var records: [Record] = []

    /// Stretches in the order of their offsets, which do not overlap.
    init(_ stretches: [(stretch: Stretch, isSampled: Bool)]) {
        self.stretches = stretches
    }

    /// Takes the next record's canonical bytes.
    func take(
        _ offset: Int64, _ canonical: UnsafeRawBufferPointer, _ tell: (Outcome) throws -> Void
    ) throws {
        while at < stretches.count, stretches[at].stretch.offsets.upperBound <= offset { try close(tell) }
        let isKnown = at < stretches.count && stretches[at].stretch.offsets.contains(offset)
        if isKnown {
            if digest.records == 0 { try tell(.begin) }
            digest.take(canonical)
            guard stretches[at].isSampled else { return }
        }
        let record = ArchivedRecord.decode(canonical)
        if isKnown {
            if let record { records.append(record) }
        } else {
            try tell(record.map { .unknown($0) } ?? .changed(offset..<offset + 1))
        }
    }

    /// All records came.
    func finish(_ tell: (Outcome) throws -> Void) throws {
        while at < stretches.count { try close(tell) }
    }

    private func close(_ tell: (Outcome) throws -> Void) throws {
        let (stretch, isSampled) = stretches[at]
        defer {
            at += 1
            records = []
        }
        let count = digest.records
        guard count > 0 else { return }
        let isSame = digest.finish() == stretch.digest && count == stretch.records
        if !isSame || isSampled && records.count != count {
            try tell(.changed(stretch.offsets))
        } else {
            try tell(isSampled ? .sampled(stretch, records) : .same(stretch))
        }
    }
}

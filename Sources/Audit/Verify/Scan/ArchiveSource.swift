import TopicLog

/// An archive as a source: reads its segments as if they were the topics.
public final class ArchiveSource: RecordSource {
    /// The archive.
    public let reader: ArchiveReader
    private static let batchBytes = 16 << 20

    private let verifier: NoteVerifier?

    /// A source over an archive.
    ///
    /// - Parameter verifier: holds the checkpoint's signature to this key; nil reads what it says.
    public init(_ reader: ArchiveReader, verifier: NoteVerifier? = nil) {
        self.reader = reader
        self.verifier = verifier
    }

    /// The archive's directory.
    public var name: String { "the archive \(reader.path)" }

    /// What its segments do not hold was no data when they were written, as their lines say.
    public var hasMarkers: Bool { true }

    /// Lines of the manifest that are not what was written, and a checkpoint that does not fit it.
    public func problems() -> [Finding] {
        var problems = reader.manifestProblems
        do {
            if let checkpoint = try reader.heldCheckpoint(verifier), checkpoint.size > 0,
                try reader.tree(size: checkpoint.size).root != checkpoint.root
            {
                problems.append(
                    ArchiveProblem(
                        .tampered, file: ArchiveCheckpoint.name, "has another root than the indexes lead to"))
            }
        } catch let problem as ArchiveProblem {
            problems.append(problem)
        } catch {
            problems.append(ArchiveProblem(.damaged, file: ArchiveCheckpoint.name, "cannot be held to the records"))
        }
        return problems.map { problem in
            Finding(
                problem.kind == .missing ? .missing : .tampered, .archive, at: problem.file,
                "The archive's file \(problem)")
        }
    }

    /// The offsets that the segments of each partition account for.
    public func partitions(of topic: String) throws -> [TopicPartition: Watermarks] {
        guard let found = reader.topics.first(where: { $0.name == topic }) else { return [:] }
        var marks: [TopicPartition: Watermarks] = [:]
        for number in 0..<Int32(found.partitions) {
            let partition = TopicPartition(topic, number)
            let entries = reader.manifest.entries(of: partition)
            marks[partition] = Watermarks(low: entries.first?.first ?? 0, high: entries.last?.next ?? 0)
        }
        return marks
    }

    /// The first offsets at or after a time.
    public func offsets(at time: Timestamp, in partitions: [TopicPartition]) throws -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for partition in partitions {
            for segment in reader.manifest.entries(of: partition) where segment.latest >= time {
                // A segment that cannot be read begins the span: what is wrong with it is told then.
                var found: Int64? = nil
                do {
                    try reader.read(segment) { entry in
                        if entry.record.timestamp >= time { found = entry.record.offset }
                        return found == nil
                    }
                } catch is ArchiveProblem {
                    found = segment.first
                }
                if let found {
                    offsets[partition] = found
                    break
                }
            }
        }
        return offsets
    }

    /// Reads the segments of these spans; those that are missing or damaged are told.
    public func read(
        _ spans: [TopicPartition: Range<Int64>], _ body: ([Record]) throws -> Void
    ) throws -> [UnreadableSpan] {
        try readAll(spans) { try read($0, $1, body) }
    }

    /// Shows the segments' blocks as they are unpacked.
    public func readCanonical(
        _ spans: [TopicPartition: Range<Int64>], _ body: (TopicPartition, Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws -> [UnreadableSpan] {
        try readAll(spans) { segment, offsets in
            try reader.readCanonical(segment, offsets) { try body(segment.partition, $0, $1) }
        }
    }

    private func readAll(
        _ spans: [TopicPartition: Range<Int64>], _ body: (ArchiveEntry, Range<Int64>) throws -> Void
    ) throws -> [UnreadableSpan] {
        var unreadable: [UnreadableSpan] = []
        for (partition, span) in spans.sorted(by: { $0.key < $1.key }) where !span.isEmpty {
            var next = span.lowerBound
            for segment in reader.manifest.entries(of: partition)
            where segment.first < span.upperBound && span.lowerBound < segment.next {
                let offsets = max(segment.first, span.lowerBound)..<min(segment.next, span.upperBound)
                if segment.first > next {
                    unreadable.append(gap(partition, next..<segment.first))
                }
                next = segment.next
                do {
                    try body(segment, offsets)
                } catch let problem as ArchiveProblem {
                    unreadable.append(
                        UnreadableSpan(
                            partition: partition, offsets: offsets,
                            isTampered: problem.kind == .damaged || problem.kind == .tampered,
                            message: "The archive's file \(problem)"))
                }
            }
            if next < span.upperBound { unreadable.append(gap(partition, next..<span.upperBound)) }
        }
        return unreadable
    }

    private func gap(_ partition: TopicPartition, _ offsets: Range<Int64>) -> UnreadableSpan {
        UnreadableSpan(
            partition: partition, offsets: offsets, isTampered: false,
            message: "The archive has no segment with \(describeOffsets(offsets)) of \(partition).")
    }

    private func read(_ segment: ArchiveEntry, _ offsets: Range<Int64>, _ body: ([Record]) throws -> Void) throws {
        var batch: [Record] = []
        var bytes = 0
        try reader.read(segment, from: offsets.lowerBound) { entry in
            guard entry.record.offset < offsets.upperBound else { return false }
            batch.append(entry.record)
            bytes += entry.record.size
            if bytes >= Self.batchBytes || batch.count >= 2000 {
                try body(batch)
                batch.removeAll(keepingCapacity: true)
                bytes = 0
            }
            return true
        }
        if !batch.isEmpty { try body(batch) }
    }
}

import TopicLog

/// What is wrong in one place of an archive; everything elsewhere stays usable.
public struct ArchiveProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, CaseIterable {
        /// A file is not there.
        case missing
        /// A file's bytes are not what was written.
        case damaged
        /// Files agree with each other but not with what was signed, or lines do not follow
        /// from each other: someone changed them.
        case tampered
        /// Records were deleted from the topic before they were archived.
        case gap
        /// A file that no line of the manifest names.
        case stray
    }

    /// What is wrong.
    public let kind: Kind
    /// The file, from the archive's directory.
    public let file: String
    /// The partition and offsets that are concerned; nil for manifest and checkpoint.
    public let span: Span?
    /// Half a sentence that follows the file's name.
    public let reason: String

    /// Offsets of a partition, `from` up to but without `to`.
    public struct Span: Sendable, Equatable {
        /// The partition.
        public let partition: TopicPartition
        /// The first offset.
        public let from: Int64
        /// The offset that follows.
        public let to: Int64
    }

    /// Puts a problem together.
    public init(_ kind: Kind, file: String, span: Span? = nil, _ reason: String) {
        self.kind = kind
        self.file = file
        self.span = span
        self.reason = reason
    }

    private var offsets: String {
        guard let span else { return "" }
        if span.to - span.from == 1 { return " (offset \(span.from) of \(span.partition))" }
        return " (offsets \(span.from) to \(span.to - 1) of \(span.partition))"
    }

    /// One sentence: the file, what is wrong, which offsets.
    public var description: String {
        "\(file) \(reason)\(offsets)."
    }
}

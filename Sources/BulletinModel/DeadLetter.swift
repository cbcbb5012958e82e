import Crypto

/// Names a dead letter: derived from what was rejected and by whom, so that the same
/// record rejected again is the same dead letter.
public typealias DeadLetterID = Identifier<DeadLetter>

/// A record or an input that could not be used, with why.
public struct DeadLetter: Sendable, Equatable {
    /// Derived from worker, origin, key and value.
    public let id: DeadLetterID
    /// Where the record stood; nil for an input that never was in a topic.
    public var origin: Place?
    /// The input's name (a file name, `stdin`) for what never was in a topic; else nil.
    public var input: String?
    /// The kind of worker that rejected it: `produce`, `enrich` or `sink`; nil where the
    /// record in the dead-letter topic does not say.
    public var worker: String?
    /// The step of the worker in which it failed (`decode`, `store` …).
    public var stage: String?
    /// What is wrong, a short stable word.
    public var code: String?
    /// What is wrong, one sentence.
    public var reason: String?
    /// How often it was tried, requeued attempts included.
    public var attempts: Int
    /// When it failed, RFC 3339.
    public var failedAt: String?
    /// Number of the engine that rejected it.
    public var engine: Int?
    /// The original key.
    public var key: [UInt8]?
    /// The original value, or its head when it was too large.
    public var value: [UInt8]?
    /// The size of the original value in bytes when ``value`` is only its head; -1 when it
    /// is not known.
    public var truncatedFrom: Int?

    /// Gathers a dead letter.
    public init(
        id: DeadLetterID, origin: Place? = nil, input: String? = nil, worker: String? = nil, stage: String? = nil,
        code: String? = nil, reason: String? = nil, attempts: Int = 1, failedAt: String? = nil, engine: Int? = nil,
        key: [UInt8]? = nil, value: [UInt8]? = nil, truncatedFrom: Int? = nil
    ) {
        self.id = id
        self.origin = origin
        self.input = input
        self.worker = worker
        self.stage = stage
        self.code = code
        self.reason = reason
        self.attempts = attempts
        self.failedAt = failedAt
        self.engine = engine
        self.key = key
        self.value = value
        self.truncatedFrom = truncatedFrom
    }
}

extension Identifier where Subject == DeadLetter {
    /// The identifier of what `worker` rejected: a record of `topic`, or with nil an input.
    ///
    /// Offsets are left out on purpose: they differ between two logs that carried the same.
    public init(worker: String, topic: String?, key: [UInt8]?, value: [UInt8]?) {
        var hasher = SHA256()
        hasher.update(data: Array("gongbao dead letter v1\n\(worker)\n\(topic ?? "")\n".utf8))
        for part in [key, value] {
            hasher.update(data: Array("\(part?.count ?? -1)\n".utf8))
            if let part { hasher.update(data: part) }
        }
        self.init(rawValue: String(hexadecimal(hasher.finalize()).prefix(32)))
    }
}

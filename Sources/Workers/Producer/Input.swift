import BulletinModel
import TopicLog

/// Bytes that may be a bulletin, from outside.
public struct Input: Sendable, Equatable {
    /// What was read.
    public enum Content: Sendable, Equatable {
        /// All of it.
        case whole([UInt8])
        /// More than is taken: its head, and its size where that is known.
        case tooLarge(head: [UInt8], size: Int?)
    }

    /// Where it came from: a file name without its directories, in an inbox with those in it; or `stdin`.
    public let name: String
    /// What was read.
    public let content: Content
    /// How often it was rejected before, when it was requeued; then a remembered rejection
    /// does not count.
    public let attempts: Int
    /// The archive or message that it stood in; nil for what came by itself.
    public let container: BulletinID?
    /// In how many others it stood.
    public let depth: Int
    /// What somebody says of it; the region is a code.
    public let given: GivenData
    /// The file, for the source that read it.
    let file: InputFile?

    /// An input without a file.
    public init(
        name: String, content: Content, attempts: Int = 0, container: BulletinID? = nil, depth: Int = 0,
        given: GivenData = GivenData()
    ) {
        self.init(
            name: name, content: content, attempts: attempts, container: container, depth: depth, given: given,
            file: nil)
    }

    init(
        name: String, content: Content, attempts: Int = 0, container: BulletinID? = nil, depth: Int = 0,
        given: GivenData = GivenData(), file: InputFile?
    ) {
        self.name = name
        self.content = content
        self.attempts = attempts
        self.container = container
        self.depth = depth
        self.given = given
        self.file = file
    }

    /// What is held of it in memory, in bytes.
    public var size: Int {
        switch content {
        case .whole(let bytes), .tooLarge(head: let bytes, size: _): bytes.count
        }
    }

    /// The identifier of its content: the bulletin's, or for one that is too large one that
    /// follows from its head and size.
    public var id: BulletinID {
        switch content {
        case .whole(let bytes): BulletinID(bytes: bytes)
        case .tooLarge(let head, let size):
            BulletinID(bytes: Array("gongbao too large v1\n\(size ?? -1)\n".utf8) + head)
        }
    }
}

/// What a source offers.
public enum Offer: Sendable, Equatable {
    /// An input that was read.
    case input(Input)
    /// One that could not be read, and why, as one sentence.
    case unreadable(name: String, reason: String)
    /// One that was read, and what could not be done with it afterwards, as one sentence.
    case leftover(name: String, reason: String)
}

/// Where a producer gets inputs from. It belongs to the producer's queue.
public protocol InputSource: AnyObject {
    /// Opens what is needed. Called again after an outage.
    ///
    /// - Throws: a ``Failure``; of kind `setup` when what is to be read does not exist.
    func open() throws

    /// Waits for inputs, no longer than the limit says.
    ///
    /// - Parameter draining: whether to end where a source that watches has nothing more now.
    /// - Returns: inputs within the limit, none when none came in time, nil at the end.
    /// - Throws: a ``Failure``; after `transient` it may be called again.
    func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]?

    /// The inputs are in the log, or known already: they need not be offered again.
    func done(_ inputs: [Input])

    /// Releases everything.
    func close()
}

extension InputSource {
    /// Nothing is needed.
    public func open() {}
    /// Nothing is kept.
    public func done(_ inputs: [Input]) {}
    /// Nothing is held.
    public func close() {}
}

/// Inputs that are in memory already.
public final class ListedInputs: InputSource {
    private var rest: ArraySlice<Input>
    private let confinement = Confinement()

    /// Offers these, in this order.
    public init(_ inputs: [Input]) {
        rest = inputs[...]
    }

    /// The next of them.
    public func next(_ limit: BatchLimit, draining: Bool) -> [Offer]? {
        confinement.check()
        if rest.isEmpty { return nil }
        var offers: [Offer] = []
        var bytes = 0
        while let input = rest.first, offers.count < limit.records, offers.isEmpty || bytes + input.size <= limit.bytes
        {
            bytes += input.size
            offers.append(.input(input))
            rest = rest.dropFirst()
        }
        return offers
    }
}

/// Several sources, one after the other.
public final class ChainedInputs: InputSource {
    private let sources: [any InputSource]
    private var current = 0
    private let confinement = Confinement()

    /// Offers all of the first, then all of the second, and so on.
    public init(_ sources: [any InputSource]) {
        self.sources = sources
    }

    /// Opens all of them, so that a wrong path is told before work begins.
    public func open() throws {
        confinement.check()
        for source in sources { try source.open() }
    }

    /// The next of the first source that has not ended.
    public func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
        confinement.check()
        while current < sources.count {
            if let offers = try sources[current].next(limit, draining: draining) { return offers }
            // The last is asked again, as it may still have to tell of what was done.
            if current + 1 == sources.count { return nil }
            current += 1
        }
        return nil
    }

    /// Tells all sources: each knows its own.
    public func done(_ inputs: [Input]) {
        confinement.check()
        for source in sources { source.done(inputs) }
    }

    /// Closes all of them.
    public func close() {
        for source in sources { source.close() }
    }
}

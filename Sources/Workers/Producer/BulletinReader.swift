import BulletinModel
import TopicLog

/// What workers need of the reading engine: pure functions, called from many threads at once.
public protocol BulletinReader: Sendable {
    /// What reads: the same version gives the same readings.
    var engine: EngineVersion { get }

    /// The articles of a bulletin; none only of what has no text but that of the documents in it.
    ///
    /// - Parameter given: what is said of it, which holds for the reading; its region is a code.
    /// - Throws: a ``Failure`` of kind `data` when the bytes are no text.
    func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article]

    /// What besides the engine makes the text of these bytes, with its version; nil where nothing does.
    ///
    /// - Throws: a ``Failure`` of kind `setup` or `transient` when it cannot be asked.
    func decoder(of bytes: [UInt8]) throws(Failure) -> String?

    /// Whether the bytes may hold documents of their own: an archive, or a message with attachments. Cheap.
    func holdsMembers(_ bytes: [UInt8]) -> Bool

    /// The documents that the bytes hold, in their order; those that stand in one of them are its own members.
    ///
    /// - Parameter room: the most bytes of all of them together.
    /// - Throws: a ``Failure`` of kind `data` when the bytes are damaged, or hold more than is taken.
    func members(of bytes: [UInt8], atMost room: Int) throws(Failure) -> [Member]

    /// The indicators of an article, in reading order.
    func indicators(of article: Article) -> [Indicator]

    /// The first of them, as many as that and a few more; the rest need not be read.
    func indicators(of article: Article, atMost most: Int) -> [Indicator]
}

extension BulletinReader {
    /// All of them.
    public func indicators(of article: Article, atMost most: Int) -> [Indicator] { indicators(of: article) }

    /// Nothing: the engine alone reads the bytes.
    public func decoder(of bytes: [UInt8]) throws(Failure) -> String? { nil }
    /// Nothing: every input is one document.
    public func holdsMembers(_ bytes: [UInt8]) -> Bool { false }
    /// None.
    public func members(of bytes: [UInt8], atMost room: Int) throws(Failure) -> [Member] { [] }
}

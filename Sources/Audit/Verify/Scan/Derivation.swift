import BulletinModel
import Reading
import TopicLog

/// What follows from a bulletin's bytes, as digests: enough to hold records to it.
struct Derivation: Sendable, Equatable {
    /// One article.
    struct Part: Sendable, Equatable {
        let article: Digest32
        /// Of the article's message.
        let message: Digest32
        /// ``Closing/digest`` of its indicators.
        let reading: Digest32
        /// How many indicators.
        let count: Int
    }

    /// Why the bytes give no article; else nil.
    let failure: String?
    /// The articles, in order.
    let parts: [Part]
    /// What besides the engine made the text; nil where nothing did.
    var decoder: String?
    /// The documents that stand in the bytes.
    var members: [Digest32] = []
    /// Why nothing can be said of the bytes: what reads them is not at hand.
    var trouble: DecodeError?
}

/// Derives articles and indicators again, as the workers do.
public struct Deriver: Sendable {
    /// The engine that does it.
    public let engine: Engine

    /// A deriver with this engine.
    public init(_ engine: Engine) {
        self.engine = engine
    }

    /// What made the readings.
    public var version: EngineVersion { engine.engineVersion }

    /// A bulletin's articles.
    ///
    /// - Throws: `DecodeError` when the bytes are no text.
    public func articles(
        of bytes: [UInt8], bulletin: BulletinID, given: GivenData = GivenData()
    ) throws(DecodeError) -> [Article] {
        engine.segment(try engine.decode(bytes), bulletin: bulletin, given: given)
    }

    /// The articles that follow from a bulletin's record: from its bytes and what was said with them. None from one that
    /// is kept beside the one that holds, or whose headers are none.
    func articles(of record: Record) throws(DecodeError) -> [Article] {
        guard let bytes = record.value, let offer = try? BulletinOffer(header: { record.header($0) }),
            offer.standing != .further
        else { return [] }
        return try articles(of: bytes, bulletin: BulletinID(bytes: bytes), given: offer.given)
    }

    func derive(_ bytes: [UInt8], bulletin: BulletinID, given: GivenData) -> Derivation {
        var decoder: String?
        do throws(DecodeError) {
            decoder = try engine.decoder(of: bytes)
            let text = try engine.decode(bytes)
            let parts = engine.segment(text, bulletin: bulletin, given: given).map { article in
                let messages = engine.extract(article).map { $0.message() }
                return Derivation.Part(
                    article: Digest32(digits: article.id.rawValue), message: Digest32(of: article.message()),
                    reading: Digest32(digits: Closing.digest(of: messages)), count: messages.count)
            }
            return Derivation(
                failure: parts.isEmpty && !text.isContainer ? "The bulletin has no text to read." : nil, parts: parts,
                decoder: decoder, members: try engine.members(of: bytes).map { Digest32(of: $0) })
        } catch {
            return Derivation(
                failure: error.message, parts: [], decoder: decoder, trouble: error.cause == .bytes ? nil : error)
        }
    }
}

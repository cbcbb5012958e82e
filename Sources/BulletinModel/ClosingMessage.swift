import Crypto

extension Closing {
    /// The value of the closing record in `gongbao.indicators`: canonical JSON.
    public func message() -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("schema", MessageSchema.closing.rawValue)
        json.member("article", article.rawValue)
        json.member("bulletin", bulletin.rawValue)
        json.member("count", count)
        json.member("digest", digest)
        json.key("engine")
        json.beginObject()
        json.member("number", engine.number)
        json.member("lexicon", engine.lexicon)
        json.endObject()
        json.endObject()
        return json.bytes
    }

    /// Reads the value of a closing record.
    ///
    /// - Throws: ``MessageError``.
    public init(message: [UInt8]) throws(MessageError) {
        try self.init(fields: try MessageFields(message, schemas: .closing))
    }

    init(fields: MessageFields) throws(MessageError) {
        let engine = try fields.object("engine")
        self.init(
            article: try fields.identifier("article", digits: 32, ArticleID.self),
            bulletin: try fields.identifier("bulletin", digits: 64, BulletinID.self),
            count: try fields.integer("count"),
            digest: try fields.digits("digest", 64),
            engine: EngineVersion(
                number: try engine.integer("number"), lexicon: try engine.string("lexicon", atMost: MessageLimits.word))
        )
    }

    /// The ``digest`` of indicators with these message bytes, in this order.
    public static func digest(of messages: some Sequence<[UInt8]>) -> String {
        var hasher = SHA256()
        for message in messages {
            hasher.update(data: message)
            hasher.update(data: [0x0a])
        }
        return hexadecimal(hasher.finalize())
    }
}

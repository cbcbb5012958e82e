extension Article {
    /// The value of the article's record in `gongbao.articles`: canonical JSON, the same
    /// bytes for the same article on every machine.
    public func message() -> [UInt8] {
        var json = JSONWriter(capacity: text.utf8.count + 1024)
        json.beginObject()
        json.member("schema", MessageSchema.article.rawValue)
        json.member("id", id.rawValue)
        json.member("bulletin", bulletin.rawValue)
        json.member("ordinal", ordinal)
        json.member("headline", headline)
        json.member("subheadline", subheadline)
        json.member("section", section)
        json.member("column", column)
        json.member("byline", byline)
        json.member("start", start)
        json.member("end", end)
        json.member("form", form.rawValue)
        json.key("setting")
        json.beginObject()
        json.member("title", setting.title)
        json.member("published", setting.published)
        json.member("publisher", setting.publisher)
        // Messages from before these fields lack them; so does one that has nothing to say in them.
        if let delivered = setting.delivered { json.member("delivered", delivered) }
        if let number = setting.number { json.member("number", number) }
        if let year = setting.year { json.member("year", year) }
        if let url = setting.url { json.member("url", url) }
        if let region = setting.region { json.member("region", region) }
        if !setting.origins.isEmpty { json.object("origins") { setting.origins.write(to: &$0) } }
        json.endObject()
        if let scan { json.member("scan", scan.text) }
        json.member("text", text)
        json.endObject()
        return json.bytes
    }

    /// Reads the value of a record in `gongbao.articles`.
    ///
    /// - Throws: ``MessageError``; `inconsistent` when the text's length or the identifier
    ///   does not follow from the span.
    public init(message: [UInt8]) throws(MessageError) {
        try self.init(fields: try MessageFields(message, schemas: .article))
    }

    init(fields: MessageFields) throws(MessageError) {
        let setting = try fields.object("setting")
        self.init(
            bulletin: try fields.identifier("bulletin", digits: 64, BulletinID.self),
            ordinal: try fields.integer("ordinal", atLeast: 1),
            headline: try fields.optionalString("headline"),
            subheadline: try fields.optionalString("subheadline"),
            section: try fields.optionalString("section"),
            column: try fields.optionalString("column"),
            byline: try fields.optionalString("byline"),
            start: try fields.integer("start"),
            end: try fields.integer("end"),
            text: try fields.string("text", atMost: MessageLimits.article),
            form: try fields.word("form", Form.self),
            setting: Setting(
                title: try setting.optionalString("title"),
                published: try setting.optionalString("published"),
                publisher: try setting.optionalString("publisher"),
                delivered: try setting.optionalString("delivered"),
                number: try setting.optionalString("number"),
                year: try setting.optionalInteger("year"),
                url: try setting.optionalString("url"),
                region: try setting.optionalString("region"),
                origins: try Origins(fields: try setting.optionalObject("origins"))))
        guard self.setting.url.map(GivenData.isAddress) ?? true, self.setting.region.map(BulletinOffer.isCode) ?? true
        else { throw MessageError(.inconsistent, "has an address or a region that is none") }
        if let words = try fields.optionalString("scan", atMost: MessageLimits.article) {
            guard let scan = ScanQuality(words) else {
                throw MessageError(.inconsistent, "has a scan that does not tell places with hundredths")
            }
            self.scan = scan
        }
        guard start <= end, text.unicodeScalars.count == end - start else {
            throw MessageError(.inconsistent, "has a text that is not as long as its span")
        }
        guard try fields.string("id") == id.rawValue else {
            throw MessageError(.inconsistent, "has an id that does not follow from bulletin and span")
        }
    }
}

extension Article.Origins {
    /// Writes what was found as members of an object.
    public func write(to json: inout JSONWriter) {
        if let title { json.member("title", title.rawValue) }
        if let published { json.member("published", published.rawValue) }
        if let publisher { json.member("publisher", publisher.rawValue) }
        if let number { json.member("number", number.rawValue) }
    }

    init(fields: MessageFields?) throws(MessageError) {
        self.init()
        guard let fields else { return }
        title = try fields.optionalWord("title", Article.Origin.self)
        published = try fields.optionalWord("published", Article.Origin.self)
        publisher = try fields.optionalWord("publisher", Article.Origin.self)
        number = try fields.optionalWord("number", Article.Origin.self)
    }
}

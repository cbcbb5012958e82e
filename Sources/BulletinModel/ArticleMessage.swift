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
        json.endObject()
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
                publisher: try setting.optionalString("publisher")))
        guard start <= end, text.unicodeScalars.count == end - start else {
            throw MessageError(.inconsistent, "has a text that is not as long as its span")
        }
        guard try fields.string("id") == id.rawValue else {
            throw MessageError(.inconsistent, "has an id that does not follow from bulletin and span")
        }
    }
}

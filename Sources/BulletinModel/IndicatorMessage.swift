extension Indicator {
    /// The value of the indicator's record in `gongbao.indicators`: canonical JSON, the
    /// same bytes for the same indicator on every machine.
    public func message() -> [UInt8] {
        var json = JSONWriter(capacity: 768)
        json.beginObject()
        json.member("schema", MessageSchema.indicator.rawValue)
        json.member("id", id.rawValue)
        json.member("article", article.rawValue)
        json.member("bulletin", bulletin.rawValue)
        json.member("article_ordinal", articleOrdinal)
        json.member("repetition", repetition)
        writeReading(to: &json, withAbsent: false)
        json.key("rules")
        json.beginArray()
        for rule in rules { json.value(rule) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    /// Writes the members that say what was read and where, `start` to `confidence`.
    ///
    /// Members that the first version of the message lacks stand in a topic's value only where they say something:
    /// so a figure of those days still has the bytes over which its closing record was made.
    public func writeReading(to json: inout JSONWriter, withAbsent: Bool) {
        json.member("start", start)
        json.member("end", end)
        json.member("quote", quote)
        json.member("name", name)
        json.member("value", value)
        json.member("value_to", valueTo)
        json.member("unit", unit)
        json.member("kind", kind.rawValue)
        json.member("base", base?.rawValue)
        json.member("bound", bound.rawValue)
        json.member("status", status.rawValue)
        json.key("period")
        if let period {
            json.beginObject()
            json.member("start", period.start)
            json.member("end", period.end)
            json.endObject()
        } else {
            json.null()
        }
        json.member("code", code)
        json.key("region")
        if let region {
            json.beginObject()
            json.member("name", region.name)
            json.member("code", region.code)
            json.endObject()
        } else {
            json.null()
        }
        if withAbsent || scope != nil { json.member("scope", scope?.rawValue) }
        if withAbsent || vintage != nil { json.member("vintage", vintage?.rawValue) }
        json.member("confidence", min(1, max(0, confidence)))
    }

    /// Reads the value of a record in `gongbao.indicators`.
    ///
    /// - Throws: ``MessageError``; `inconsistent` when the identifier does not follow from
    ///   article, span and repetition, or the quote is not as long as the span.
    public init(message: [UInt8]) throws(MessageError) {
        try self.init(fields: try MessageFields(message, schemas: .indicator))
    }

    init(fields: MessageFields) throws(MessageError) {
        var period: Period?
        if let days = try fields.optionalObject("period") {
            period = Period(
                start: try days.string("start", "day", MessageLimits.isDay),
                end: try days.string("end", "day", MessageLimits.isDay))
        }
        var region: Region?
        if let division = try fields.optionalObject("region") {
            region = Region(
                name: try division.string("name", atMost: MessageLimits.word),
                code: try division.optionalString("code", "code", MessageLimits.isCode))
        }
        self.init(
            article: try fields.identifier("article", digits: 32, ArticleID.self),
            bulletin: try fields.identifier("bulletin", digits: 64, BulletinID.self),
            articleOrdinal: try fields.integer("article_ordinal", atLeast: 1),
            start: try fields.integer("start"),
            end: try fields.integer("end"),
            repetition: try fields.integer("repetition"),
            quote: try fields.string("quote"),
            name: try fields.string("name"),
            value: try fields.string("value", "decimal", MessageLimits.isDecimal),
            valueTo: try fields.optionalString("value_to", "decimal", MessageLimits.isDecimal),
            unit: try fields.string("unit", atMost: MessageLimits.word),
            kind: try fields.word("kind", Kind.self),
            base: try fields.optionalWord("base", Base.self),
            bound: try fields.word("bound", Bound.self),
            status: try fields.word("status", Status.self),
            period: period,
            code: try fields.optionalString("code", "code", MessageLimits.isCode),
            region: region,
            scope: try fields.optionalWord("scope", Scope.self),
            vintage: try fields.optionalWord("vintage", Vintage.self),
            confidence: try fields.number("confidence", in: 0...1),
            rules: try fields.strings("rules"))
        guard start <= end, quote.unicodeScalars.count == end - start else {
            throw MessageError(.inconsistent, "has a quote that is not as long as its span")
        }
        guard try fields.string("id") == id.rawValue else {
            throw MessageError(.inconsistent, "has an id that does not follow from article, span and repetition")
        }
    }
}

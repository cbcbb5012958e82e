/// One line of `gongbao extract --format jsonl`: an indicator for people and scripts.
///
/// It has the fields of the topic's value that describe the figure, with the article as
/// its ordinal; the identifiers of article and bulletin are left to the topic's messages.
public struct IndicatorLine: Sendable {
    /// What is printed.
    public let indicator: Indicator
    /// The input's name, printed as `file` when there are several; else nil.
    public let file: String?
    /// The address that the input was taken from, printed as `url` where somebody gave one; else nil.
    public let url: String?

    /// Pairs an indicator with the input that states it.
    public init(_ indicator: Indicator, file: String? = nil, url: String? = nil) {
        self.indicator = indicator
        self.file = file
        self.url = url
    }

    /// The JSON object with its line feed.
    public var bytes: [UInt8] {
        var json = JSONWriter(capacity: 512)
        write(to: &json)
        json.endLine()
        return json.bytes
    }

    /// Writes the JSON object as the next value, for callers that print an array.
    public func write(to json: inout JSONWriter) {
        json.beginObject()
        if let file { json.member("file", file) }
        if let url { json.member("url", url) }
        json.member("id", indicator.id.rawValue)
        json.member("article", indicator.articleOrdinal)
        indicator.writeReading(to: &json, withAbsent: true)
        json.key("rules")
        json.beginArray()
        for rule in indicator.rules { json.value(rule) }
        json.endArray()
        json.endObject()
    }
}

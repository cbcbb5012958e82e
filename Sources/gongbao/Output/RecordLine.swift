import BulletinModel
import TopicLog

/// One record of a topic as a line of JSON, for `topics tail`.
enum RecordLine {
    /// Values longer than this are cut: a bulletin can have megabytes.
    private static let shown = 4096

    /// Place, time, key, headers and value; a value that is JSON of ours stands as it is in a
    /// string, bytes that are no text are told by their number.
    static func json(_ record: Record) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.member("topic", record.partition.topic)
        json.member("partition", Int(record.partition.partition))
        json.member("offset", Int(record.offset))
        json.member("timestamp", Int(record.timestamp.milliseconds))
        json.member("key", record.key.map(text))
        json.key("headers")
        json.beginArray()
        for header in record.headers {
            json.beginObject()
            json.member("name", header.name)
            json.member("value", header.value.map(text))
            json.endObject()
        }
        json.endArray()
        json.member("value", record.value.map(text))
        json.endObject()
        json.endLine()
        return json.bytes
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let head = String(decoding: bytes.prefix(shown), as: UTF8.self)
        return bytes.count > shown ? head + "… (\(bytes.count) bytes)" : head
    }
}

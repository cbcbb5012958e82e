import BulletinModel
import TopicLog

/// Writes and reads the headers that make a record a dead letter. The original key, value
/// and headers stay as they are; ours follow them, beginning with `dlq.id`.
public enum DeadLetterHeaders {
    /// The first of our headers; what stands before it is the original's.
    static let first = "dlq.id"
    /// How often a record was tried before it was requeued.
    static let attempts = "gongbao_attempts"
    /// How much is kept of a value that is too large for the topic.
    static let headBytes = 64 << 10
    private static let reasonBytes = 1024
    /// How much is kept of the original's headers and key. What has more is no record of ours.
    private static let mostHeaders = 256
    private static let headersBytes = 64 << 10
    private static let keyBytes = 4096

    /// Who rejects, for the headers.
    struct Author: Sendable {
        let worker: String
        let stage: String
        let engine: Int
    }

    /// The dead letter of a record that failed.
    ///
    /// - Parameter largest: the most bytes that the topic takes for a value.
    static func letter(
        for record: Record, _ failure: Failure, by author: Author, to topic: String, at time: Timestamp, largest: Int
    ) -> Outgoing {
        let id = DeadLetterID(
            worker: author.worker, topic: record.partition.topic, key: record.key, value: record.value)
        let attempts = RecordHeaders.attempts(record.header(attempts))
        var headers = kept(record.headers)
        let dropped = record.headers.count - headers.count
        headers.append(Header(first, id.rawValue))
        headers.append(Header("dlq.origin.topic", record.partition.topic))
        headers.append(Header("dlq.origin.partition", String(record.partition.partition)))
        headers.append(Header("dlq.origin.offset", String(record.offset)))
        headers.append(Header("dlq.origin.timestamp", String(record.timestamp.milliseconds)))
        append(failure, author, attempts: attempts + 1, time, to: &headers)
        if dropped > 0 { headers.append(Header("dlq.headers-dropped", String(dropped))) }
        var (key, value) = (record.key, record.value)
        let isKeyLong = key.map { $0.count > keyBytes } ?? false
        if isKeyLong { key = key.map { Array($0.prefix(keyBytes)) } }
        if let whole = value, whole.count > largest || isKeyLong || dropped > 0 {
            headers.append(Header("dlq.truncated-from", String(whole.count)))
            if whole.count > largest { value = Array(whole.prefix(headBytes)) }
        }
        return Outgoing(topic: topic, key: key, value: value, headers: headers)
    }

    /// As many of a record's headers, from the first on, as a dead letter carries.
    private static func kept(_ headers: [Header]) -> [Header] {
        var bytes = 0
        return Array(
            headers.prefix(mostHeaders).prefix { header in
                bytes += header.name.utf8.count + (header.value?.count ?? 0)
                return bytes <= headersBytes
            })
    }

    /// The dead letter of an input that failed before it was in any topic.
    ///
    /// - Parameters:
    ///   - container: the archive or message that it stood in.
    ///   - given: what was said of it, so that it is not lost when it is tried again.
    ///   - key: the identifier of its content.
    ///   - truncatedFrom: its size when `bytes` are only its head, -1 when the size is not
    ///     known; else nil.
    static func letter(
        forInput name: String, in container: BulletinID?, given: GivenData = GivenData(), key: BulletinID,
        bytes: [UInt8], truncatedFrom: Int?, attempts: Int, _ failure: Failure,
        by author: Author, to topic: String, at time: Timestamp
    ) -> Outgoing {
        let key = Array(key.rawValue.utf8)
        let id = DeadLetterID(worker: author.worker, topic: nil, key: key, value: bytes)
        var headers = [Header(first, id.rawValue), Header("dlq.origin.input", CloudEvent.reference(name))]
        append(failure, author, attempts: attempts, time, to: &headers)
        if let truncatedFrom { headers.append(Header("dlq.truncated-from", String(truncatedFrom))) }
        if let container { headers.append(Header(RecordHeaders.container, container.rawValue)) }
        headers += BulletinOffer(given).headers.map { Header($0.name, $0.value) }
        return Outgoing(topic: topic, key: key, value: bytes, headers: headers)
    }

    private static func append(
        _ failure: Failure, _ author: Author, attempts: Int, _ time: Timestamp, to headers: inout [Header]
    ) {
        headers.append(Header("dlq.worker", author.worker))
        headers.append(Header("dlq.version", String(author.engine)))
        headers.append(Header("dlq.stage", author.stage))
        headers.append(Header("dlq.code", failure.code))
        headers.append(Header("dlq.reason", shortened(failure.message)))
        headers.append(Header("dlq.attempts", String(attempts)))
        headers.append(Header("dlq.failed-at", time.rfc3339))
    }

    /// At most 1024 bytes of a reason, ending with a whole scalar.
    private static func shortened(_ reason: String) -> String {
        guard reason.utf8.count > reasonBytes else { return reason }
        var view = reason.unicodeScalars
        var size = view.reduce(0) { $0 + UTF8.width($1) }
        while size > reasonBytes, let last = view.popLast() { size -= UTF8.width(last) }
        return String(view)
    }

    /// Reads a record of the dead-letter topic. One without our headers is a dead letter
    /// with nothing known but key and value: what is there is never rejected again.
    public static func read(_ record: Record) -> DeadLetter {
        let start = record.headers.lastIndex { $0.name == first } ?? record.headers.endIndex
        var texts: [String: String] = [:]
        // What was not written by us may say anything, at any length.
        for header in record.headers[start...].prefix(64) {
            if let value = header.value?.prefix(4096) { texts[header.name] = String(decoding: value, as: UTF8.self) }
        }
        func word(_ name: String) -> String? { texts[name].map { String($0.prefix(64)) } }
        func count(_ name: String) -> Int? { texts[name].flatMap { Int($0) } }
        var origin: Place?
        if let topic = texts["dlq.origin.topic"], let partition = texts["dlq.origin.partition"].flatMap({ Int32($0) }),
            let offset = texts["dlq.origin.offset"].flatMap({ Int64($0) }), partition >= 0, offset >= 0,
            (1...249).contains(topic.utf8.count)
        {
            origin = Place(topic: topic, partition: partition, offset: offset)
        }
        let id =
            texts[first].flatMap { isID($0) ? DeadLetterID(rawValue: $0) : nil }
            ?? DeadLetterID(worker: "", topic: record.partition.topic, key: record.key, value: record.value)
        return DeadLetter(
            id: id, origin: origin, input: texts["dlq.origin.input"].flatMap { CloudEvent.source(ofReference: $0) },
            worker: word("dlq.worker"), stage: word("dlq.stage"), code: word("dlq.code"),
            reason: texts["dlq.reason"].map(shortened), attempts: max(1, RecordHeaders.attempts(texts["dlq.attempts"])),
            failedAt: texts["dlq.failed-at"].flatMap { Timestamp(rfc3339: $0)?.rfc3339 }, engine: count("dlq.version"),
            key: record.key, value: record.value, truncatedFrom: count("dlq.truncated-from"))
    }

    private static func isID(_ text: String) -> Bool {
        text.utf8.count == 32 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// The headers that the record had before it became a dead letter.
    static func original(_ headers: [Header]) -> [Header] {
        Array(headers[..<(headers.lastIndex { $0.name == first } ?? headers.endIndex)])
    }
}

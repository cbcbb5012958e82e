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
        let attempts = record.header(attempts).flatMap { Int($0) } ?? 0
        var headers = record.headers
        headers.append(Header(first, id.rawValue))
        headers.append(Header("dlq.origin.topic", record.partition.topic))
        headers.append(Header("dlq.origin.partition", String(record.partition.partition)))
        headers.append(Header("dlq.origin.offset", String(record.offset)))
        headers.append(Header("dlq.origin.timestamp", String(record.timestamp.milliseconds)))
        append(failure, author, attempts: attempts + 1, time, to: &headers)
        var value = record.value
        if let whole = value, whole.count > largest {
            headers.append(Header("dlq.truncated-from", String(whole.count)))
            value = Array(whole.prefix(headBytes))
        }
        return Outgoing(topic: topic, key: record.key, value: value, headers: headers)
    }

    /// The dead letter of an input that failed before it was in any topic.
    ///
    /// - Parameters:
    ///   - key: the identifier of its content.
    ///   - truncatedFrom: its size when `bytes` are only its head, -1 when the size is not
    ///     known; else nil.
    static func letter(
        forInput name: String, key: BulletinID, bytes: [UInt8], truncatedFrom: Int?, attempts: Int, _ failure: Failure,
        by author: Author, to topic: String, at time: Timestamp
    ) -> Outgoing {
        let key = Array(key.rawValue.utf8)
        let id = DeadLetterID(worker: author.worker, topic: nil, key: key, value: bytes)
        var headers = [Header(first, id.rawValue), Header("dlq.origin.input", CloudEvent.reference(name))]
        append(failure, author, attempts: attempts, time, to: &headers)
        if let truncatedFrom { headers.append(Header("dlq.truncated-from", String(truncatedFrom))) }
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
        for header in record.headers[start...] {
            if let value = header.value { texts[header.name] = String(decoding: value, as: UTF8.self) }
        }
        var origin: Place?
        if let topic = texts["dlq.origin.topic"], let partition = texts["dlq.origin.partition"].flatMap({ Int32($0) }),
            let offset = texts["dlq.origin.offset"].flatMap({ Int64($0) })
        {
            origin = Place(topic: topic, partition: partition, offset: offset)
        }
        let id =
            texts[first].map { DeadLetterID(rawValue: $0) }
            ?? DeadLetterID(worker: "", topic: record.partition.topic, key: record.key, value: record.value)
        return DeadLetter(
            id: id, origin: origin, input: texts["dlq.origin.input"].flatMap { CloudEvent.source(ofReference: $0) },
            worker: texts["dlq.worker"], stage: texts["dlq.stage"], code: texts["dlq.code"],
            reason: texts["dlq.reason"], attempts: texts["dlq.attempts"].flatMap { Int($0) } ?? 1,
            failedAt: texts["dlq.failed-at"], engine: texts["dlq.version"].flatMap { Int($0) },
            key: record.key, value: record.value,
            truncatedFrom: texts["dlq.truncated-from"].flatMap { Int($0) })
    }

    /// The headers that the record had before it became a dead letter.
    static func original(_ headers: [Header]) -> [Header] {
        Array(headers[..<(headers.lastIndex { $0.name == first } ?? headers.endIndex)])
    }
}

import BulletinModel
import Glibc
import TopicLog

/// Records as lines of JSON on a file descriptor, as fast as a broker gives them: bytes go from the
/// log's memory into one buffer, without strings or copies in between.
///
/// A line has `topic`, `partition`, `offset`, `timestamp`, `key`, `headers` and `value`. Key and values
/// are strings where the bytes are UTF-8, else `{"base64":"…"}`, and null where there are none.
final class ReplayLines: RecordVisitor {
    /// How many lines were added.
    private(set) var count = 0
    private let buffer: JSONBuffer
    private let wanted: [UInt8]?
    /// How the lines of a partition begin; neighbours mostly share it.
    private var opening: (partition: TopicPartition, text: [UInt8])?
    private var isFirstHeader = true

    /// - Parameter key: the only one whose records are written; nil is all.
    init(to output: JSONOutput = JSONOutput(), key: [UInt8]? = nil) {
        wanted = key
        buffer = JSONBuffer(to: output)
    }

    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool {
        if let wanted {
            guard let key, key.elementsEqual(wanted) else { return false }
        }
        if let opening, opening.partition == partition {
            buffer.add(opening.text)
        } else {
            var text = JSONWriter()
            text.beginObject()
            text.member("topic", partition.topic)
            text.member("partition", Int(partition.partition))
            opening = (partition, text.bytes)
            buffer.add(text.bytes)
        }
        buffer.add(",\"offset\":")
        buffer.number(offset)
        buffer.add(",\"timestamp\":")
        buffer.number(timestamp.milliseconds)
        startRest(key)
        return true
    }

    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?) {
        buffer.add(isFirstHeader ? "{\"name\":" : ",{\"name\":")
        isFirstHeader = false
        if isUTF8(name) {
            buffer.string(name)
        } else {
            var repaired = String(decoding: name, as: UTF8.self)
            repaired.withUTF8 { buffer.string($0) }
        }
        buffer.add(",\"value\":")
        buffer.field(value)
        buffer.add("}")
    }

    func end(_ value: UnsafeBufferPointer<UInt8>?) throws {
        buffer.add("],\"value\":")
        buffer.field(value)
        buffer.add("}\n")
        count += 1
        try buffer.flushIfFull()
    }

    /// Adds the line of a record that is in no log: its partition and offset are null.
    func write(_ record: Outgoing) throws {
        buffer.add("{\"topic\":")
        var topic = record.topic
        topic.withUTF8 { buffer.string($0) }
        buffer.add(",\"partition\":null,\"offset\":null,\"timestamp\":null")
        Self.withBuffer(record.key) { startRest($0) }
        for each in record.headers {
            var name = each.name
            name.withUTF8 { name in Self.withBuffer(each.value) { header(name, $0) } }
        }
        try Self.withBuffer(record.value) { try end($0) }
    }

    /// Writes what has been added.
    func flush() throws { try buffer.flush() }

    private func startRest(_ key: UnsafeBufferPointer<UInt8>?) {
        buffer.add(",\"key\":")
        buffer.field(key)
        buffer.add(",\"headers\":[")
        isFirstHeader = true
    }

    private static func withBuffer<T>(
        _ bytes: [UInt8]?, _ body: (UnsafeBufferPointer<UInt8>?) throws -> T
    ) rethrows -> T {
        guard let bytes else { return try body(nil) }
        return try bytes.withUnsafeBufferPointer { try body($0) }
    }
}

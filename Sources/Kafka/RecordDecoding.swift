import CRdKafka
import TopicLog

extension Record {
    /// Copies a message out of librdkafka's memory. No key, no value and headers without a value
    /// are data; a name that is not UTF-8 is repaired, never a reason to stop.
    ///
    /// - Parameter partition: of the message, as ``partition(of:)`` tells it.
    init(_ message: UnsafePointer<rd_kafka_message_t>, in partition: TopicPartition) {
        self.init(
            partition: partition, offset: message.pointee.offset,
            timestamp: Timestamp(milliseconds: rd_kafka_message_timestamp(message, nil)),
            key: bytes(message.pointee.key, message.pointee.key_len),
            value: bytes(message.pointee.payload, message.pointee.len), headers: Self.headers(of: message))
    }

    /// Where a message stands.
    static func partition(of message: UnsafePointer<rd_kafka_message_t>) -> TopicPartition {
        let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? ""
        return TopicPartition(topic, message.pointee.partition)
    }

    private static func headers(of message: UnsafePointer<rd_kafka_message_t>) -> [Header] {
        var list: OpaquePointer?
        guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
        var headers: [Header] = []
        headers.reserveCapacity(rd_kafka_header_cnt(list))
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var size = 0
        while rd_kafka_header_get_all(list, headers.count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
            headers.append(Header(name.map { String(cString: $0) } ?? "", bytes: bytes(value, size)))
        }
        return headers
    }
}

private func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
    start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
}

extension Outgoing {
    /// Hands a copy of the record to a producer.
    func produce(to client: OpaquePointer) throws(KafkaFailure) {
        var list: OpaquePointer?
        if !headers.isEmpty {
            list = rd_kafka_headers_new(headers.count)
            for header in headers {
                withBytes(header.value) { value, size in
                    // Librdkafka takes the name's length in bytes.
                    _ = rd_kafka_header_add(list, header.name, header.name.utf8.count, value, size)
                }
            }
        }
        let code = withBytes(key) { key, keyLength in
            withBytes(value) { value, valueLength in
                crdkafka_produce(
                    client, topic, partition ?? -1, key, keyLength, value, valueLength, list,
                    timestamp?.milliseconds ?? 0)
            }
        }
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            if let list { rd_kafka_headers_destroy(list) }
            throw KafkaFailure(code, reason: "\(String(cString: rd_kafka_err2str(code))), topic \(topic)")
        }
    }
}

/// Bytes for C, where an empty array must not look like none.
private func withBytes<T>(_ bytes: [UInt8]?, _ body: (UnsafeRawPointer?, Int) -> T) -> T {
    guard let bytes else { return body(nil, 0) }
    guard !bytes.isEmpty else { return withUnsafeBytes(of: UInt8(0)) { body($0.baseAddress, 0) } }
    return bytes.withUnsafeBytes { body($0.baseAddress, $0.count) }
}

import CRdKafka

/// What librdkafka said about something that went wrong, read out in full: the C object is
/// destroyed at once, and with it everything it points to.
struct KafkaFailure: Error, Equatable {
    let code: rd_kafka_resp_err_t
    /// librdkafka's symbol, as `REQUEST_TIMED_OUT`; local ones begin with `_`.
    let name: String
    /// The sentence, as far as there is one.
    let reason: String
    /// The client is of no more use.
    let isFatal: Bool
    /// The same call may be made again.
    let isRetriable: Bool
    /// The transaction must be aborted.
    let needsAbort: Bool

    /// Reads a bare code.
    init(_ code: rd_kafka_resp_err_t, reason: String? = nil, isFatal: Bool = false) {
        self.code = code
        name = String(cString: rd_kafka_err2name(code))
        self.reason = reason ?? String(cString: rd_kafka_err2str(code))
        self.isFatal = isFatal
        isRetriable = false
        needsAbort = false
    }

    /// Reads an error object and leaves it alone.
    init(reading error: OpaquePointer) {
        code = rd_kafka_error_code(error)
        name = String(cString: rd_kafka_error_name(error))
        reason = String(cString: rd_kafka_error_string(error))
        isFatal = rd_kafka_error_is_fatal(error) != 0
        isRetriable = rd_kafka_error_is_retriable(error) != 0
        needsAbort = rd_kafka_error_txn_requires_abort(error) != 0
    }

    /// Reads an error object and destroys it; nil when there was none.
    init?(taking error: OpaquePointer?) {
        guard let error else { return nil }
        self.init(reading: error)
        rd_kafka_error_destroy(error)
    }

    /// What made the client's first fatal error, if there was one.
    static func fatal(of client: OpaquePointer) -> KafkaFailure? {
        var buffer = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(client, &buffer, buffer.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        return KafkaFailure(code, reason: text(buffer), isFatal: true)
    }

    /// The text in a buffer that C has filled.
    static func text(_ buffer: [CChar]) -> String {
        String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension rd_kafka_resp_err_t {
    /// Throws unless it says that all went well.
    func check() throws {
        if self != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaFailure(self) }
    }
}

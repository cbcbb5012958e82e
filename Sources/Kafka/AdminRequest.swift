import CRdKafka
import TopicLog

/// An answer to an admin request, destroyed when it goes away; who reads what it points to keeps it
/// alive meanwhile.
final class AdminEvent {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { rd_kafka_event_destroy(pointer) }
}

/// One request of librdkafka's admin interface, on a queue of its own.
struct AdminRequest {
    private let client: Client
    private let operation: rd_kafka_admin_op_t
    private let timeout: Duration

    init(_ client: Client, _ operation: rd_kafka_admin_op_t, _ timeout: Duration) {
        self.client = client
        self.operation = operation
        self.timeout = timeout
    }

    /// Sends the request and waits for its answer.
    ///
    /// - Throws: ``KafkaFailure`` when the request as a whole failed.
    func run(_ send: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void) throws -> AdminEvent {
        let options = rd_kafka_AdminOptions_new(client.pointer, operation)
        defer { rd_kafka_AdminOptions_destroy(options) }
        var buffer = [CChar](repeating: 0, count: 256)
        try rd_kafka_AdminOptions_set_request_timeout(options, timeout.wholeMilliseconds, &buffer, buffer.count).check()
        let queue = rd_kafka_queue_new(client.pointer)
        defer { rd_kafka_queue_destroy(queue) }
        send(options, queue)
        // librdkafka answers when the request's own time is up; the rest is slack.
        let deadline = ContinuousClock.now + timeout + .seconds(5)
        var event: OpaquePointer?
        while event == nil {
            event = rd_kafka_queue_poll(queue, 500)
            if event != nil { break }
            try client.requireWelcome()
            guard ContinuousClock.now < deadline else { throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT) }
        }
        guard let event else { throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT) }
        let answer = AdminEvent(event)
        let code = rd_kafka_event_error(event)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            throw KafkaFailure(code, reason: rd_kafka_event_error_string(event).map { String(cString: $0) })
        }
        return answer
    }
}

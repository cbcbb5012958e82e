import CRdKafka
import Dispatch
import Foundation
import Logging
import Synchronization
import TopicLog

/// Where a record stands.
struct RecordPlace: Equatable {
    let partition: TopicPartition
    let offset: Int64
}

/// One librdkafka client, and the order in which it goes away: its queue, then the client, which
/// waits for its threads, then what its callbacks use.
///
/// `@unchecked Sendable`: the pointers do not change, librdkafka's calls may be made from any
/// thread, and who destroys it has been told by ``close()``'s callers not to use it any more.
final class Client: @unchecked Sendable {
    /// What librdkafka's threads may use at any time.
    final class Callbacks: Sendable {
        let logger: Logger
        let secrets: Secrets
        private struct State {
            var undelivered: [KafkaFailure] = []
            var firstPlace: RecordPlace?
            var grave: KafkaFailure?
        }
        private let state = Mutex(State())

        init(logger: Logger, secrets: Secrets) {
            self.logger = logger
            self.secrets = secrets
        }

        /// Remembers that a record was not delivered; the first few tell enough.
        func undelivered(_ failure: KafkaFailure) {
            state.withLock { if $0.undelivered.count < 16 { $0.undelivered.append(failure) } }
        }

        /// Remembers where a record was put, if it is the first.
        func delivered(to place: @autoclosure () -> RecordPlace) {
            state.withLock { if $0.firstPlace == nil { $0.firstPlace = place() } }
        }

        /// Where the first record was put since ``forgetDeliveries()``.
        var firstPlace: RecordPlace? { state.withLock { $0.firstPlace } }

        /// Begins anew to remember what was delivered and what was not.
        func forgetDeliveries() {
            state.withLock { state in
                state.undelivered = []
                state.firstPlace = nil
            }
        }

        /// What was not delivered since the last time.
        func takeUndelivered() -> [KafkaFailure] {
            state.withLock { state in
                defer { state.undelivered = [] }
                return state.undelivered
            }
        }

        /// Takes an error of the client as a whole. Those that a person must heal are kept, as
        /// librdkafka itself would only go on trying.
        func report(_ failure: KafkaFailure) {
            logger.debug(
                "Kafka client error",
                metadata: [
                    "kafka.error": "\(failure.name)", "kafka.reason": "\(secrets.redact(failure.reason))",
                ])
            if ErrorTable.entry(for: failure).kind == .setup { state.withLock { $0.grave = failure } }
        }

        /// Whether an error came that a person must heal.
        var hasGrave: Bool { state.withLock { $0.grave != nil } }

        /// The error that a person must heal, if one came since the last time.
        func takeGrave() -> KafkaFailure? {
            state.withLock { state in
                defer { state.grave = nil }
                return state.grave
            }
        }
    }

    let pointer: OpaquePointer
    /// The consumer's queue, where records, rebalances and errors come in one order; only ever
    /// served by `rd_kafka_queue_poll`, as `rd_kafka_consumer_poll` would answer rebalances itself.
    let queue: OpaquePointer?
    let callbacks: Callbacks
    private let isOpen = Atomic(true)

    /// Makes a client of a role.
    ///
    /// - Throws: ``Failure`` of kind `setup` when the properties do not go together.
    init(_ role: ClientProperties.Role, _ properties: ClientProperties, logger: Logger) throws {
        let configuration = try properties.make(role)
        let callbacks = Callbacks(logger: logger, secrets: properties.secrets)
        let opaque = Unmanaged.passRetained(callbacks)
        rd_kafka_conf_set_opaque(configuration, opaque.toOpaque())
        rd_kafka_conf_set_log_cb(configuration, forwardLog)
        let type: rd_kafka_type_t
        switch role {
        case .member, .reader:
            type = RD_KAFKA_CONSUMER
            rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_ERROR)
        case .producer, .admin:
            type = RD_KAFKA_PRODUCER
            rd_kafka_conf_set_error_cb(configuration, forwardError)
            rd_kafka_conf_set_dr_msg_cb(configuration, forwardDelivery)
        }
        var buffer = [CChar](repeating: 0, count: 512)
        guard let pointer = rd_kafka_new(type, configuration, &buffer, buffer.count) else {
            rd_kafka_conf_destroy(configuration)
            opaque.release()
            let reason = properties.secrets.redact(KafkaFailure.text(buffer))
            throw Failure(
                .setup, code: "bad_setting", "Kafka: the client cannot be made: \(reason); correct the properties.")
        }
        self.pointer = pointer
        self.callbacks = callbacks
        if type == RD_KAFKA_CONSUMER {
            // Errors of the client as a whole go the same way as everything else.
            rd_kafka_poll_set_consumer(pointer)
            queue = rd_kafka_queue_get_consumer(pointer)
        } else {
            queue = nil
        }
    }

    /// Throws when the brokers let nobody in like this, which no waiting cures; what exactly is wrong
    /// stays with the callbacks.
    func requireWelcome() throws {
        rd_kafka_poll(pointer, 0)
        if callbacks.hasGrave { throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT) }
    }

    /// Destroys everything; may be called twice. A consumer must have left its group before,
    /// or is thrown out when its session times out.
    ///
    /// Where a topic of its own was deleted, librdkafka may wait for its threads for ever. Such a client
    /// is left behind: the process is about to end, and must be able to say why.
    func close() {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        nonisolated(unsafe) let (pointer, queue) = (pointer, queue)
        let callbacks = callbacks
        let isDestroyed = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            if let queue {
                rd_kafka_queue_destroy(queue)
                rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            } else {
                // What nobody waits for any more would only hold the destruction up.
                rd_kafka_purge(pointer, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
                rd_kafka_flush(pointer, 0)
                rd_kafka_destroy(pointer)
            }
            Unmanaged.passUnretained(callbacks).release()
            isDestroyed.signal()
        }
        if isDestroyed.wait(timeout: .now() + Self.patience) == .timedOut {
            callbacks.logger.warning("a Kafka client does not end and is left behind")
        }
    }

    /// How many seconds the destruction may take.
    private static let patience = 10.0

    deinit { close() }
}

private func callbacks(_ opaque: UnsafeMutableRawPointer?) -> Client.Callbacks? {
    opaque.map { Unmanaged<Client.Callbacks>.fromOpaque($0).takeUnretainedValue() }
}

private func forwardLog(
    _ client: OpaquePointer?, _ level: Int32, _ facility: UnsafePointer<CChar>?, _ text: UnsafePointer<CChar>?
) {
    guard let client, let text, let to = callbacks(rd_kafka_opaque(client)) else { return }
    let line = String(cString: text)
    let severity: Logger.Level
    switch level {
    case ...2: severity = .error
    // librdkafka goes on trying by itself, so nothing is lost.
    case 3, 4: severity = line.contains("property and will be ignored by this") ? .trace : .warning
    case 5, 6: severity = .info
    default: severity = .debug
    }
    to.logger.log(
        level: severity, "librdkafka",
        metadata: [
            "kafka.facility": "\(facility.map { String(cString: $0) } ?? "")",
            "kafka.line": "\(to.secrets.redact(line))",
        ])
}

private func forwardError(
    _ client: OpaquePointer?, _ code: Int32, _ reason: UnsafePointer<CChar>?, _ opaque: UnsafeMutableRawPointer?
) {
    callbacks(opaque)?.report(
        KafkaFailure(rd_kafka_resp_err_t(rawValue: code), reason: reason.map { String(cString: $0) }))
}

private func forwardDelivery(
    _ client: OpaquePointer?, _ message: UnsafePointer<rd_kafka_message_t>?, _ opaque: UnsafeMutableRawPointer?
) {
    guard let message else { return }
    func topic() -> String { message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) } ?? "?" }
    if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
        callbacks(opaque)?.delivered(
            to: RecordPlace(
                partition: TopicPartition(topic(), message.pointee.partition), offset: message.pointee.offset))
        return
    }
    let reason = "\(String(cString: rd_kafka_err2str(message.pointee.err))), topic \(topic())"
    callbacks(opaque)?.undelivered(KafkaFailure(message.pointee.err, reason: reason))
}

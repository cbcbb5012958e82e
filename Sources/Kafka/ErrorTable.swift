import CRdKafka
import TopicLog

/// What each of Kafka's and librdkafka's errors means to whoever called: one table for all.
enum ErrorTable {
    struct Entry: Sendable {
        let kind: Failure.Kind
        /// The stable word of ``Failure/code``.
        let word: String
        /// What a person can do.
        let advice: String

        init(_ kind: Failure.Kind, _ word: String, _ advice: String) {
            self.kind = kind
            self.word = word
            self.advice = advice
        }
    }

    /// What an error means. Errors that the table does not have are taken by their flags: a fatal
    /// one ends the client; a broker's may pass; one of librdkafka's own that may not be retried
    /// is a misuse that a repetition would not heal.
    static func entry(for failure: KafkaFailure) -> Entry {
        if let entry = entries[failure.code.rawValue], !(failure.isFatal && entry.kind == .transient) { return entry }
        if failure.isFatal { return broken }
        if failure.isRetriable || failure.needsAbort || failure.code.rawValue >= -1 {
            return Entry(.transient, "broker_error", "it is tried again")
        }
        return broken
    }

    private static let broken = Entry(.fatal, "client_broken", "start this process again")

    private static let entries: [Int32: Entry] = {
        var table: [Int32: Entry] = [:]
        for (entry, codes) in rows {
            for code in codes { table[code.rawValue] = entry }
        }
        return table
    }()

    private static let rows: [(Entry, [rd_kafka_resp_err_t])] = [
        (
            Entry(.transient, "broker_down", "check that the brokers run and can be reached; it is tried again"),
            [
                RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE,
                RD_KAFKA_RESP_ERR__NODE_UPDATE, RD_KAFKA_RESP_ERR__WAIT_COORD,
                RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
                RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                RD_KAFKA_RESP_ERR_REPLICA_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_CONTROLLER,
                RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
                RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_OFFSET_NOT_AVAILABLE,
            ]
        ),
        (
            Entry(.transient, "timed_out", "check that the brokers run and can be reached; it is tried again"),
            [
                RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE,
                RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
            ]
        ),
        (
            Entry(.transient, "broker_error", "it is tried again"),
            [
                RD_KAFKA_RESP_ERR__RETRY, RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__PURGE_QUEUE,
                RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, RD_KAFKA_RESP_ERR__IN_PROGRESS,
                RD_KAFKA_RESP_ERR__PREV_IN_PROGRESS, RD_KAFKA_RESP_ERR__STATE, RD_KAFKA_RESP_ERR__BAD_MSG,
                RD_KAFKA_RESP_ERR__WAIT_CACHE, RD_KAFKA_RESP_ERR__UNDERFLOW, RD_KAFKA_RESP_ERR__INTR,
                RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS,
                RD_KAFKA_RESP_ERR_UNSTABLE_OFFSET_COMMIT,
                RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR, RD_KAFKA_RESP_ERR_INVALID_MSG,
                RD_KAFKA_RESP_ERR_FENCED_LEADER_EPOCH, RD_KAFKA_RESP_ERR_UNKNOWN_LEADER_EPOCH,
                RD_KAFKA_RESP_ERR_UNKNOWN, RD_KAFKA_RESP_ERR_THROTTLING_QUOTA_EXCEEDED,
            ]
        ),
        (
            Entry(.lostAssignment, "lost_assignment", "another member reads them now"),
            [
                RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
                RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST,
                RD_KAFKA_RESP_ERR__MAX_POLL_EXCEEDED,
            ]
        ),
        (
            Entry(.fenced, "fenced", "a newer process with the same id has taken over"),
            [
                RD_KAFKA_RESP_ERR__FENCED, RD_KAFKA_RESP_ERR_PRODUCER_FENCED,
                RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID,
                RD_KAFKA_RESP_ERR_TRANSACTION_COORDINATOR_FENCED,
            ]
        ),
        (
            Entry(.setup, "unknown_topic", "create the topic, or correct its name"),
            [
                RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
                RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION,
            ]
        ),
        (
            Entry(.setup, "unknown_topic", "the topic was deleted or has fewer partitions; create it again"),
            [RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION]
        ),
        (
            Entry(.setup, "unauthorized", "give this client's user the permission"),
            [
                RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
                RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
            ]
        ),
        (
            Entry(.setup, "authentication", "check the user, the password and the mechanism (sasl.*)"),
            [
                RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
                RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, RD_KAFKA_RESP_ERR_ILLEGAL_SASL_STATE,
            ]
        ),
        (
            Entry(.setup, "tls", "check the certificates and security.protocol (ssl.*)"),
            [RD_KAFKA_RESP_ERR__SSL]
        ),
        (
            Entry(.setup, "too_large", "raise max.message.bytes of the topic and message.max.bytes"),
            [RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE]
        ),
        (
            Entry(
                .setup, "offset_gone",
                "records may have been deleted before they were read; choose where to begin, then start again"),
            [RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE, RD_KAFKA_RESP_ERR__NO_OFFSET]
        ),
        (
            Entry(.setup, "clock", "this machine's clock is more than an hour off from the broker's; set it right"),
            [RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP]
        ),
        (
            Entry(.setup, "unsupported", "use a broker that can do this"),
            [
                RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION,
                RD_KAFKA_RESP_ERR_UNSUPPORTED_FOR_MESSAGE_FORMAT, RD_KAFKA_RESP_ERR_UNSUPPORTED_COMPRESSION_TYPE,
            ]
        ),
        (
            Entry(.setup, "bad_setting", "correct the setting"),
            [
                RD_KAFKA_RESP_ERR__INVALID_ARG, RD_KAFKA_RESP_ERR__CONFLICT, RD_KAFKA_RESP_ERR__NOT_CONFIGURED,
                RD_KAFKA_RESP_ERR_INVALID_SESSION_TIMEOUT, RD_KAFKA_RESP_ERR_INCONSISTENT_GROUP_PROTOCOL,
                RD_KAFKA_RESP_ERR_INVALID_GROUP_ID, RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT,
                RD_KAFKA_RESP_ERR_INVALID_PARTITIONS, RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR,
                RD_KAFKA_RESP_ERR_INVALID_CONFIG, RD_KAFKA_RESP_ERR_INVALID_REQUEST,
                RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR_INVALID_REQUIRED_ACKS,
                RD_KAFKA_RESP_ERR_GROUP_MAX_SIZE_REACHED,
            ]
        ),
    ]
}

extension KafkaFailure {
    /// The error that callers of the log see.
    ///
    /// - Parameter action: what could not be done, after "could not".
    func logError(_ action: String) -> Failure {
        let entry = ErrorTable.entry(for: self)
        var advice = entry.advice
        // Older versions send their nonce twice, which brokers check since Kafka 4.0
        // (confluentinc/librdkafka pull request 4895): a right password is refused like a wrong one.
        if entry.word == "authentication", reason.contains("SCRAM"), rd_kafka_version() < 0x0206_01ff {
            let version = String(cString: rd_kafka_version_str())
            advice +=
                "; librdkafka \(version) cannot do SCRAM with Kafka 4, only 2.6.1 and later can: use PLAIN over TLS"
        }
        return Failure(
            entry.kind, code: entry.word, "Kafka: could not \(action): \(reason) (\(name)); \(advice).")
    }
}

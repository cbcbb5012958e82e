import Logging
import TopicLog

/// A record or input that went to dead letters, as the log of messages tells it.
struct Rejection: Equatable {
    /// The metadata, under keys that stay the same.
    let metadata: [String: String]

    /// A record that cannot be used.
    init(_ record: Record, _ failure: Failure) {
        var metadata = [
            "record.topic": record.partition.topic, "record.partition": "\(record.partition.partition)",
            "record.offset": "\(record.offset)", "failure.code": failure.code, "failure.reason": failure.message,
        ]
        metadata["traceparent"] = RecordHeaders.trace(of: record)
        self.metadata = metadata
    }

    /// An input that cannot be used.
    init(input: String, traceparent: String, _ failure: Failure) {
        metadata = [
            "input.name": input, "failure.code": failure.code, "failure.reason": failure.message,
            "traceparent": traceparent,
        ]
    }
}

extension Logger {
    /// Logs a rejection; the message is always the same, so that repeats can be counted.
    func warning(_ message: Logger.Message, _ rejection: Rejection) {
        warning(message, metadata: rejection.metadata.mapValues { "\($0)" })
    }
}

import Foundation
import Logging
import TopicLog

@testable import Kafka

/// The brokers that tests may use, named by the environment.
enum TestBroker {
    /// An Apache Kafka, as host:port.
    static let kafka = ProcessInfo.processInfo.environment["GONGBAO_TEST_KAFKA"].flatMap { $0.isEmpty ? nil : $0 }

    /// Whether that is on this machine, so that something can be put in front of it.
    static var isKafkaHere: Bool { kafka.map { $0.hasPrefix("127.") || $0.hasPrefix("localhost:") } ?? false }

    /// Silent unless `GONGBAO_TEST_LOG` asks for lines.
    static var logger: Logger {
        guard ProcessInfo.processInfo.environment["GONGBAO_TEST_LOG"] != nil else {
            return Logger(label: "kafka.test") { _ in SwiftLogNoOpLogHandler() }
        }
        return Logger(label: "kafka.test") { StreamLogHandler.standardError(label: $0) }
    }

    /// A log with just these properties.
    static func make(_ properties: [String: String], _ secrets: Set<String>) throws -> KafkaLog {
        try KafkaLog(properties: properties, secrets: secrets, logger: logger)
    }

    /// A log on a broker. Members that die are missed soon, so that tests need not wait long.
    static func log(_ broker: String, _ properties: [String: String] = [:]) throws -> KafkaLog {
        try KafkaLog(
            properties: [
                "bootstrap.servers": broker, "session.timeout.ms": "6000", "heartbeat.interval.ms": "500",
                "fetch.wait.max.ms": "100",
            ].merging(properties) { $1 }, logger: logger)
    }
}

import CRdKafka
import Logging
import Synchronization
import TopicLog

/// The log on Apache Kafka, or on what speaks its protocol, through librdkafka.
///
/// Properties are librdkafka's own, handed on untouched; `bootstrap.servers` is needed. Those on
/// which exactly once depends cannot be changed (`isolation.level`, `enable.auto.commit`,
/// `enable.idempotence` …). The clients' log lines go to the given logger.
public final class KafkaLog: TopicLog {
    /// All of the contract, as a Kafka cluster keeps it.
    public let features: Features

    /// Looks after topics and group offsets.
    public var admin: any TopicAdmin { administration }

    private let properties: ClientProperties
    private let logger: Logger
    private let administration: KafkaAdmin

    /// The names of librdkafka's properties, as far as it tells them.
    public static var propertyNames: [String] {
        guard let configuration = rd_kafka_conf_new() else { return [] }
        defer { rd_kafka_conf_destroy(configuration) }
        var count = 0
        guard let list = rd_kafka_conf_dump(configuration, &count) else { return [] }
        defer { rd_kafka_conf_dump_free(list, count) }
        // Names and values take turns.
        return stride(from: 0, to: count, by: 2).compactMap { list[$0].map { String(cString: $0) } }
    }

    /// Prepares the log. No broker is asked yet.
    ///
    /// - Parameters:
    ///   - properties: librdkafka's properties by name.
    ///   - secrets: the names of those whose values must appear in no message and no log line.
    ///   - logger: takes what librdkafka has to say.
    /// - Throws: ``Failure`` of kind `setup` that names the property which is wrong.
    public init(properties: [String: String], secrets: Set<String> = [], logger: Logger) throws {
        var features = Features(backend: "Kafka")
        features.marksTransactions = true
        features.maximumValueBytes = 40 << 20
        self.properties = try ClientProperties(properties, secrets: secrets)
        if let limit = self.properties.value("message.max.bytes").flatMap({ Int($0) }) {
            features.maximumValueBytes = limit
        }
        self.features = features
        self.logger = logger
        administration = try KafkaAdmin(self.properties, logger: logger)
    }

    /// Joins a group, or reads partitions from given offsets.
    public func consumer(_ settings: ConsumerSettings) throws -> any TopicConsumer {
        let role: ClientProperties.Role
        var logger = logger
        switch settings.source {
        case .group(let group, let topics, let member):
            guard !group.isEmpty, !topics.isEmpty else {
                throw Failure(.setup, code: "bad_setting", "Kafka: a member needs a group and topics; name them.")
            }
            role = .member(group: group, instance: member, reset: settings.reset)
            logger[metadataKey: "kafka.group"] = "\(group)"
        case .partitions:
            role = .reader(reset: settings.reset, inBulk: settings.readsInBulk)
        }
        return try KafkaConsumer(settings, client: Client(role, properties, logger: logger))
    }

    /// Takes a transactional id over, which fences whoever had it.
    public func producer(transactionalID: String) throws -> any TopicProducer {
        guard !transactionalID.isEmpty else {
            throw Failure(.setup, code: "bad_setting", "Kafka: the transactional id is empty; name one.")
        }
        var logger = logger
        logger[metadataKey: "kafka.transactional.id"] = "\(transactionalID)"
        return try KafkaProducer(
            transactionalID, properties: properties, logger: logger)
    }

    /// Releases the connections of ``admin``; consumers and producers have been closed before.
    public func close() { administration.close() }
}

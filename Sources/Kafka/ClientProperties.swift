import CRdKafka
import TopicLog

/// The properties of librdkafka's clients: ours where the contract depends on them, the user's
/// everywhere else, untouched.
struct ClientProperties: Sendable {
    /// What a client is for.
    enum Role: Sendable {
        case member(group: String, instance: String?, reset: ConsumerSettings.Reset)
        case reader(reset: ConsumerSettings.Reset, inBulk: Bool)
        case producer(transactionalID: String)
        case admin
    }

    private let given: [String: String]
    let secrets: Secrets

    /// Takes the user's properties and tries each of them on.
    ///
    /// - Throws: ``Failure`` of kind `setup` that names the property; never a secret's value.
    init(_ given: [String: String], secrets names: Set<String>) throws {
        self.given = given
        secrets = Secrets(properties: given, names: names)
        guard !(given["bootstrap.servers"] ?? given["metadata.broker.list"] ?? "").isEmpty else {
            throw Failure(
                .setup, code: "bad_setting",
                "Kafka: bootstrap.servers is not set; name at least one broker as host:port.")
        }
        for (name, value) in Self.contract {
            if let other = given[name], other != value {
                throw Failure(
                    .setup, code: "bad_setting",
                    "Kafka: \(name) cannot be set to \(other), as nothing would be processed exactly once; remove it.")
            }
        }
        for name in Self.ours.sorted() where given[name] != nil {
            throw Failure(
                .setup, code: "bad_setting", "Kafka: \(name) is chosen by the program; remove it.")
        }
        rd_kafka_conf_destroy(try make(.admin))
    }

    /// The value that a client of any role gets for a property.
    func value(_ name: String) -> String? { given[name] ?? Self.defaults[name] }

    /// A number of milliseconds, for deadlines of our own.
    func milliseconds(_ name: String, default fallback: Int) -> Duration {
        .milliseconds(value(name).flatMap { Int($0) } ?? fallback)
    }

    /// A configuration object, which ``Client`` takes over.
    func make(_ role: Role) throws -> OpaquePointer {
        guard let configuration = rd_kafka_conf_new() else { throw Failure.outOfMemory }
        do {
            for (name, value) in all(role).sorted(by: { $0.key < $1.key }) {
                try set(name, value, on: configuration)
            }
        } catch {
            rd_kafka_conf_destroy(configuration)
            throw error
        }
        return configuration
    }

    /// What the contract depends on, for every client.
    private static let contract = [
        "enable.auto.commit": "false",
        "enable.auto.offset.store": "false",
        "enable.partition.eof": "true",
        "enable.idempotence": "true",
        "isolation.level": "read_committed",
        "delivery.report.only.error": "false",
        "log.queue": "false",
    ]

    /// What differs from client to client.
    private static let ours: Set<String> = ["group.id", "group.instance.id", "transactional.id", "auto.offset.reset"]

    /// What the user may change.
    private static let defaults: [String: String] = [
        "client.id": "gongbao",
        "client.software.name": "gongbao",
        "client.software.version": "librdkafka-" + String(cString: rd_kafka_version_str()),
        "allow.auto.create.topics": "false",
        "log.connection.close": "false",
        "socket.keepalive.enable": "true",
        "message.max.bytes": "\(40 << 20)",
        "partitioner": "murmur2_random",
        "partition.assignment.strategy": assignmentStrategy,
        "queued.max.messages.kbytes": "65536",
    ]

    /// librdkafka pauses a partition for a second when its queue is full, so that a queue which is
    /// read faster than that must hold more than the default.
    private static let bulk = ["queued.max.messages.kbytes": "98304", "queued.min.messages": "1000000"]

    /// librdkafka before 2.10 loses assignments with the incremental protocol when offsets are
    /// committed during a rebalance (confluentinc/librdkafka issue 4059).
    private static let assignmentStrategy =
        rd_kafka_version() < 0x020a_0000 ? "range,roundrobin" : "cooperative-sticky"

    private func all(_ role: Role) -> [String: String] {
        var properties = Self.defaults.merging(given) { $1 }
        var set: [String] = []
        switch role {
        case .member(let group, let instance, let reset):
            properties["group.id"] = group
            properties["group.instance.id"] = instance
            properties["auto.offset.reset"] = reset.rawValue
            set = ["enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof", "isolation.level"]
        case .reader(let reset, let inBulk):
            if inBulk { properties.merge(Self.bulk.merging(given) { $1 }) { $1 } }
            // librdkafka assigns partitions only to what has a group; nothing ever joins this one.
            properties["group.id"] = "gongbao.reader"
            properties["auto.offset.reset"] = reset.rawValue
            set = ["enable.auto.commit", "enable.auto.offset.store", "enable.partition.eof", "isolation.level"]
        case .producer(let id):
            properties["transactional.id"] = id
            set = ["enable.idempotence", "delivery.report.only.error"]
        case .admin:
            // The end of a partition is where the next record goes, open transactions or not.
            properties["isolation.level"] = "read_uncommitted"
        }
        for name in set + ["log.queue"] { properties[name] = Self.contract[name] }
        return properties
    }

    private func set(_ name: String, _ value: String, on configuration: OpaquePointer) throws {
        var buffer = [CChar](repeating: 0, count: 512)
        let result = rd_kafka_conf_set(configuration, name, value, &buffer, buffer.count)
        guard result != RD_KAFKA_CONF_OK else { return }
        if result == RD_KAFKA_CONF_UNKNOWN {
            throw Failure(
                .setup, code: "bad_setting",
                "Kafka: librdkafka \(String(cString: rd_kafka_version_str())) has no property \(name); correct its name."
            )
        }
        // librdkafka repeats the value in its sentence.
        let reason = secrets.isSecret(name) ? "its value is not accepted" : secrets.redact(KafkaFailure.text(buffer))
        throw Failure(.setup, code: "bad_setting", "Kafka: property \(name) is wrong: \(reason); correct it.")
    }
}

/// Values that must not appear in messages and logs.
struct Secrets: Sendable {
    private let names: Set<String>
    private let values: [String]

    init(properties: [String: String], names: Set<String>) {
        self.names = names
        // The longest first, as one may contain another.
        values = names.compactMap { properties[$0] }.filter { !$0.isEmpty }.sorted { $0.utf8.count > $1.utf8.count }
    }

    /// Whether a property's value must not be shown.
    func isSecret(_ name: String) -> Bool { names.contains(name) }

    /// The text with every secret value in it covered.
    func redact(_ text: String) -> String {
        values.reduce(text) { $0.replacing($1, with: "…") }
    }
}

extension Failure {
    /// librdkafka could not allocate.
    static let outOfMemory = Failure(.fatal, code: "out_of_memory", "Kafka: no memory is left; give the process more.")
}

import CRdKafka
import Testing
import TopicLog

@testable import Kafka

@Suite("Properties")
struct ClientPropertiesTests {
    private func error(_ properties: [String: String], secrets: Set<String> = []) throws -> Failure {
        do {
            _ = try TestBroker.make(properties, secrets)
        } catch let error as Failure {
            return error
        }
        return try #require(nil as Failure?, "nothing was thrown")
    }

    @Test("a property that librdkafka does not have is named")
    func unknown() throws {
        let error = try error(["bootstrap.servers": "localhost:1", "sesion.timeout.ms": "1"])
        #expect(error.kind == .setup)
        #expect(error.message.contains("sesion.timeout.ms"))
    }

    @Test("a value that does not fit is told with its property, a secret one never")
    func wrongValue() throws {
        let open = try error(["bootstrap.servers": "localhost:1", "acks": "many"])
        #expect(open.kind == .setup && open.message.contains("acks"))
        let secret = try error(["bootstrap.servers": "localhost:1", "acks": "hunter2"], secrets: ["acks"])
        #expect(secret.message.contains("acks") && !secret.message.contains("hunter2"))
    }

    @Test("without brokers nothing begins")
    func brokers() throws {
        #expect(try error([:]).message.contains("bootstrap.servers"))
    }

    @Test(
        "what exactly once depends on cannot be changed",
        arguments: [
            ("isolation.level", "read_uncommitted"), ("enable.auto.commit", "true"), ("enable.idempotence", "false"),
            ("group.id", "other"), ("transactional.id", "other"),
        ])
    func contract(_ name: String, _ value: String) throws {
        let error = try error(["bootstrap.servers": "localhost:1", name: value])
        #expect(error.kind == .setup && error.message.contains(name))
    }

    @Test("everything else is the user's")
    func untouched() throws {
        let log = try TestBroker.make(
            ["bootstrap.servers": "localhost:1", "linger.ms": "7", "message.max.bytes": "1000000", "client.id": "me"],
            [])
        #expect(log.features.maximumValueBytes == 1_000_000)
        log.close()
    }

    @Test("secrets are covered wherever they appear")
    func redacted() {
        let secrets = Secrets(
            properties: ["sasl.password": "hunter2", "ssl.key.password": "hunter2long"],
            names: ["sasl.password", "ssl.key.password", "absent"])
        #expect(secrets.redact("hunter2long and hunter2") == "… and …")
    }
}

@Suite("Errors")
struct ErrorTableTests {
    @Test("every error of librdkafka has a kind and a sentence")
    func complete() {
        var descriptions: UnsafePointer<rd_kafka_err_desc>?
        var count = 0
        rd_kafka_get_err_descs(&descriptions, &count)
        for code in (0..<count).compactMap({ descriptions?[$0].code }) where code != RD_KAFKA_RESP_ERR_NO_ERROR {
            let error = KafkaFailure(code).logError("try")
            #expect(!error.code.isEmpty && error.message.hasPrefix("Kafka: could not try: "))
            #expect(error.message.hasSuffix("."))
        }
    }

    @Test("kinds are what callers act on")
    func kinds() {
        let kinds: [(rd_kafka_resp_err_t, Failure.Kind)] = [
            (RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, .transient), (RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, .transient),
            (RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, .lostAssignment), (RD_KAFKA_RESP_ERR__FENCED, .fenced),
            (RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, .setup), (RD_KAFKA_RESP_ERR__AUTHENTICATION, .setup),
            (RD_KAFKA_RESP_ERR__CRIT_SYS_RESOURCE, .fatal),
        ]
        for (code, kind) in kinds { #expect(KafkaFailure(code).logError("try").kind == kind) }
        // A fatal error stays fatal, whatever its code means elsewhere.
        #expect(KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT, isFatal: true).logError("try").kind == .fatal)
    }
}

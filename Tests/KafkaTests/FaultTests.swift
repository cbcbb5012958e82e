import CRdKafka
import Testing
import TopicLog

@testable import Kafka

/// What the contract promises when brokers fail, on librdkafka's mock cluster with errors in it.
@Suite("When brokers fail", .serialized, .timeLimit(.minutes(2)))
struct FaultTests {
    /// Two brokers with one topic of one partition.
    private struct Setting {
        let cluster: MockCluster
        let log: KafkaLog
        let topic = "topic"

        init(_ properties: [String: String] = [:]) throws {
            cluster = try MockCluster(brokers: 2)
            try cluster.create(topic, partitions: 1)
            log = try TestBroker.log(cluster.bootstrap, properties)
        }

        func texts(_ count: Int) throws -> [String] {
            let reader = try log.consumer(ConsumerSettings(.partitions([TopicPartition(topic, 0): 0])))
            defer { reader.close() }
            var texts: [String] = []
            let deadline = ContinuousClock.now + .seconds(20)
            while texts.count < count, ContinuousClock.now < deadline {
                let batch = try? reader.poll(BatchLimit(records: 100, bytes: 1 << 20, wait: .milliseconds(200)))
                texts += batch?.records.map { String(decoding: $0.value ?? [], as: UTF8.self) } ?? []
            }
            return texts
        }

        func record(_ text: String) -> Outgoing {
            Outgoing(topic: topic, partition: 0, key: nil, value: Array(text.utf8))
        }
    }

    /// The error that a step throws.
    private func failure(_ step: () throws -> Void) throws -> LogError {
        do {
            try step()
        } catch let error as LogError {
            return error
        }
        return try #require(nil as LogError?, "nothing was thrown")
    }

    /// Takes a step again for as long as it is an outage, as a worker would.
    private func persist(_ step: () throws -> Void) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try step()
            } catch let error as LogError where error.kind == .transient && ContinuousClock.now < deadline {}
        }
    }

    @Test("a produce that brokers refuse for a moment arrives once, without the caller's doing")
    func retriableProduce() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        setting.cluster.fail(.produce, with: RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS, times: 3)
        try producer.transact([setting.record("once")], consumed: nil)
        #expect(try setting.texts(1) == ["once"])
    }

    @Test("a produce that is not permitted is an error of set-up, and the producer can go on")
    func permanentProduce() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        setting.cluster.fail(.produce, with: RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED)
        let error = try failure { try producer.transact([setting.record("refused")], consumed: nil) }
        #expect(error.kind == .setup && error.code == "unauthorized", "\(error)")
        try persist { try producer.transact([setting.record("permitted")], consumed: nil) }
        #expect(try setting.texts(1) == ["permitted"])
    }

    @Test(
        "a commit that the coordinator cannot answer yet is asked for until it can",
        arguments: [
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
        ])
    func retriableCommit(_ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        setting.cluster.fail(.endTransaction, with: code, times: 2)
        try producer.transact([setting.record("1")], consumed: nil)
        try producer.transact([setting.record("2")], consumed: nil)
        #expect(try setting.texts(2) == ["1", "2"])
    }

    @Test("a commit that meets a newer producer is fenced, and so is everything after it")
    func fencedCommit() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        setting.cluster.fail(.endTransaction, with: RD_KAFKA_RESP_ERR_PRODUCER_FENCED)
        #expect(try failure { try producer.transact([setting.record("1")], consumed: nil) }.kind == .fenced)
        #expect(try failure { try producer.transact([setting.record("2")], consumed: nil) }.kind == .fenced)
    }

    @Test("a coordinator that moves is followed")
    func movedCoordinator() throws {
        let setting = try Setting()
        setting.cluster.coordinate(transactionsOf: "id", on: 1)
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        setting.cluster.coordinate(transactionsOf: "id", on: 2)
        try producer.transact([setting.record("after")], consumed: nil)
        #expect(try setting.texts(2) == ["before", "after"])
    }

    @Test("offsets of a member that was thrown out are refused as a lost assignment, and the producer can go on")
    func lostMember() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("input")], consumed: nil)
        let member = try setting.log.consumer(ConsumerSettings(.group("group", topics: [setting.topic], member: nil)))
        defer { member.close() }
        var next: [TopicPartition: Int64] = [:]
        while next.isEmpty {
            next = try member.poll(BatchLimit(records: 1, bytes: 1 << 20, wait: .milliseconds(200))).next
        }
        setting.cluster.fail(.commitTransactionOffsets, with: RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID)
        let error = try failure {
            try producer.transact([setting.record("late")], consumed: Consumed(by: member, next: next))
        }
        #expect(error.kind == .lostAssignment, "\(error)")
        try producer.transact([setting.record("next")], consumed: nil)
    }

    @Test("an outage is transient, and the same call goes through when the brokers are back")
    func outage() throws {
        let setting = try Setting(["transaction.timeout.ms": "4000", "reconnect.backoff.max.ms": "500"])
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        for broker: Int32 in 1...2 { setting.cluster.setDown(broker) }
        #expect(try failure { try producer.transact([setting.record("after")], consumed: nil) }.kind == .transient)
        for broker: Int32 in 1...2 { setting.cluster.setUp(broker) }
        try persist { try producer.transact([setting.record("after")], consumed: nil) }
        #expect(try setting.texts(2) == ["before", "after"])
    }
}

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

        /// All that stands in the topic now.
        func texts() throws -> [String] {
            let partition = TopicPartition(topic, 0)
            return try texts(Int(try log.admin.watermarks([partition])[partition]?.high ?? 0))
        }

        func record(_ text: String) -> Outgoing {
            Outgoing(topic: topic, partition: 0, key: nil, value: Array(text.utf8))
        }
    }

    /// The error that a step throws.
    private func failure(_ step: () throws -> Void) throws -> Failure {
        do {
            try step()
        } catch let error as Failure {
            return error
        }
        return try #require(nil as Failure?, "nothing was thrown")
    }

    /// Takes a step again for as long as it is an outage, as a worker would.
    private func persist(_ step: () throws -> Void) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try step()
            } catch let error as Failure where error.kind == .transient && ContinuousClock.now < deadline {}
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

    /// A member that has been given the topic's partition, and the place after what it polled.
    private func member(of setting: Setting, _ group: String = "group") throws -> (
        member: any TopicConsumer, next: [TopicPartition: Int64]
    ) {
        let member = try setting.log.consumer(ConsumerSettings(.group(group, topics: [setting.topic], member: nil)))
        let deadline = ContinuousClock.now + .seconds(30)
        var next: [TopicPartition: Int64] = [:]
        while next.isEmpty, ContinuousClock.now < deadline {
            next = try member.poll(BatchLimit(records: 1, bytes: 1 << 20, wait: .milliseconds(200))).next
        }
        return (member, next)
    }

    @Test(
        "exactly once: offsets of a member that was thrown out are refused as a lost assignment, and the producer goes on",
        arguments: [RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION])
    func lostMember(_ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("input")], consumed: nil)
        let (member, next) = try member(of: setting)
        defer { member.close() }
        setting.cluster.fail(.commitTransactionOffsets, with: code)
        let error = try failure {
            try producer.transact([setting.record("late")], consumed: Consumed(by: member, next: next))
        }
        #expect(error.kind == .lostAssignment, "\(error)")
        try producer.transact([setting.record("next")], consumed: nil)
    }

    @Test("a zombie writes nothing: once its group has another member of its name, it stops for good")
    func fencedMember() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("input")], consumed: nil)
        let (member, next) = try member(of: setting)
        defer { member.close() }
        setting.cluster.fail(.commitTransactionOffsets, with: RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID)
        for _ in 0..<2 {
            let error = try failure {
                try producer.transact([setting.record("late")], consumed: Consumed(by: member, next: next))
            }
            #expect(error.kind == .fenced, "\(error)")
        }
        let texts = try setting.texts()
        #expect(["input", "late"].starts(with: texts), "\(texts)")
    }

    @Test(
        "nothing lost: offsets that a coordinator cannot take just now are sent until it can",
        arguments: [
            RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
            RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
        ])
    func retriableOffsets(_ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("input")], consumed: nil)
        let (member, next) = try member(of: setting)
        defer { member.close() }
        setting.cluster.fail(.commitTransactionOffsets, with: code, times: 2)
        try persist { try producer.transact([setting.record("output")], consumed: Consumed(by: member, next: next)) }
    }

    @Test(
        "stays at work: a member that its group forgets joins again and reads on, without its owner's doing",
        arguments: [
            RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID, RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION,
            RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
        ])
    func forgottenMember(_ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("first")], consumed: nil)
        let (member, _) = try member(of: setting)
        defer { member.close() }
        setting.cluster.fail(.heartbeat, with: code)
        let deadline = ContinuousClock.now + .seconds(40)
        // The next heartbeats bring the error, and what it means for the assignment.
        let settled = ContinuousClock.now + .seconds(2)
        while ContinuousClock.now < settled {
            _ = try member.poll(BatchLimit(records: 10, bytes: 1 << 20, wait: .milliseconds(200)))
        }
        try producer.transact([setting.record("second")], consumed: nil)
        var texts: [String] = []
        while !texts.contains("second"), ContinuousClock.now < deadline {
            let batch = try member.poll(BatchLimit(records: 10, bytes: 1 << 20, wait: .milliseconds(200)))
            texts += batch.records.map { String(decoding: $0.value ?? [], as: UTF8.self) }
        }
        #expect(texts.contains("second"))
    }

    @Test(
        "nothing half done: an error that spoils a transaction aborts it, and the same call then goes through",
        arguments: [
            (MockCluster.Request.produce, RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER),
            (.produce, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID), (.produce, RD_KAFKA_RESP_ERR_INVALID_MSG),
            (.produce, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART),
            (.addPartitions, RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS),
            (.addPartitions, RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS),
            (.addPartitions, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING),
            (.endTransaction, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_ID_MAPPING),
            (.initProducer, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE),
        ])
    func spoilt(_ request: MockCluster.Request, _ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        if request == .initProducer { setting.cluster.fail(request, with: code, times: 2) }
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        if request != .initProducer { setting.cluster.fail(request, with: code) }
        try persist { try producer.transact([setting.record("after")], consumed: nil) }
        // The stand-in shows aborted records, too; in order, and none missing, is what it can tell.
        let texts = try setting.texts(2)
        #expect(texts.first == "before" && texts.last == "after", "\(texts)")
    }

    @Test(
        "a zombie writes nothing: fenced at any request, it stops for good",
        arguments: [
            (MockCluster.Request.addPartitions, RD_KAFKA_RESP_ERR_PRODUCER_FENCED),
            (.endTransaction, RD_KAFKA_RESP_ERR_PRODUCER_FENCED),
            (.endTransaction, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH),
        ])
    func fenced(_ request: MockCluster.Request, _ code: rd_kafka_resp_err_t) throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        setting.cluster.fail(request, with: code, times: 3)
        for text in ["1", "2"] {
            let error = try failure { try producer.transact([setting.record(text)], consumed: nil) }
            #expect(error.kind == .fenced, "\(error)")
        }
        // The stand-in shows aborted records, too: what was sent before the fence may stand there, once, and
        // nothing that came after it.
        let texts = try setting.texts()
        #expect(request == .addPartitions ? texts.isEmpty : ["1"].starts(with: texts), "\(texts)")
    }

    @Test("exactly once: a commit that is answered too late is asked for again, not done again")
    func lateCommit() throws {
        let setting = try Setting(["transaction.timeout.ms": "20000"])
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        setting.cluster.fail(.endTransaction, with: RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, times: 2)
        try persist { try producer.transact([setting.record("after")], consumed: nil) }
        try producer.transact([setting.record("last")], consumed: nil)
        #expect(try setting.texts(3) == ["before", "after", "last"])
    }

    @Test("slow is not broken: brokers that take long for every answer lose and double nothing")
    func slowBrokers() throws {
        let setting = try Setting()
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        for broker: Int32 in 1...2 { setting.cluster.slow(broker, by: 700) }
        try persist { try producer.transact([setting.record("slow")], consumed: nil) }
        for broker: Int32 in 1...2 { setting.cluster.slow(broker, by: 0) }
        #expect(try setting.texts(2) == ["before", "slow"])
    }

    @Test("a leader that moves in the middle of the work is followed, by writer and reader")
    func movedLeader() throws {
        let setting = try Setting()
        setting.cluster.lead(setting.topic, 0, by: 1)
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        setting.cluster.lead(setting.topic, 0, by: 2)
        try persist { try producer.transact([setting.record("after")], consumed: nil) }
        #expect(try setting.texts(2) == ["before", "after"])
    }

    @Test("a group's coordinator that moves is followed, and the member reads on")
    func movedGroupCoordinator() throws {
        let setting = try Setting()
        setting.cluster.coordinate(group: "group", on: 1)
        let producer = try setting.log.producer(transactionalID: "id")
        defer { producer.close() }
        try producer.transact([setting.record("first")], consumed: nil)
        let (member, next) = try member(of: setting)
        defer { member.close() }
        setting.cluster.coordinate(group: "group", on: 2)
        try persist { try producer.transact([setting.record("output")], consumed: Consumed(by: member, next: next)) }
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

import CRdKafka
import Testing
import TopicLog

@testable import Kafka

/// What the contract promises when the network loses the end of a transaction: each record stands in
/// the topic once, whether the broker had committed or not when its answer was lost.
@Suite(
    "When the answer to a commit is lost", .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestBroker.isKafkaHere, "GONGBAO_TEST_KAFKA does not name a broker on this machine (127.0.0.1:port)"))
struct LostAnswerTests {
    /// A topic of one partition on a real broker, and a log that reaches it through a proxy.
    private struct Setting {
        let direct: KafkaLog
        let proxy: BrokerProxy
        let log: KafkaLog
        let topic: String

        init() throws {
            let broker = try #require(TestBroker.kafka)
            topic = "lost-answer-\(UInt32.random(in: 0 ... .max))"
            direct = try TestBroker.log(broker)
            try direct.admin.create([TopicSpecification(name: topic, partitions: 1)])
            proxy = try BrokerProxy(to: broker)
            log = try TestBroker.log(
                proxy.address,
                ["transaction.timeout.ms": "6000", "socket.timeout.ms": "1000", "reconnect.backoff.max.ms": "200"])
        }

        func close() {
            log.close()
            proxy.close()
            try? direct.admin.delete([topic])
            direct.close()
        }

        func record(_ text: String) -> Outgoing {
            Outgoing(topic: topic, partition: 0, key: nil, value: Array(text.utf8))
        }

        /// A member of the topic's group that has its partition.
        func member(_ name: String?) throws -> any TopicConsumer {
            let member = try log.consumer(
                ConsumerSettings(.group(topic, topics: [topic], member: name), reset: .earliest))
            let deadline = ContinuousClock.now + .seconds(60)
            while member.assignment.isEmpty, ContinuousClock.now < deadline {
                _ = try member.poll(BatchLimit(records: 10, bytes: 1 << 20, wait: .milliseconds(200)))
            }
            return member
        }

        /// All that is committed.
        func texts() throws -> [String] {
            let partition = TopicPartition(topic, 0)
            let reader = try direct.consumer(ConsumerSettings(.partitions([partition: 0])))
            defer { reader.close() }
            let end = try #require(try direct.admin.watermarks([partition])[partition]).high
            var texts: [String] = []
            while (reader.position(partition) ?? 0) < end {
                let batch = try reader.poll(BatchLimit(records: 100, bytes: 1 << 20, wait: .milliseconds(200)))
                texts += batch.records.map { String(decoding: $0.value ?? [], as: UTF8.self) }
            }
            return texts
        }
    }

    /// Takes a step again for as long as it is an outage, as a worker would.
    private func persist<T>(_ step: () throws -> T) throws -> T {
        let deadline = ContinuousClock.now + .seconds(90)
        while true {
            do {
                return try step()
            } catch let error as Failure where error.kind == .transient && ContinuousClock.now < deadline {}
        }
    }

    /// A transaction whose end meets its fate until so many calls have failed.
    private func transact(
        _ fate: BrokerProxy.Fate, attempts: Int, _ setting: Setting, _ producer: any TopicProducer,
        _ consumed: Consumed? = nil
    ) throws {
        setting.proxy.treat(.endTransaction, fate)
        var failures = 0
        try persist {
            do {
                try producer.transact([setting.record("a"), setting.record("b")], consumed: consumed)
            } catch {
                failures += 1
                if failures == attempts { setting.proxy.pass(.endTransaction) }
                // As a worker does, which keeps polling through an outage.
                _ = try consumed?.consumer.poll(BatchLimit(records: 1, bytes: 1, wait: .milliseconds(300)))
                throw error
            }
        }
        #expect(setting.proxy.lost(.endTransaction) > 0)
        try persist { try producer.transact([setting.record("after")], consumed: nil) }
    }

    @Test(
        "a commit that the broker does, and that looks as if it had not, is not done twice",
        arguments: [
            .loseAnswer, .breakBeforeAnswer, .denyEnd(RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT),
            .denyEnd(RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE), .denyEnd(RD_KAFKA_RESP_ERR_NOT_COORDINATOR),
            .denyEnd(RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS),
            .denyEnd(RD_KAFKA_RESP_ERR_CONCURRENT_TRANSACTIONS), .denyEnd(RD_KAFKA_RESP_ERR_UNKNOWN),
        ] as [BrokerProxy.Fate], [1, 3])
    func doneInSilence(_ fate: BrokerProxy.Fate, attempts: Int) throws {
        let setting = try Setting()
        defer { setting.close() }
        let producer = try setting.log.producer(transactionalID: setting.topic)
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        try transact(fate, attempts: attempts, setting, producer)
        let texts = try setting.texts()
        #expect(texts == ["before", "a", "b", "after"])
    }

    @Test("offsets alone, whose commit looks as if it had not been done, are the group's")
    func offsetsAlone() throws {
        let setting = try Setting()
        defer { setting.close() }
        let producer = try setting.log.producer(transactionalID: setting.topic)
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        let reader = try setting.member("member")
        defer { reader.close() }
        let partition = TopicPartition(setting.topic, 0)
        setting.proxy.treat(.endTransaction, .denyEnd(RD_KAFKA_RESP_ERR_UNKNOWN), times: 1)
        try producer.transact([], consumed: Consumed(by: reader, next: [partition: 1]))
        #expect(setting.proxy.lost(.endTransaction) == 1)
        #expect(try reader.committed([partition]) == [partition: 1])
    }

    @Test("a commit that reaches the broker only after its time is done again, once", arguments: ["member", nil])
    func lostRequest(member: String?) throws {
        let setting = try Setting()
        defer { setting.close() }
        let producer = try setting.log.producer(transactionalID: setting.topic)
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        let reader = try setting.member(member)
        defer { reader.close() }
        let next = [TopicPartition(setting.topic, 0): Int64(1)]
        try transact(.loseRequest, attempts: 2, setting, producer, Consumed(by: reader, next: next))
        let texts = try setting.texts()
        #expect(texts == ["before", "a", "b", "after"])
        #expect(try persist { try reader.committed([TopicPartition(setting.topic, 0)]) } == next)
    }

    @Test("without a group that could tell, such a commit is done or ends the producer, whose successor goes on")
    func lostRequestAlone() throws {
        let setting = try Setting()
        defer { setting.close() }
        let producer = try setting.log.producer(transactionalID: setting.topic)
        defer { producer.close() }
        var error: Failure?
        do {
            try transact(.loseRequest, attempts: 1, setting, producer)
        } catch let thrown as Failure { error = thrown }
        if let error {
            #expect(error.kind == .fenced && error.message.contains("transaction.timeout.ms"), "\(error)")
        }
        let successor = try setting.log.producer(transactionalID: setting.topic)
        defer { successor.close() }
        try persist { try successor.transact([setting.record("c")], consumed: nil) }
        let texts = try setting.texts()
        // Brokers look for transactions that are out of time every ten seconds, unless
        // transaction.abort.timed.out.transaction.cleanup.interval.ms says otherwise; until then the
        // commit can be done again.
        #expect(texts == (error == nil ? ["a", "b", "after", "c"] : ["c"]))
    }

    @Test("a member that was replaced by name while its commit was lost stays fenced")
    func replaced() throws {
        let setting = try Setting()
        defer { setting.close() }
        let producer = try setting.log.producer(transactionalID: setting.topic)
        defer { producer.close() }
        try producer.transact([setting.record("before")], consumed: nil)
        let zombie = try setting.member("member")
        defer { zombie.close() }
        let consumed = Consumed(by: zombie, next: [TopicPartition(setting.topic, 0): 1])
        setting.proxy.treat(.endTransaction, .loseRequest)
        _ = try? producer.transact([setting.record("zombie")], consumed: consumed)
        let heir = try setting.member("member")
        defer { heir.close() }
        let successor = try setting.log.producer(transactionalID: setting.topic)
        defer { successor.close() }
        setting.proxy.pass(.endTransaction)
        try persist {
            try successor.transact(
                [setting.record("heir")], consumed: Consumed(by: heir, next: [TopicPartition(setting.topic, 0): 1]))
        }
        let error = try #require(throws: Failure.self) {
            try persist {
                do {
                    try producer.transact([setting.record("zombie")], consumed: consumed)
                } catch {
                    _ = try zombie.poll(BatchLimit(records: 1, bytes: 1, wait: .milliseconds(300)))
                    throw error
                }
            }
        }
        #expect(error.kind == .fenced, "\(error)")
        let texts = try setting.texts()
        #expect(texts == ["before", "heir"])
    }
}

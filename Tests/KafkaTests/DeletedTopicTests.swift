import Testing
import TopicLog

@testable import Kafka

/// What becomes of readers whose topic is deleted, which no stand-in of a broker shows.
@Suite(
    "When a topic is deleted", .timeLimit(.minutes(2)),
    .enabled(if: TestBroker.kafka != nil, "GONGBAO_TEST_KAFKA does not name a broker (host:port)"))
struct DeletedTopicTests {
    @Test("a member of its group is told, and can be closed, whatever librdkafka still waits for")
    func member() throws {
        let log = try TestBroker.log(try #require(TestBroker.kafka))
        defer { log.close() }
        let topic = "deleted-\(UInt32.random(in: 0 ... .max))"
        try log.admin.create([TopicSpecification(name: topic, partitions: 2)])
        let producer = try log.producer(transactionalID: topic)
        try producer.transact(
            (0..<2).map { Outgoing(topic: topic, partition: $0, key: nil, value: [1]) }, consumed: nil)
        producer.close()
        let member = try log.consumer(ConsumerSettings(.group(topic, topics: [topic], member: nil)))
        var read = 0
        func poll(until isDone: () -> Bool) throws {
            let deadline = ContinuousClock.now + .seconds(60)
            while !isDone(), ContinuousClock.now < deadline {
                read += try member.poll(BatchLimit(records: 10, bytes: 1000, wait: .milliseconds(100))).records.count
            }
        }
        try poll { read == 2 }
        try log.admin.delete([topic])
        do {
            try poll { false }
            Issue.record("nobody was told")
        } catch let error as Failure {
            #expect(error.kind == .setup && error.code == "unknown_topic" && error.message.contains(topic), "\(error)")
        }
        #expect(read == 2)
        let time = ContinuousClock().measure { member.close() }
        #expect(time < .seconds(30), "\(time)")
    }
}

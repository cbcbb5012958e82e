import Foundation
import Testing
import TopicLog
import TopicLogConformance

@testable import Kafka

@Suite(
    "The log on Apache Kafka", .serialized,
    .enabled(if: TestBroker.kafka != nil, "GONGBAO_TEST_KAFKA does not name a broker (host:port)"))
struct KafkaConformanceTests {
    @Test("keeps the contract", arguments: Conformance.cases)
    func keeps(_ promise: ConformanceCase) throws {
        let broker = try #require(TestBroker.kafka)
        let log = try TestBroker.log(broker)
        let features = log.features
        log.close()
        try promise.run(on: ConformanceBackend(features: features) { try TestBroker.log(broker) })
    }
}

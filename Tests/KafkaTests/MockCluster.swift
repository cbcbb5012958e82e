import CRdKafka
import TopicLog

@testable import Kafka

/// librdkafka's cluster of stand-in brokers, in this process, whose errors are ours to order.
///
/// `@unchecked Sendable`: librdkafka guards its mock cluster by itself.
final class MockCluster: @unchecked Sendable {
    /// Requests that can be made to fail, by their number in Kafka's protocol.
    enum Request: Int16 {
        case produce = 0
        case fetch = 1
        case commitOffsets = 8
        case findCoordinator = 10
        case joinGroup = 11
        case heartbeat = 12
        case initProducer = 22
        case addPartitions = 24
        case addOffsets = 25
        case endTransaction = 26
        case commitTransactionOffsets = 28
    }

    let bootstrap: String
    private let host: OpaquePointer
    private let cluster: OpaquePointer

    init(brokers: Int32) throws {
        var buffer = [CChar](repeating: 0, count: 512)
        guard let configuration = rd_kafka_conf_new() else { throw Failure.outOfMemory }
        // This client only lends its threads to the cluster; nobody needs to hear that it knows no brokers.
        rd_kafka_conf_set_log_cb(configuration) { _, _, _, _ in }
        guard
            let host = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &buffer, buffer.count),
            let cluster = rd_kafka_mock_cluster_new(host, brokers),
            let bootstrap = rd_kafka_mock_cluster_bootstraps(cluster)
        else { throw Failure.outOfMemory }
        self.host = host
        self.cluster = cluster
        self.bootstrap = String(cString: bootstrap)
    }

    deinit {
        rd_kafka_mock_cluster_destroy(cluster)
        rd_kafka_destroy(host)
    }

    func create(_ topic: String, partitions: Int) throws {
        try rd_kafka_mock_topic_create(cluster, topic, Int32(partitions), 1).check()
    }

    /// The next requests of that kind fail.
    func fail(_ request: Request, with error: rd_kafka_resp_err_t, times: Int = 1) {
        crdkafka_mock_push_errors(cluster, request.rawValue, error, Int32(times))
    }

    func setDown(_ broker: Int32) { rd_kafka_mock_broker_set_down(cluster, broker) }

    func setUp(_ broker: Int32) { rd_kafka_mock_broker_set_up(cluster, broker) }

    /// What a broker answers takes so long from now on.
    func slow(_ broker: Int32, by milliseconds: Int32) {
        rd_kafka_mock_broker_set_rtt(cluster, broker, milliseconds)
    }

    func coordinate(group: String, on broker: Int32) {
        rd_kafka_mock_coordinator_set(cluster, "group", group, broker)
    }

    /// The broker that leads a partition.
    func lead(_ topic: String, _ partition: Int32, by broker: Int32) {
        rd_kafka_mock_partition_set_leader(cluster, topic, partition, broker)
    }

    func coordinate(transactionsOf id: String, on broker: Int32) {
        rd_kafka_mock_coordinator_set(cluster, "transaction", id, broker)
    }
}

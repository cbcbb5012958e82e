import CRdKafka

/// Adds partitions to topics, as an operator does with a broker's own tools; gongbao never does.
struct TopicGrowth {
    let brokers: String

    func grow(_ topic: String, to partitions: Int) throws {
        var message = [CChar](repeating: 0, count: 512)
        let configuration = rd_kafka_conf_new()
        rd_kafka_conf_set(configuration, "bootstrap.servers", brokers, &message, message.count)
        guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, &message, message.count) else {
            throw Finding("no client of the broker: \(Self.text(message))")
        }
        defer { rd_kafka_destroy(client) }
        let queue = rd_kafka_queue_new(client)
        defer { rd_kafka_queue_destroy(queue) }
        var asked = [rd_kafka_NewPartitions_new(topic, partitions, &message, message.count)]
        defer { rd_kafka_NewPartitions_destroy(asked[0]) }
        rd_kafka_CreatePartitions(client, &asked, 1, nil, queue)
        guard let event = rd_kafka_queue_poll(queue, 30_000) else { throw Finding("\(topic) did not grow within 30 s") }
        defer { rd_kafka_event_destroy(event) }
        var count = 0
        let results = rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event), &count)
        guard rd_kafka_event_error(event) == RD_KAFKA_RESP_ERR_NO_ERROR, count == 1, let result = results?[0] else {
            throw Finding("\(topic) did not grow: \(String(cString: rd_kafka_event_error_string(event)))")
        }
        let code = rd_kafka_topic_result_error(result)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw Finding("\(topic) did not grow: \(String(cString: rd_kafka_err2str(code)))")
        }
    }

    private static func text(_ message: [CChar]) -> String {
        String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

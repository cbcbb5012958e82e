import CRdKafka
import Logging
import TopicLog

/// Topics, watermarks and groups, asked of the brokers.
///
/// Groups are never described or deleted: librdkafka 2.0.2 ends the process when a broker
/// does not know those calls.
final class KafkaAdmin: TopicAdmin {
    private let client: Client
    private let properties: ClientProperties
    private let timeout: Duration = .seconds(30)

    init(_ properties: ClientProperties, logger: Logger) throws {
        self.properties = properties
        client = try Client(.admin, properties, logger: logger)
    }

    func close() { client.close() }

    func create(_ topics: [TopicSpecification]) throws -> [String] {
        try told("create topics") {
            let known = Set(try layout().keys)
            let missing = topics.filter { !known.contains($0.name) }
            guard !missing.isEmpty else { return [] }
            var made: [OpaquePointer?] = []
            defer { for topic in made { rd_kafka_NewTopic_destroy(topic) } }
            for topic in missing { made.append(try newTopic(topic)) }
            let event = try AdminRequest(client, RD_KAFKA_ADMIN_OP_CREATETOPICS, timeout).run { options, queue in
                rd_kafka_CreateTopics(client.pointer, &made, made.count, options, queue)
            }
            defer { withExtendedLifetime(event) {} }
            var count = 0
            let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.pointer), &count)
            var created: [String] = []
            for result in TopicResult.all(results, count) {
                // Another process may have been faster.
                if result.error.code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { continue }
                if result.error.code != RD_KAFKA_RESP_ERR_NO_ERROR { throw result.error }
                created.append(result.name)
            }
            try wait(for: missing)
            return created
        }
    }

    func describe(_ names: [String]?) throws -> [TopicDescription] {
        try told("describe topics") {
            let wanted = names.map(Set.init)
            let found = try layout().filter { wanted?.contains($0.key) ?? !$0.key.hasPrefix("__") }
            guard !found.isEmpty else { return [] }
            let configuration = try configurations(found.keys.sorted())
            return found.sorted { $0.key < $1.key }.map {
                TopicDescription(
                    name: $0.key, partitions: $0.value.count, configuration: configuration[$0.key] ?? [:])
            }
        }
    }

    func delete(_ names: [String]) throws {
        guard !names.isEmpty else { return }
        try told("delete topics") {
            var topics = names.map { rd_kafka_DeleteTopic_new($0) }
            defer { for topic in topics { rd_kafka_DeleteTopic_destroy(topic) } }
            let event = try AdminRequest(client, RD_KAFKA_ADMIN_OP_DELETETOPICS, timeout).run { options, queue in
                rd_kafka_DeleteTopics(client.pointer, &topics, topics.count, options, queue)
            }
            defer { withExtendedLifetime(event) {} }
            var count = 0
            let results = rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event.pointer), &count)
            for result in TopicResult.all(results, count) {
                switch result.error.code {
                case RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART: continue
                default: throw result.error
                }
            }
        }
    }

    func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        guard !partitions.isEmpty else { return [:] }
        return try told("read watermarks") {
            try require(partitions)
            var marks: [TopicPartition: Watermarks] = [:]
            for partition in partitions {
                var low: Int64 = 0
                var high: Int64 = 0
                try patiently {
                    try rd_kafka_query_watermark_offsets(
                        client.pointer, partition.topic, partition.partition, &low, &high, timeout.wholeMilliseconds
                    ).check()
                }
                marks[partition] = Watermarks(low: low, high: high)
            }
            return marks
        }
    }

    func offsets(at times: [TopicPartition: Timestamp]) throws -> [TopicPartition: Int64] {
        guard !times.isEmpty else { return [:] }
        let candidates = try told("find offsets by time") {
            try require(times.keys)
            return try patiently {
                let list = PartitionList(times.mapValues { max(0, $0.milliseconds) })
                try list.lend { rd_kafka_offsets_for_times(client.pointer, $0, timeout.wholeMilliseconds) }.check()
                var found: [TopicPartition: Int64] = [:]
                for entry in list.entries {
                    try entry.error.check()
                    if entry.offset >= 0 { found[entry.partition] = entry.offset }
                }
                return found
            }
        }
        return try firstRecords(from: candidates, at: times)
    }

    /// Brokers also find the markers that end transactions, which have a time and are no records:
    /// reads on to the first record that counts, or to the end.
    private func firstRecords(
        from candidates: [TopicPartition: Int64], at times: [TopicPartition: Timestamp]
    ) throws -> [TopicPartition: Int64] {
        guard !candidates.isEmpty else { return [:] }
        let reset = ConsumerSettings.Reset.earliest
        let reader = try KafkaConsumer(
            ConsumerSettings(.partitions(candidates), reset: reset),
            client: Client(.reader(reset: reset, inBulk: false), properties, logger: client.callbacks.logger))
        defer { reader.close() }
        let deadline = ContinuousClock.now + timeout
        var found: [TopicPartition: Int64] = [:]
        var open = Set(candidates.keys)
        while !open.isEmpty {
            guard ContinuousClock.now < deadline else {
                throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT).logError("find offsets by time")
            }
            let batch = try reader.poll(BatchLimit(records: 100, bytes: 4 << 20, wait: .milliseconds(100)))
            for record in batch.records where open.contains(record.partition) {
                guard let time = times[record.partition], record.timestamp >= time else { continue }
                found[record.partition] = record.offset
                open.remove(record.partition)
            }
            open.subtract(reader.ended)
            try reader.pause(reader.assignment.subtracting(open))
        }
        return found
    }

    func deleteRecords(before offsets: [TopicPartition: Int64]) throws {
        guard !offsets.isEmpty else { return }
        let ends = try watermarks(offsets.keys.sorted())
        try told("delete records") {
            let list = PartitionList(
                offsets.reduce(into: [:]) { list, entry in
                    // Brokers refuse what is past the end, and take -1 for the end itself.
                    let end = ends[entry.key]?.high ?? 0
                    list[entry.key] = entry.value >= end ? Int64(RD_KAFKA_OFFSET_END) : max(0, entry.value)
                })
            var request: [OpaquePointer?] = [list.lend { rd_kafka_DeleteRecords_new($0) }]
            defer { rd_kafka_DeleteRecords_destroy(request[0]) }
            let event = try AdminRequest(client, RD_KAFKA_ADMIN_OP_DELETERECORDS, timeout).run { options, queue in
                rd_kafka_DeleteRecords(client.pointer, &request, 1, options, queue)
            }
            defer { withExtendedLifetime(event) {} }
            let result = rd_kafka_event_DeleteRecords_result(event.pointer)
            for entry in PartitionList.entries(rd_kafka_DeleteRecords_result_offsets(result)) {
                try entry.error.check()
            }
        }
    }

    func groupOffsets(_ group: String) throws -> [TopicPartition: Int64] {
        try told("read the offsets of group \(group)") { try patiently { try committed(group) } }
    }

    /// Asked as a member would ask, though nobody joins: when a coordinator is still loading,
    /// librdkafka 2.0.2 ends the process in its own call for this, `ListConsumerGroupOffsets`.
    private func committed(_ group: String) throws -> [TopicPartition: Int64] {
        let all = try layout().flatMap { name, layout in
            (0..<Int32(layout.count)).map { (TopicPartition(name, $0), Int64(RD_KAFKA_OFFSET_INVALID)) }
        }
        guard !all.isEmpty else { return [:] }
        let role = ClientProperties.Role.member(group: group, instance: nil, reset: .error)
        let asking = try Client(role, properties, logger: client.callbacks.logger)
        defer { asking.close() }
        let list = PartitionList(all)
        try list.lend { rd_kafka_committed(asking.pointer, $0, 10_000) }.check()
        var offsets: [TopicPartition: Int64] = [:]
        for entry in list.entries where entry.offset >= 0 {
            try entry.error.check()
            offsets[entry.partition] = entry.offset
        }
        return offsets
    }

    func groups() throws -> [String] {
        try told("list groups") { try patiently(listed) }
    }

    private func listed() throws -> [String] {
        let event = try AdminRequest(client, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, timeout).run { options, queue in
            rd_kafka_ListConsumerGroups(client.pointer, options, queue)
        }
        defer { withExtendedLifetime(event) {} }
        let result = rd_kafka_event_ListConsumerGroups_result(event.pointer)
        var count = 0
        if let errors = rd_kafka_ListConsumerGroups_result_errors(result, &count), count > 0, let first = errors[0] {
            throw KafkaFailure(reading: first)
        }
        let groups = rd_kafka_ListConsumerGroups_result_valid(result, &count)
        return (0..<count).compactMap { index in
            rd_kafka_ConsumerGroupListing_group_id(groups?[index]).map { String(cString: $0) }
        }.sorted()
    }

    /// Runs a request; what goes wrong is told as a ``Failure``.
    private func told<T>(_ action: String, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let failure as KafkaFailure {
            rd_kafka_poll(client.pointer, 0)
            // A password that is wrong looks like a time-out from here.
            let grave = client.callbacks.takeGrave()
            let isOutage = ErrorTable.entry(for: failure).kind == .transient
            let error = (isOutage ? grave ?? failure : failure).logError(action)
            throw Failure(error.kind, code: error.code, client.callbacks.secrets.redact(error.message))
        }
    }

    /// Repeats a question for a while: partitions that are new or move have no leader for a moment, a
    /// coordinator has to load first, and librdkafka tells so instead of asking again.
    private func patiently<T>(_ ask: () throws -> T) throws -> T {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            do {
                return try ask()
            } catch let failure as KafkaFailure
                where ErrorTable.entry(for: failure).kind == .transient && ContinuousClock.now < deadline
            {
                rd_kafka_poll(client.pointer, 50)
            }
        }
    }

    private struct Layout {
        var count = 0
        /// Whether every partition has a leader.
        var isReady = true
    }

    /// All topics, with their partitions.
    private func layout() throws -> [String: Layout] {
        var pointer: UnsafePointer<rd_kafka_metadata>?
        // In short turns: librdkafka would wait to the end for a broker that lets nobody in.
        let deadline = ContinuousClock.now + timeout
        while true {
            let code = rd_kafka_metadata(client.pointer, 1, nil, &pointer, 1_000)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { break }
            try client.requireWelcome()
            guard code == RD_KAFKA_RESP_ERR__TIMED_OUT, ContinuousClock.now < deadline else { throw KafkaFailure(code) }
        }
        defer { rd_kafka_metadata_destroy(pointer) }
        guard let metadata = pointer?.pointee, let topics = metadata.topics else { return [:] }
        var layout: [String: Layout] = [:]
        for topic in (0..<Int(metadata.topic_cnt)).map({ topics[$0] }) {
            // A topic that is being deleted is listed with an error.
            guard let name = topic.topic, topic.err == RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
            let leaders = (0..<Int(topic.partition_cnt)).compactMap { topic.partitions?[$0].leader }
            layout[String(cString: name)] = Layout(
                count: Int(topic.partition_cnt), isReady: !leaders.isEmpty && leaders.allSatisfy { $0 >= 0 })
        }
        return layout
    }

    private func require(_ partitions: some Sequence<TopicPartition>) throws {
        let known = try layout()
        for partition in partitions
        where !(0..<(known[partition.topic]?.count ?? 0)).contains(Int(partition.partition)) {
            throw KafkaFailure(
                RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, reason: "\(partition) does not exist")
        }
    }

    private func newTopic(_ topic: TopicSpecification) throws -> OpaquePointer {
        var buffer = [CChar](repeating: 0, count: 512)
        guard
            let made = rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication), &buffer, buffer.count
            )
        else { throw KafkaFailure(RD_KAFKA_RESP_ERR__INVALID_ARG, reason: KafkaFailure.text(buffer)) }
        for (name, value) in topic.configuration.sorted(by: { $0.key < $1.key }) {
            rd_kafka_NewTopic_set_config(made, name, value)
        }
        return made
    }

    /// Brokers learn of new topics one after the other: waits until the one that we ask knows them.
    private func wait(for topics: [TopicSpecification]) throws {
        let deadline = ContinuousClock.now + timeout
        while ContinuousClock.now < deadline {
            let known = try layout()
            if topics.allSatisfy({ known[$0.name]?.isReady == true }) { return }
            rd_kafka_poll(client.pointer, 50)
        }
        throw KafkaFailure(RD_KAFKA_RESP_ERR__TIMED_OUT)
    }

    /// The configuration of topics; empty where the broker does not tell.
    private func configurations(_ names: [String]) throws -> [String: [String: String]] {
        var resources = names.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
        defer { for resource in resources { rd_kafka_ConfigResource_destroy(resource) } }
        let event: AdminEvent
        do {
            event = try AdminRequest(client, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeout).run { options, queue in
                rd_kafka_DescribeConfigs(client.pointer, &resources, resources.count, options, queue)
            }
        } catch let failure as KafkaFailure where ErrorTable.entry(for: failure).word == "unsupported" {
            return [:]
        }
        defer { withExtendedLifetime(event) {} }
        var count = 0
        let results = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(event.pointer), &count)
        var found: [String: [String: String]] = [:]
        for index in 0..<count {
            guard let resource = results?[index], let name = rd_kafka_ConfigResource_name(resource) else { continue }
            var entries = 0
            let list = rd_kafka_ConfigResource_configs(resource, &entries)
            var configuration: [String: String] = [:]
            for entry in (0..<entries).compactMap({ list?[$0] }) {
                guard let key = rd_kafka_ConfigEntry_name(entry), let value = rd_kafka_ConfigEntry_value(entry) else {
                    continue
                }
                configuration[String(cString: key)] = String(cString: value)
            }
            found[String(cString: name)] = configuration
        }
        return found
    }
}

/// What happened to one topic of a request.
private struct TopicResult {
    let name: String
    let error: KafkaFailure

    static func all(_ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int) -> [TopicResult] {
        (0..<count).compactMap { results?[$0] }.map { result in
            let name = rd_kafka_topic_result_name(result).map { String(cString: $0) } ?? ""
            let text = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
            return TopicResult(
                name: name,
                error: KafkaFailure(
                    rd_kafka_topic_result_error(result), reason: text.map { "topic \(name): \($0)" }))
        }
    }
}

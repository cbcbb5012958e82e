/// Looks after the topics of a ``LocalLog``.
struct LocalAdmin: TopicAdmin {
    let log: LocalLog

    func create(_ topics: [TopicSpecification]) throws -> [String] {
        try log.begin(.admin)
        for topic in topics { try check(topic) }
        let created = try log.write {
            let created = try topics.filter { try log.storage.create($0) }.map(\.name)
            log.coordinator.topicsChanged()
            return created
        }
        log.bell.ring()
        return created
    }

    func describe(_ names: [String]?) throws -> [TopicDescription] {
        try log.begin(.admin)
        let all = try log.storage.topics()
        return names.map { names in all.filter { names.contains($0.name) } } ?? all
    }

    func delete(_ names: [String]) throws {
        try log.begin(.admin)
        try log.write {
            for name in names where log.storage.partitions(of: name) != nil {
                try log.storage.delete(name)
                log.coordinator.forget(name)
            }
            log.coordinator.topicsChanged()
        }
        log.bell.ring()
    }

    func watermarks(_ partitions: [TopicPartition]) throws -> [TopicPartition: Watermarks] {
        try log.begin(.admin)
        var found: [TopicPartition: Watermarks] = [:]
        for partition in partitions { found[partition] = try watermarks(of: partition) }
        return found
    }

    func offsets(at times: [TopicPartition: Timestamp]) throws -> [TopicPartition: Int64] {
        try log.begin(.admin)
        var found: [TopicPartition: Int64] = [:]
        for (partition, time) in times {
            _ = try watermarks(of: partition)
            found[partition] = try log.storage.offset(at: time, in: partition)
        }
        return found
    }

    func deleteRecords(before offsets: [TopicPartition: Int64]) throws {
        try log.begin(.admin)
        try log.write {
            for (partition, offset) in offsets {
                let marks = try watermarks(of: partition)
                guard offset > marks.low else { continue }
                try log.storage.deleteRecords(in: partition, before: min(offset, marks.high))
            }
        }
    }

    func groupOffsets(_ group: String) throws -> [TopicPartition: Int64] {
        try log.begin(.admin)
        return try log.storage.committed(group)
    }

    func groups() throws -> [String] {
        try log.begin(.admin)
        return try Set(log.storage.groups() + log.coordinator.groups).sorted()
    }

    private func watermarks(of partition: TopicPartition) throws -> Watermarks {
        guard let marks = log.storage.watermarks(partition) else { throw log.unknownTopic("\(partition)") }
        return marks
    }

    /// Kafka's own rules, so that a topic made here could be made there.
    private func check(_ topic: TopicSpecification) throws {
        let legal = topic.name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard legal, (1...249).contains(topic.name.utf8.count), topic.name != ".", topic.name != ".." else {
            throw Failure(
                .setup, code: "invalid_topic",
                "\(topic.name.debugDescription) cannot name a topic: use 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-'.")
        }
        guard (1...10_000).contains(topic.partitions) else {
            throw Failure(
                .setup, code: "invalid_partitions",
                "Topic \(topic.name) cannot have \(topic.partitions) partitions; choose 1 to 10000.")
        }
        for (key, value) in topic.configuration where key == "retention.ms" || key == "retention.bytes" {
            guard Int64(value) != nil else {
                throw Failure(
                    .setup, code: "invalid_configuration",
                    "\(key) of topic \(topic.name) is \(value.debugDescription); give a whole number, -1 for no limit.")
            }
        }
    }
}

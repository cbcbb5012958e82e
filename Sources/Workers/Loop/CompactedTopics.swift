import TopicLog

/// Topics that keep one record of each key: they lose the others, and nobody is told which.
enum CompactedTopics {
    /// Refuses to work on them.
    ///
    /// - Throws: ``Failure`` of kind `setup`, code `compacted_topic`.
    static func refuse(_ topics: [String], in log: any TopicLog) throws {
        // Whoever may not see a topic's settings can read it all the same.
        guard let found = try? log.admin.describe(topics) else { return }
        for topic in found where topic.configuration["cleanup.policy"]?.contains("compact") == true {
            throw Failure(
                .setup, code: "compacted_topic",
                "The topic \(topic.name) has cleanup.policy \(topic.configuration["cleanup.policy"] ?? ""), which drops "
                    + "records that share a key; set it to delete, and see with gongbao repair what is missing.")
        }
    }
}

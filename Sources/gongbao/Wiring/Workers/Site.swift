import BulletinModel
import Foundation
import Logging
import Operations
import TopicLog
import Workers

/// The log and the names in it, as configured: what a command works on.
final class Site {
    let configuration: Configuration
    let log: any TopicLog
    let topics: Topics

    /// Opens Kafka where brokers are configured, else the embedded log in the data directory.
    init(_ configuration: Configuration, logger: Logger) throws {
        self.configuration = configuration
        topics = Topics(prefix: configuration[Configuration.topicPrefix])
        log = try LogOpener.open(configuration, logger: logger)
    }

    convenience init(_ options: ConfigurationOptions) throws {
        let configuration = try options.load()
        try self.init(configuration, logger: configuration.briefLogger)
    }

    func close() {
        log.close()
    }

    /// The consumer groups with what they read.
    var groups: [(group: String, topics: [String])] { Self.groups(configuration, topics) }

    /// The consumer groups with what they read, as configured.
    static func groups(_ configuration: Configuration, _ topics: Topics) -> [(group: String, topics: [String])] {
        let application = configuration[Configuration.application]
        return [(application + "-enrich", [topics.articles]), (application + "-sink", topics.all)]
    }

    /// The full name of a topic that is named with or without the prefix.
    func topic(_ name: String) throws -> String {
        try Self.topic(name, topics)
    }

    /// The full name of one of these topics that is named with or without the prefix.
    static func topic(_ name: String, _ topics: Topics) throws -> String {
        let short = Dictionary(
            uniqueKeysWithValues: zip(["bulletins", "articles", "indicators", "dead-letters"], topics.all))
        guard let topic = short[name] ?? (topics.all.contains(name) ? name : nil) else {
            throw CommandFailure.usedWrongly(
                "there is no topic \(name); use bulletins, articles, indicators or dead-letters.")
        }
        return topic
    }

    /// The consumer group or transactional id of a kind of worker.
    func name(_ worker: String) -> String {
        configuration[Configuration.application] + "-" + worker
    }

    /// The largest record in bytes: an article carries its text as JSON, which can be longer
    /// than the bulletin.
    var largestRecord: Int { configuration[Configuration.largest] * 2 + (1 << 20) }

    /// Creates what is missing of the four topics and returns the names created.
    ///
    /// Nothing is ever deleted by age unless someone sets so: figures are proven from the
    /// topics, and a broker's default would drop them after a week.
    @discardableResult func createTopics() throws -> [String] {
        try createTopics(
            Dictionary(uniqueKeysWithValues: topics.all.map { ($0, configuration[Configuration.partitions]) }))
    }

    /// Creates what is missing of topics with that many partitions, and returns the names created.
    @discardableResult func createTopics(_ partitions: [String: Int]) throws -> [String] {
        let settings = ["max.message.bytes": "\(largestRecord)", "retention.ms": "-1", "retention.bytes": "-1"]
        return try log.admin.create(
            partitions.sorted { $0.key < $1.key }.map {
                TopicSpecification(
                    name: $0.key, partitions: $0.value,
                    replication: configuration[Configuration.replication], configuration: settings)
            })
    }
}

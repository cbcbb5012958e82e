import BulletinModel
import EmbeddedLog
import Foundation
import Operations
import TopicLog
import Workers

/// How far a consumer group is in one partition.
struct GroupLag: Equatable {
    let group: String
    let partition: TopicPartition
    /// The next offset that the group reads; nil before its first commit.
    let committed: Int64?
    /// Oldest and next offset of the partition.
    let marks: Watermarks

    /// The first record at or after the committed offset, where it was looked for; the partition's
    /// next offset where only the marks of transactions follow.
    var first: Int64?

    /// Records that the group has still to read. On Kafka the marks of transactions between those
    /// records count, too, so that it is never too small; it is 0 where no record follows.
    var records: Int64 { max(0, marks.high - max(marks.low, first ?? committed ?? marks.low)) }
}

/// Reads the lag of all groups, again and again: of Kafka through one client, of the embedded
/// log without owning it, so that its owner may go on.
final class LagReader {
    private let configuration: Configuration
    private let site: Site?
    private let topics: Topics
    private let groups: [(group: String, topics: [String])]
    private var finder: FirstRecords?

    /// Connects where brokers are configured.
    init(_ configuration: Configuration) throws {
        self.configuration = configuration
        topics = Topics(prefix: configuration[Configuration.topicPrefix])
        groups = Site.groups(configuration, topics)
        let isKafka = !configuration[Configuration.brokers].isEmpty
        site = isKafka ? try Site(configuration, logger: configuration.briefLogger) : nil
        finder = site.map { FirstRecords($0.log) }
    }

    func close() { site?.close() }

    /// Where the records are, for people.
    var place: String {
        site == nil ? LogOpener.embeddedLogPath(configuration) : "Kafka at " + configuration[Configuration.brokers]
    }

    /// The lag now, by group, topic and partition.
    func read() throws -> [GroupLag] {
        guard let site else {
            let glance = try EmbeddedLog.glance(LogOpener.embeddedLogPath(configuration))
            return lags(glance.watermarks) { glance.groupOffsets[$0] ?? [:] }
        }
        let partitions = try site.log.admin.describe(topics.all).flatMap { topic in
            (0..<Int32(topic.partitions)).map { TopicPartition(topic.name, $0) }
        }
        let marks = try site.log.admin.watermarks(partitions)
        return try passingMarks(try lags(marks) { try site.log.admin.groupOffsets($0) })
    }

    /// A transaction ends with a mark that has an offset and is no record. Groups commit the offset
    /// after their last record, which the mark then follows: without a look at what is there
    /// nobody would ever seem to be through.
    private func passingMarks(_ lags: [GroupLag]) throws -> [GroupLag] {
        guard finder != nil else { return lags }
        var wanted: [FirstRecords.Place: Int64] = [:]
        for lag in lags where lag.records > 0 {
            let from = max(lag.marks.low, lag.committed ?? lag.marks.low)
            wanted[.init(partition: lag.partition, from: from)] = lag.marks.high
        }
        let found = try finder?.find(wanted) ?? [:]
        return lags.map { lag in
            var lag = lag
            lag.first = found[.init(partition: lag.partition, from: max(lag.marks.low, lag.committed ?? lag.marks.low))]
            return lag
        }
    }

    private func lags(
        _ marks: [TopicPartition: Watermarks], _ offsets: (String) throws -> [TopicPartition: Int64]
    ) rethrows -> [GroupLag] {
        try groups.flatMap { group, topics in
            let committed = try offsets(group)
            return marks.filter { topics.contains($0.key.topic) }.sorted { $0.key < $1.key }.map {
                GroupLag(group: group, partition: $0.key, committed: committed[$0.key], marks: $0.value)
            }
        }
    }
}

import EmbeddedLog
import Store
import TopicLog

/// All that a data directory holds, in a form in which two can be compared.
struct Contents {
    /// Each record of each topic, without offsets and times, with how often it is there.
    var records: [String: Int] = [:]
    /// Each row of the database, without what is incidental, with how often it is there.
    var rows: [String: Int] = [:]
    /// What does not fit together within this directory.
    var problems: [String] = []

    /// Reads a directory that nobody works in.
    init(of data: String) throws {
        let path = data + "/topics.sqlite"
        let report = try EmbeddedLog.check(path)
        if !report.isIntact { problems.append("the log is damaged: \(report)") }
        let log = try EmbeddedLog(path: path)
        defer { log.close() }
        let store = try BulletinStore(reading: data + "/gongbao.sqlite")
        defer { store.close() }
        let progress = Dictionary(
            uniqueKeysWithValues: try store.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) })
        let committed = try log.admin.groupOffsets("gongbao-enrich")
        for topic in try log.admin.describe(nil) {
            for partition in (0..<topic.partitions).map({ TopicPartition(topic.name, Int32($0)) }) {
                let high = try readAll(partition, log)
                if high > 0, progress[partition] != high {
                    problems.append("the sink's progress in \(partition) is \(progress[partition] ?? -1), not \(high)")
                }
                if high > 0, topic.name == "gongbao.articles", committed[partition] != high {
                    problems.append("enrichment stands in \(partition) at \(committed[partition] ?? -1), not \(high)")
                }
            }
        }
        try store.comparison { rows[$0, default: 0] += 1 }
        for (record, count) in records where count > 1 { problems.append("\(count) times in the topics: \(record)") }
    }

    private mutating func readAll(_ partition: TopicPartition, _ log: EmbeddedLog) throws -> Int64 {
        let reader = try log.consumer(ConsumerSettings(.partitions([partition: 0]), reset: .error))
        defer { reader.close() }
        while true {
            let batch = try reader.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .zero))
            if batch.records.isEmpty { return reader.position(partition) ?? 0 }
            for record in batch.records {
                let key = String(decoding: record.key ?? [], as: UTF8.self)
                let value = String(decoding: record.value ?? [], as: UTF8.self)
                records["\(partition.topic) \(key) \(value)", default: 0] += 1
            }
        }
    }

    /// What differs from another directory, and from what must be in both.
    func differences(from reference: Contents, bulletins: [GeneratedBulletin]) -> [String] {
        var found = problems
        found += Self.differences(records, reference.records, "topics")
        found += Self.differences(rows, reference.rows, "database")
        var quotes: [Substring: Int] = [:]
        for row in rows.keys where row.hasPrefix("indicators\t") {
            // The comparison quotes text.
            for field in Set(row.split(separator: "\t")) where field.hasSuffix("亿元\"") {
                quotes[field.dropFirst().dropLast(), default: 0] += 1
            }
        }
        for bulletin in bulletins {
            for quote in bulletin.quotes where quotes[quote[...]] != 1 {
                found.append("\(bulletin.name): \(quote) is in the database \(quotes[quote[...]] ?? 0) times")
            }
        }
        let rejected = rows.keys.filter { $0.hasPrefix("dead_letters\t") }.count
        let unreadable = bulletins.filter(\.quotes.isEmpty).count
        if rejected != unreadable { found.append("\(rejected) dead letters for \(unreadable) unreadable bulletins") }
        return found
    }

    private static func differences(_ mine: [String: Int], _ other: [String: Int], _ place: String) -> [String] {
        Set(mine.keys).union(other.keys).sorted().compactMap { line in
            let (found, expected) = (mine[line] ?? 0, other[line] ?? 0)
            return found == expected ? nil : "\(place): \(found) instead of \(expected) times: \(line.prefix(300))"
        }
    }
}

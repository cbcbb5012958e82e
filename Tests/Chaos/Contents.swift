import EmbeddedLog
import Foundation
import Store
import TopicLog

/// All that the topics and the database hold, in a form in which two can be compared.
struct Contents {
    /// Each record of each topic, without offsets and times, with how often it is there.
    var records: [String: Int] = [:]
    /// Each row of the database, without what is incidental, with how often it is there.
    var rows: [String: Int] = [:]
    /// Where poisoned records and their dead letters are, with how often.
    var poisons: [String: Int] = [:]
    /// What does not fit together.
    var problems: [String] = []
    private let prefix: String

    /// Reads a directory that nobody works in.
    init(directory: String, database: String? = nil) throws {
        let path = directory + "/topics.sqlite"
        let report = try EmbeddedLog.check(path)
        let log = try EmbeddedLog(path: path)
        defer { log.close() }
        try self.init(
            log, database: database ?? directory + "/gongbao.sqlite", prefix: "gongbao.", application: "gongbao")
        if !report.isIntact { problems.append("the log is damaged: \(report)") }
    }

    /// Reads a log's topics to their ends and the database that was filled from it.
    init(_ log: any TopicLog, database: String, prefix: String, application: String) throws {
        self.prefix = prefix
        let store = try BulletinStore(reading: database)
        defer { store.close() }
        let progress = Dictionary(
            uniqueKeysWithValues: try store.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) })
        let committed = try log.admin.groupOffsets(application + "-enrich")
        let names = ["bulletins", "articles", "indicators", "dead-letters"].map { prefix + $0 }
        for topic in try log.admin.describe(names) {
            let partitions = (0..<topic.partitions).map { TopicPartition(topic.name, Int32($0)) }
            let marks = try log.admin.watermarks(partitions)
            for partition in partitions {
                let high = marks[partition]?.high ?? 0
                // Ends of transactions take offsets, too: all between the last record and the end is right.
                guard let last = try readAll(partition, log, to: high) else { continue }
                if !(last + 1...high).contains(progress[partition] ?? -1) {
                    problems.append("the sink's progress in \(partition) is \(progress[partition] ?? -1), not \(high)")
                }
                if topic.name == prefix + "articles", !(last + 1...high).contains(committed[partition] ?? -1) {
                    problems.append("enrichment stands in \(partition) at \(committed[partition] ?? -1), not \(high)")
                }
            }
        }
        let mark = "poison-".utf8.map { String(format: "%02X", $0) }.joined()
        try store.comparison { row in
            if row.hasPrefix("dead_letters\t"), row.contains(mark) {
                // id, worker, …, hex(key), hex(value), truncated_from
                let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
                poisons["database \(Self.unhex(fields[fields.count - 2])) by \(Self.plain(fields[2]))", default: 0] += 1
            } else {
                rows[row, default: 0] += 1
            }
        }
        for (record, count) in records where count > 1 { problems.append("\(count) times in the topics: \(record)") }
    }

    private static func plain(_ field: Substring) -> String { field.trimmingCharacters(in: ["\""]) }

    private static func unhex(_ field: Substring) -> String {
        let digits = Array(plain(field))
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads a partition to its end; returns the offset of the last record, nil when there is none.
    private mutating func readAll(_ partition: TopicPartition, _ log: any TopicLog, to high: Int64) throws -> Int64? {
        let reader = try log.consumer(ConsumerSettings(.partitions([partition: 0]), reset: .earliest))
        defer { reader.close() }
        var last: Int64?
        let deadline = ContinuousClock.now + .seconds(180)
        while reader.position(partition) ?? 0 < high {
            let batch = try reader.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .milliseconds(200)))
            for record in batch.records {
                last = record.offset
                add(record)
            }
            guard ContinuousClock.now < deadline else {
                throw Finding("\(partition) could not be read beyond \(reader.position(partition) ?? 0) of \(high)")
            }
        }
        return last
    }

    private mutating func add(_ record: Record) {
        let topic = record.partition.topic.dropFirst(prefix.count)
        let value = String(decoding: record.value ?? [], as: UTF8.self)
        if value.hasPrefix("poison-") {
            let worker = record.headers.last { $0.name == "dlq.worker" }?.value ?? []
            poisons["\(topic) \(value) by \(String(decoding: worker, as: UTF8.self))", default: 0] += 1
            return
        }
        let key = String(decoding: record.key ?? [], as: UTF8.self)
        records["\(topic) \(key) \(value)", default: 0] += 1
    }

    /// What differs in the database alone, where topics were trimmed and made anew.
    ///
    /// - Parameter hostile: records that were put into the topics: each is a dead letter of each worker that read it
    ///   before it was taken away, at most once.
    func databaseDifferences(
        from reference: Contents, bulletins: [GeneratedBulletin], hostile: [HostileRecord]
    ) -> [String] {
        // Where a trim cut a reading in two, its closing record is a dead letter that says so; a repair reads it again.
        let mine = rows.filter { !($0.key.hasPrefix("dead_letters\t") && $0.key.contains("\"closing_mismatch\"")) }
        var found = Self.differences(mine, reference.rows, "database")
        var possible: Set<String> = []
        for record in hostile {
            for worker in record.topic == "articles" ? ["enrich", "sink"] : ["sink"] {
                possible.insert("database \(record.text) by \(worker)")
            }
        }
        for (place, count) in poisons where place.hasPrefix("database ") && (count > 1 || !possible.contains(place)) {
            found.append("\(count) times: \(place)")
        }
        return found
    }

    /// What differs from another directory, and from what must be in both.
    ///
    /// - Parameter poisoned: records that were put among the articles, which no worker can read.
    func differences(
        from reference: Contents, bulletins: [GeneratedBulletin], poisoned: [String] = []
    ) -> [String] {
        var found = problems
        found += Self.differences(records, reference.records, "topics")
        found += Self.differences(rows, reference.rows, "database")
        var expected: [String: Int] = [:]
        for text in poisoned {
            expected["articles \(text) by "] = 1
            for worker in ["enrich", "sink"] {
                expected["dead-letters \(text) by \(worker)"] = 1
                expected["database \(text) by \(worker)"] = 1
            }
        }
        found += Self.differences(poisons, expected, "poison")
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

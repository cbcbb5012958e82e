import Foundation
import GRDB
import TopicLog

/// The topics and partitions of a log as they stand, kept in memory by its one owner.
struct Catalog: Sendable {
    struct Partition: Sendable, Equatable {
        let id: Int64
        var low: Int64
        var high: Int64
        /// Bytes of all records ever appended.
        var total: Int64
        /// The latest timestamp of all records ever appended.
        var latest: Int64

        /// The check of its row.
        var checksum: Int64 { Checksum.of(id, low, high, total, latest) }
    }

    struct Topic: Sendable {
        let id: Int64
        var partitions: [Partition]
        let configuration: [String: String]

        /// A limit that the configuration sets; nil when there is none.
        func limit(_ key: String) -> Int64? {
            configuration[key].flatMap(Int64.init).flatMap { $0 < 0 ? nil : $0 }
        }
    }

    var topics: [String: Topic] = [:]
    private var names: [Int64: TopicPartition] = [:]

    subscript(_ name: TopicPartition) -> Partition? {
        get {
            guard let topic = topics[name.topic], topic.partitions.indices.contains(Int(name.partition)) else {
                return nil
            }
            return topic.partitions[Int(name.partition)]
        }
        set {
            guard let newValue, self[name] != nil else { return }
            topics[name.topic]?.partitions[Int(name.partition)] = newValue
        }
    }

    /// The name of the partition with that id.
    func name(of id: Int64) -> TopicPartition? { names[id] }

    mutating func add(_ name: String, _ topic: Topic) {
        topics[name] = topic
        for (number, partition) in topic.partitions.enumerated() {
            names[partition.id] = TopicPartition(name, Int32(number))
        }
    }

    mutating func remove(_ name: String) {
        for partition in topics[name]?.partitions ?? [] { names[partition.id] = nil }
        topics[name] = nil
    }

    /// Reads the catalog and checks that the records begin and end where it says.
    init(reading db: Database, failures: Failures) throws {
        for table in ["topic", "partition", "group_offset", "removal"] {
            let problem = try String.fetchOne(db, sql: "PRAGMA integrity_check(\(table))")
            guard problem == "ok" else { throw failures.damaged("table \(table): \(problem ?? "unreadable")") }
        }
        for row in try Row.fetchAll(db, sql: "SELECT id, name, partitions, configuration FROM topic") {
            guard let id = row.integer(0), let name = row.text(1), let count = row.integer(2),
                let configuration = row.text(3).flatMap(Self.configuration)
            else { throw failures.damaged("the list of topics") }
            let partitions = try Row.fetchAll(
                db,
                sql:
                    "SELECT id, low, high, total, latest, number, checksum FROM partition WHERE topic = ? ORDER BY number",
                arguments: [id])
            guard Int64(partitions.count) == count, count > 0 else {
                throw failures.damaged("partitions of \(name)")
            }
            add(
                name,
                Topic(
                    id: id,
                    partitions: try partitions.enumerated().map { number, row in
                        guard row.integer(5) == Int64(number), let partition = Partition(row),
                            row.integer(6) == partition.checksum
                        else {
                            throw failures.damaged("partition \(number) of \(name)")
                        }
                        try partition.check(db, "\(name)/\(number)", failures)
                        return partition
                    },
                    configuration: configuration))
        }
        try checkNoStrays(db, failures)
    }

    /// There is no record but those of the partitions: else one of them has been lost.
    private func checkNoStrays(_ db: Database, _ failures: Failures) throws {
        var start = Int64.min
        for partition in topics.values.flatMap(\.partitions).sorted(by: { $0.id < $1.id }) {
            let stray = try Row.fetchOne(
                db, sql: "SELECT id FROM record WHERE id >= ? AND id < ? LIMIT 1",
                arguments: [start, RecordID.of(partition.id, partition.low)])
            guard stray == nil else { throw failures.damaged("records of no partition") }
            start = RecordID.of(partition.id + 1, 0)
        }
        guard try Row.fetchOne(db, sql: "SELECT id FROM record WHERE id >= ? LIMIT 1", arguments: [start]) == nil else {
            throw failures.damaged("records of no partition")
        }
    }

    /// Configuration as it is stored.
    static func text(_ configuration: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(configuration), as: UTF8.self)
    }

    private static func configuration(_ text: String) -> [String: String]? {
        try? JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }
}

extension Catalog.Partition {
    fileprivate init?(_ row: Row) {
        guard let id = row.integer(0), let low = row.integer(1), let high = row.integer(2), let total = row.integer(3),
            let latest = row.integer(4), id > 0, id < 1 << 22, low >= 0, low <= high, high < RecordID.offsets
        else { return nil }
        self.init(id: id, low: low, high: high, total: total, latest: latest)
    }

    /// The first and the last record stand where the watermarks say, and none after them.
    fileprivate func check(_ db: Database, _ name: String, _ failures: Failures) throws {
        let last = try Row.fetchOne(
            db, sql: "SELECT id, total, latest FROM record WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
            arguments: [RecordID.of(id, low), RecordID.of(id, RecordID.offsets - 1)])
        guard low < high else {
            guard last == nil else { throw failures.damaged("records of \(name) past its end") }
            return
        }
        guard let last, last.integer(0) == RecordID.of(id, high - 1), last.integer(1) == total,
            last.integer(2) == latest,
            try Int64.fetchOne(db, sql: "SELECT 1 FROM record WHERE id = ?", arguments: [RecordID.of(id, low)]) == 1
        else { throw failures.damaged("the ends of \(name)") }
    }
}

extension Row {
    /// The column as an integer; nil when it is something else, as in a damaged file.
    func integer(_ index: Int) -> Int64? {
        if case .int64(let value) = (self[index] as DatabaseValue).storage { value } else { nil }
    }

    /// The column as text; nil when it is something else.
    func text(_ index: Int) -> String? {
        if case .string(let value) = (self[index] as DatabaseValue).storage { value } else { nil }
    }

    /// The column's bytes, copied once; nil when it is NULL.
    func bytes(_ index: Int) throws -> [UInt8]? {
        try withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }
    }
}

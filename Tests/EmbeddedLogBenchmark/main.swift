// Measures the embedded log beside plain SQLite inserts of the same bytes, in the same run.
//   swift run -c release EmbeddedLogBenchmark [FOLDER]
// The folder should lie on the disk that will be used: what is measured is mostly its fsync.

import EmbeddedLog
import Foundation
import GRDB
import TopicLog

let folder = URL(
    fileURLWithPath: CommandLine.arguments.dropFirst().first ?? FileManager.default.temporaryDirectory.path
).appending(path: "gongbao-benchmark-\(getpid())")
let value = (0..<700).map { UInt8(truncatingIfNeeded: $0 &* 37) }
let headers = [Header("ce_id", "0123456789abcdef0123456789abcdef"), Header("ce_type", "gongbao.indicator.v1")]

func records(_ count: Int, _ start: Int) -> [Outgoing] {
    (start..<start + count).map {
        Outgoing(topic: "t", key: Array("key \($0 / 30)".utf8), value: value, headers: headers)
    }
}

func report(_ what: String, _ count: Int, per transaction: Int, _ times: [Duration]) {
    let sorted = times.sorted()
    let total = times.reduce(Duration.zero, +) / Duration.seconds(1)
    func milliseconds(_ share: Double) -> String {
        String(format: "%.2f", sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] / .milliseconds(1))
    }
    let padded = what.padding(toLength: 34, withPad: " ", startingAt: 0)
    print(
        "\(padded) \(transaction) a transaction: \(Int(Double(count) / total)) records/s,",
        "median \(milliseconds(0.5)) ms, 99 % \(milliseconds(0.99)) ms")
}

func timed(_ work: () throws -> Void) rethrows -> Duration { try ContinuousClock().measure(work) }

func measureAppends(_ size: Int, _ rounds: Int) throws {
    let log = try EmbeddedLog(path: folder.appending(path: "log-\(size).sqlite").path)
    defer { log.close() }
    try log.admin.create([TopicSpecification(name: "t", partitions: 6)])
    let producer = try log.producer(transactionalID: "p")
    report(
        "embedded log, append", size * rounds, per: size,
        try (0..<rounds).map { round in
            let batch = records(size, round * size)
            return try timed { try producer.transact(batch, consumed: nil) }
        })
    let reader = try log.consumer(ConsumerSettings(.group("g", topics: ["t"], member: nil)))
    var times: [Duration] = []
    var count = 0
    while count < size * rounds {
        times.append(
            try timed {
                count += try reader.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .zero)).records.count
            })
    }
    reader.close()
    report("embedded log, poll", count, per: 500, times)
}

func measurePlain(_ size: Int, _ rounds: Int) throws {
    let pool = try DatabasePool(path: folder.appending(path: "plain-\(size).sqlite").path)
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    try pool.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, key BLOB, value BLOB)") }
    let bytes = value + headers.flatMap { Array($0.name.utf8) + ($0.value ?? []) }
    report(
        "plain SQLite, insert", size * rounds, per: size,
        try (0..<rounds).map { round in
            try timed {
                try pool.write { db in
                    let statement = try db.cachedStatement(sql: "INSERT INTO t (key, value) VALUES (?, ?)")
                    for index in 0..<size {
                        try statement.execute(arguments: [Data("key \((round * size + index) / 30)".utf8), Data(bytes)])
                    }
                }
            }
        })
    report(
        "plain SQLite, select", size * rounds, per: size * rounds,
        [
            try timed {
                try pool.read { db in
                    let rows = try Row.fetchCursor(db, sql: "SELECT key, value FROM t ORDER BY id")
                    var sum = 0
                    while let row = try rows.next() { sum += (row[1] as Data? ?? Data()).count }
                    precondition(sum > 0)
                }
            }
        ])
    try pool.close()
}

try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
for (size, rounds) in [(1, 1_000), (10, 1_000), (100, 500), (1_000, 100)] {
    try measurePlain(size, rounds)
    try measureAppends(size, rounds)
}

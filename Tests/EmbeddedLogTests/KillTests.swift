import Foundation
import Testing
import TopicLog

@testable import EmbeddedLog

/// `GONGBAO_KILLS` sets how often (default 20), `GONGBAO_SEED` from where (default 1).
@Suite("Killed at any moment, the embedded log")
struct KillTests {
    @Test("has every acknowledged transaction whole, and none by half")
    func keepsTransactionsWhole() throws {
        let environment = ProcessInfo.processInfo.environment
        let kills = environment["GONGBAO_KILLS"].flatMap(Int.init) ?? 20
        let seed = environment["GONGBAO_SEED"].flatMap(UInt64.init) ?? 1
        var random = Seeded(seed)
        let scratch = try Scratch()
        var acknowledged: Set<Int> = []
        var total = 0
        for round in 0..<kills {
            // A new file now and then: it can be killed while it is made, too.
            if round % 10 == 0 { acknowledged = [] }
            let path = scratch.path("log-\(round / 10).sqlite")
            let writer = try WriterProcess(path, seed: random.next())
            // Sometimes at once, sometimes after some transactions, and then within one.
            let before = acknowledged.count
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                if let line = writer.line(), let number = Int(line) { acknowledged.insert(number) }
            }
            usleep(UInt32.random(in: 0...3_000, using: &random))
            acknowledged.formUnion(writer.kill().compactMap { Int($0) })
            total += acknowledged.count - before
            try check(path, acknowledged, "seed \(seed), kill \(round)")
        }
        #expect(total > kills)
    }

    /// Compares what is in the log with what it must be.
    private func check(_ path: String, _ acknowledged: Set<Int>, _ comment: Comment) throws {
        let log = try EmbeddedLog(path: path)
        defer { log.close() }
        guard try log.admin.describe(nil).count == 2 else { return }
        let partitions = ["a", "b"].flatMap { topic in (0..<3).map { TopicPartition(topic, $0) } }
        var found: [Int: (expected: Int, indexes: Set<Int>, inA: Int)] = [:]
        var last = -1
        for record in try partitions.flatMap(log.all) {
            let words = String(decoding: record.value ?? [], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
            try #require(words.count >= 3, comment)
            let (number, index, count) = (words[0], words[1], words[2])
            var entry = found[number] ?? (count, [], 0)
            #expect(entry.indexes.insert(index).inserted, comment)
            if record.partition.topic == "a" { entry.inA += 1 }
            found[number] = entry
            last = max(last, number)
        }
        for (number, entry) in found {
            #expect(entry.indexes == Set(0..<entry.expected), "\(comment): transaction \(number) is not whole")
        }
        let missing = acknowledged.subtracting(found.keys)
        #expect(missing.isEmpty, "\(comment): acknowledged transactions \(missing.sorted()) are missing")
        // Each transaction commits what stood in "a" before it: all but its own records.
        let committed = try log.admin.groupOffsets("g").values.reduce(0, +)
        let before = found.filter { $0.key != last }.values.reduce(0) { $0 + $1.inA }
        #expect(committed == Int64(before), comment)
    }
}

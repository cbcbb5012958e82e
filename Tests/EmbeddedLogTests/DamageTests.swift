import Foundation
import GRDB
import Testing
import TopicLog

@testable import EmbeddedLog

// GRDB has a class of that name.
import struct TopicLog.Record

@Suite("A damaged or foreign file")
struct DamageTests {
    private static let partitions = (0..<2).map { TopicPartition("t", $0) }

    /// Writes a log and returns what it holds; `clean` says whether it is closed before it is copied to `copy`.
    private func make(_ scratch: Scratch, clean: Bool) throws -> [TopicPartition: [Record]] {
        var random = Seeded(7)
        let log = try EmbeddedLog(path: scratch.path())
        try log.admin.create([TopicSpecification(name: "t", partitions: 2)])
        for _ in 0..<20 {
            try log.append(
                (0..<6).map { _ in
                    Outgoing(
                        topic: "t", key: random.bytes(upTo: 20), value: random.bytes(upTo: 3_000),
                        headers: [Header("h", bytes: random.bytes(upTo: 9))])
                })
        }
        let member = try log.consumer(ConsumerSettings(.group("g", topics: ["t"], member: nil)))
        let batch = try member.poll(BatchLimit(records: 50, bytes: 1 << 20, wait: .zero))
        try member.commit(batch.next)
        member.close()
        let records = try Dictionary(uniqueKeysWithValues: Self.partitions.map { ($0, try log.all($0)) })
        if clean { log.close() }
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: scratch.path() + suffix) {
            try FileManager.default.copyItem(atPath: scratch.path() + suffix, toPath: scratch.path("copy") + suffix)
        }
        if !clean { log.close() }
        return records
    }

    @Test("gives an error or the records that were written, never another thing", arguments: [true, false])
    func fuzz(clean: Bool) throws {
        let rounds = ProcessInfo.processInfo.environment["GONGBAO_FUZZ"].flatMap(Int.init) ?? 150
        let scratch = try Scratch()
        let written = try make(scratch, clean: clean)
        let files = try ["", "-wal"].compactMap { suffix -> (String, Data)? in
            let path = scratch.path("copy") + suffix
            return FileManager.default.fileExists(atPath: path)
                ? (suffix, try Data(contentsOf: URL(fileURLWithPath: path))) : nil
        }
        var refused = 0
        for seed in 0..<UInt64(rounds) {
            var random = Seeded(seed)
            let path = scratch.path("damaged-\(seed)")
            for (suffix, data) in files {
                var bytes = [UInt8](data)
                damage(&bytes, &random)
                try Data(bytes).write(to: URL(fileURLWithPath: path + suffix))
            }
            do {
                _ = try EmbeddedLog.check(path)
                let log = try EmbeddedLog(path: path)
                defer { log.close() }
                let isThere = try log.admin.describe(["t"]).count == 1
                #expect(isThere || !clean, "seed \(seed)")
                for partition in Self.partitions where isThere {
                    let records = try log.all(partition)
                    // Of a damaged write-ahead log only the transactions before the damage are left.
                    #expect(records == Array(written[partition, default: []].prefix(records.count)), "seed \(seed)")
                    if clean { #expect(records.count == written[partition]?.count, "seed \(seed)") }
                }
                let committed = try log.admin.groupOffsets("g")
                #expect(committed.values.reduce(0, +) == 50 || !clean && committed.isEmpty, "seed \(seed)")
                try log.append([Outgoing(topic: "t", key: nil, value: [1])])
            } catch let error as Failure {
                refused += 1
                #expect(error.message.contains(path) || error.code == "unknown_topic", "seed \(seed): \(error)")
            }
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        }
        #expect(refused > 0)
    }

    /// Flips bits, overwrites a run with noise or zeros, or cuts the end off.
    private func damage(_ bytes: inout [UInt8], _ random: inout Seeded) {
        guard !bytes.isEmpty else { return }
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            }
        case 1:
            let start = Int.random(in: bytes.indices, using: &random)
            for index in start..<min(bytes.count, start + Int.random(in: 1...5_000, using: &random)) {
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
        case 2:
            let start = Int.random(in: bytes.indices, using: &random)
            for index in start..<min(bytes.count, start + Int.random(in: 1...5_000, using: &random)) {
                bytes[index] = 0
            }
        default:
            bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
        }
    }

    @Test("has its damaged records named by the check, and the others counted")
    func checkNamesDamage() throws {
        let scratch = try Scratch()
        let written = try make(scratch, clean: true)
        let path = scratch.path("copy")
        let whole = try EmbeddedLog.check(path)
        #expect(whole.isIntact)
        #expect(whole.partitions.map(\.intact) == Self.partitions.map { Int64(written[$0]?.count ?? 0) })
        // A bit of one record's value, as a disk might flip it.
        let record = try #require(written[Self.partitions[1]]?.first { $0.value?.count ?? 0 > 500 })
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let needle = Array(try #require(record.value)[..<40])
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: needle) })
        bytes[place + 5] ^= 4
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let report = try EmbeddedLog.check(path)
        #expect(!report.isIntact)
        #expect(report.problems == [])
        #expect(report.partitions.map(\.damaged) == [[], [record.offset..<record.offset + 1]])
        let log = try EmbeddedLog(path: path)
        defer { log.close() }
        let error = #expect(throws: Failure.self) { try log.all(Self.partitions[1]) }
        #expect(error?.code == "damaged")
        #expect(error?.message.contains("offset \(record.offset) of t/1") == true)
    }

    @Test("is found intact while its owner writes to it")
    func checkBesideOwner() throws {
        let scratch = try Scratch()
        let writer = try WriterProcess(scratch.path(), seed: 5)
        while let line = writer.line(), (Int(line) ?? 0) < 20 {}
        let report = try EmbeddedLog.check(scratch.path())
        #expect(writer.process.isRunning)
        _ = writer.kill()
        #expect(report.isIntact)
        #expect(report.partitions.map(\.intact).reduce(0, +) > 20)
    }

    @Test("is left alone when another program wrote it")
    func foreign() throws {
        let scratch = try Scratch()
        let text = scratch.path("text")
        try Data("这不是日志。".utf8).write(to: URL(fileURLWithPath: text))
        let other = scratch.path("other.sqlite")
        let queue = try DatabaseQueue(path: other)
        try queue.write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        try queue.close()
        for path in [text, other] {
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            let error = #expect(throws: Failure.self) { try EmbeddedLog(path: path) }
            #expect(error?.kind == .setup)
            #expect(error?.code == "not_a_log")
            #expect(#expect(throws: Failure.self) { try EmbeddedLog.check(path) }?.code == "not_a_log")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test("is refused when a newer gongbao wrote it")
    func newer() throws {
        let scratch = try Scratch()
        try EmbeddedLog(path: scratch.path()).close()
        let queue = try DatabaseQueue(path: scratch.path())
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99')") }
        try queue.close()
        let error = #expect(throws: Failure.self) { try EmbeddedLog(path: scratch.path()) }
        #expect(error?.code == "newer_schema")
    }

    @Test("is a new log when it is empty")
    func empty() throws {
        let scratch = try Scratch()
        try Data().write(to: URL(fileURLWithPath: scratch.path()))
        let log = try EmbeddedLog(path: scratch.path())
        #expect(try log.admin.describe(nil) == [])
        log.close()
    }
}

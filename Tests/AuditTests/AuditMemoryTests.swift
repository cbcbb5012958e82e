import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Audit

/// Chooses nothing of what is known to be taken apart again, or all of it.
private struct Fixed: RandomNumberGenerator {
    let isEverything: Bool

    mutating func next() -> UInt64 { isEverything ? 0 : .max }
}

@Suite("What audits remember")
struct AuditMemoryTests {
    private func memory(
        _ folder: URL, _ world: AuditWorld, signer: NoteSigner? = nil, isFresh: Bool = false, samples: Bool = false
    ) throws -> AuditMemory {
        try AuditMemory(
            folder.appending(path: "memory").path, engine: world.deriver.version, topics: AuditWorld.names,
            signer: signer, isFresh: isFresh, generator: Fixed(isEverything: samples))
    }

    private func memory(
        _ world: AuditWorld, signer: NoteSigner? = nil, isFresh: Bool = false, samples: Bool = false
    ) throws -> AuditMemory {
        try memory(world.folder, world, signer: signer, isFresh: isFresh, samples: samples)
    }

    private static func texts(_ numbers: Range<Int>) -> [String] {
        numbers.map { "# 第\($0)号公告\n\n2024年，完成投资\($0 + 1)亿元，增长\($0 % 9 + 1).5%。" }
    }

    @Test("a second audit of the same span does not run the engine, and a fresh one always does")
    func second() throws {
        let world = try AuditWorld(Self.texts(0..<200))
        try world.write()
        let first = try world.verify(memory: try memory(world))
        #expect(first.counts.recalled == 0)
        let second = try world.verify(memory: try memory(world))
        #expect(second.holds && second.counts.recalled == 200)
        #expect(second.counts.indicators == world.indicators.count - world.articles.count)
        #expect(second.accounts == first.accounts && second.counts.rows == first.counts.rows)
        #expect(try world.verify(memory: try memory(world, isFresh: true)).counts.recalled == 0)
        #expect(try world.verify(memory: try memory(world)).counts.recalled == 200)
        let sampled = try world.verify(memory: try memory(world, samples: true))
        #expect(sampled.holds && sampled.counts.recalled == 0)
    }

    @Test("what comes later is read, what was there is remembered, and a bounded span forgets nothing")
    func growing() throws {
        let world = try AuditWorld(Self.texts(0..<100))
        try world.write()
        _ = try world.verify(memory: try memory(world))
        let (old, articles, indicators) = (world.bulletins, world.articles, world.indicators)
        (world.bulletins, world.articles, world.indicators) = ([], [], [])
        for text in Self.texts(100..<130) { try world.add(text, source: "later", with: world.deriver) }
        try world.write(rows: false)
        let second = try world.verify(memory: try memory(world), database: false)
        #expect(second.holds && second.counts.recalled == 100 && second.counts.bulletins == 130)
        let none = try world.verify(
            .init(from: Timestamp(milliseconds: .max)), memory: try memory(world), database: false)
        #expect(none.counts.bulletins == 0)
        let third = try world.verify(memory: try memory(world), database: false)
        #expect(third.holds && third.counts.recalled == 130)
        #expect(old.count == 100 && articles.count == 100 && indicators.count == 300)
    }

    /// One of many ways to change what was written.
    private func tamper(_ world: AuditWorld, _ random: inout SplitMix) {
        func change(_ records: inout [Outgoing], _ random: inout SplitMix) {
            guard let place = records.indices.randomElement(using: &random) else { return }
            let record = records[place]
            var value = record.value ?? []
            switch Int.random(in: 0..<6, using: &random) {
            case 0: records.remove(at: place)
            case 1: records.insert(record, at: place)
            case 2: records.swapAt(place, records.indices.randomElement(using: &random) ?? place)
            case 3:
                records[place] = Outgoing(
                    topic: record.topic, key: record.key, value: value, headers: record.headers.dropLast(),
                    timestamp: record.timestamp)
            case 4: records[place] = record.with(Array(value.reversed()))
            default:
                let at = value.indices.randomElement(using: &random) ?? 0
                value[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                records[place] = record.with(value)
            }
        }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: change(&world.bulletins, &random)
        case 1: change(&world.articles, &random)
        default: change(&world.indicators, &random)
        }
    }

    @Test("an audit that remembers finds in changed topics what one that does not finds", arguments: 0..<16)
    func records(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let texts = Self.texts(0..<150)
        let world = try AuditWorld(texts)
        try world.write(rows: false)
        let signer = try NoteSigner(generating: "audit.test")
        _ = try world.verify(memory: try memory(world, signer: signer), database: false)
        let other = try AuditWorld(texts)
        tamper(other, &random)
        try other.write(rows: false)
        let plain = try other.verify(database: false)
        for samples in [false, true] {
            let remembering = try other.verify(
                memory: try memory(world.folder, world, signer: signer, samples: samples), database: false)
            #expect(remembering.findings == plain.findings && remembering.accounts == plain.accounts)
            var counts = remembering.counts
            counts.recalled = 0
            #expect(counts == plain.counts)
        }
    }

    @Test(
        "and so it does in a changed database",
        arguments: [
            "UPDATE indicators SET value = '77' WHERE quote = '9亿元'",
            "UPDATE indicators SET confidence = 0.5 WHERE quote = '9亿元'",
            "UPDATE indicators SET period_end = NULL WHERE quote = '9亿元'",
            "DELETE FROM indicators WHERE quote = '9亿元'",
            "DELETE FROM readings WHERE article IN (SELECT article FROM indicators WHERE quote = '9亿元')",
            "UPDATE readings SET count = count + 1 WHERE article IN (SELECT article FROM indicators WHERE quote = '9亿元')",
            "UPDATE articles SET headline = '别的' WHERE id IN (SELECT article FROM indicators WHERE quote = '9亿元')",
            "DELETE FROM articles WHERE id IN (SELECT article FROM indicators WHERE quote = '9亿元')",
            "UPDATE bulletins SET bytes = x'00' WHERE id IN (SELECT bulletin FROM indicators WHERE quote = '9亿元')",
        ])
    func rows(sql: String) throws {
        let world = try AuditWorld(Self.texts(0..<60))
        try world.write()
        let signer = try NoteSigner(generating: "audit.test")
        _ = try world.verify(memory: try memory(world, signer: signer))
        try world.alter(sql)
        let plain = try world.verify()
        let remembering = try world.verify(memory: try memory(world, signer: signer))
        #expect(!plain.holds && remembering.findings == plain.findings)
        #expect(remembering.counts.rows == plain.counts.rows)
    }

    @Test("an index that is not signed by the auditor's key, or a changed file, is not believed")
    func forged() throws {
        let world = try AuditWorld(Self.texts(0..<100))
        try world.write()
        let signer = try NoteSigner(generating: "audit.test")
        _ = try world.verify(memory: try memory(world, signer: signer))
        #expect(try world.verify(memory: try memory(world, signer: signer)).counts.recalled == 100)
        let stranger = try memory(world, signer: try NoteSigner(generating: "audit.test"))
        #expect(stranger.refusal?.contains("not used") == true)
        #expect(try world.verify(memory: stranger).counts.recalled == 0)

        _ = try world.verify(memory: try memory(world, signer: signer))
        let file = world.folder.appending(path: "memory/t.bulletins-0.stretches")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let damaged = try memory(world, signer: signer)
        #expect(damaged.refusal?.contains("t.bulletins-0.stretches") == true)
        #expect(try world.verify(memory: damaged).holds)
    }

    /// Changes a byte of a file of the memory and its digest in the index.
    private func forge(_ file: String, in world: AuditWorld) throws {
        let folder = world.folder.appending(path: "memory")
        var bytes = try Data(contentsOf: folder.appending(path: file))
        let old = BulletinID(bytes: Array(bytes)).rawValue
        // Before the lexicon stands a digest; of an article the last entry only names its bulletin.
        bytes[bytes.count - 40 - (file.contains("articles") ? LedgerEntryCodec.size : 0)] ^= 1
        try bytes.write(to: folder.appending(path: file))
        let index = folder.appending(path: "index")
        let text = try String(contentsOf: index, encoding: .utf8)
        #expect(text.contains(old))
        try text.replacing(old, with: BulletinID(bytes: Array(bytes)).rawValue)
            .write(to: index, atomically: true, encoding: .utf8)
    }

    @Test(
        "memory that was written to, with its index, is named and blames nothing else, whether what it says is taken apart again or not",
        arguments: ["t.bulletins-0.stretches", "t.articles-1.stretches", "t.indicators-0.stretches", "readings.rows"],
        [true, false])
    func altered(file: String, samples: Bool) throws {
        let world = try AuditWorld(Self.texts(0..<40))
        try world.write()
        _ = try world.verify(memory: try memory(world))
        try forge(file, in: world)
        let report = try world.verify(memory: try memory(world, samples: samples))
        #expect(report.findings.map(\.subject) == [.memory] && report.findings.map(\.kind) == [.tampered])
        #expect(report.counts.indicators == world.indicators.count - world.articles.count)
        #expect(try world.verify(memory: try memory(world)).holds)
    }

    @Test("of two audits at once, and where nothing can be written, one goes on without a memory")
    func apart() throws {
        let world = try AuditWorld(Self.texts(0..<40))
        try world.write()
        let (first, second) = (try memory(world), try memory(world))
        #expect(first.refusal == nil && second.refusal?.contains("Another audit") == true)
        let report = try world.verify(memory: second)
        #expect(report.holds && report.notes.contains { $0.contains("Another audit") })
        #expect(try world.verify(memory: first).holds)
        #expect(try world.verify(memory: try memory(world)).counts.recalled == 40)

        let file = world.folder.appending(path: "file")
        try Data().write(to: file)
        let nowhere = try AuditMemory(
            file.appending(path: "memory").path, engine: world.deriver.version, topics: AuditWorld.names, signer: nil,
            isFresh: false)
        #expect(nowhere.refusal?.contains("cannot be written") == true)
        #expect(try world.verify(memory: nowhere).holds)
    }

    @Test("what cannot be written down keeps no audit from telling what it found")
    func unwritable() throws {
        let world = try AuditWorld(Self.texts(0..<20))
        try world.write()
        let index = world.folder.appending(path: "memory/index")
        for name in ["index", "articles.rows.part"] {
            let place = world.folder.appending(path: "memory/" + name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let report = try world.verify(memory: try memory(world))
            #expect(report.holds && report.notes.contains { $0.hasPrefix("Nothing is remembered for the next audit") })
            try FileManager.default.removeItem(at: place)
            #expect(!FileManager.default.fileExists(atPath: index.path))
        }
        #expect(try world.verify(memory: try memory(world)).counts.recalled == 0)
        // What was remembered stays good where nothing can be added to it.
        try FileManager.default.createDirectory(
            at: world.folder.appending(path: "memory/readings.rows.part"), withIntermediateDirectories: false)
        for _ in 0..<2 { #expect(try world.verify(memory: try memory(world)).counts.recalled == 20) }
    }

    @Test("a column that says more than the indicator can is found")
    func lossyColumns() throws {
        let world = try AuditWorld(Self.texts(0..<5))
        try world.write()
        _ = try world.verify(memory: try memory(world))
        for column in ["base", "region_code"] {
            try world.alter("UPDATE indicators SET \(column) = 'x' WHERE kind = 'level' AND \(column) IS NULL")
            let report = try world.verify(memory: try memory(world))
            #expect(!report.holds && report.findings.allSatisfy { $0.message.contains("column \(column)") })
            try world.alter("UPDATE indicators SET \(column) = NULL WHERE \(column) = 'x'")
            #expect(try world.verify(memory: try memory(world)).holds)
        }
    }
}

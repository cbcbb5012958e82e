import Audit
import BulletinModel
import EmbeddedLog
import Foundation
import Synchronization
import Testing
import TopicLog

/// Copying topics into an archive and reading them from it: every byte, once, in order.
@Suite struct ArchiveTests {
    private static let kinds: [String] = ["memory", "embedded"]

    private static func open(_ kind: String, _ directory: URL, _ name: String) throws -> any TopicLog {
        kind == "memory" ? MemoryLog() : try EmbeddedLog(path: directory.appending(path: name + ".sqlite").path)
    }

    @Test("an archive reads like the topics, and fills an empty log with the same records", arguments: kinds)
    func restores(_ kind: String) throws {
        var random = SplitMix(seed: 11)
        let site = try ArchiveSite { try Self.open(kind, $0, "source") }
        try site.fill(900, &random)
        try site.archive()
        try site.fill(300, &random)
        try site.archive()
        let original = try ArchiveSite.records(site.log)
        #expect(original.values.reduce(0) { $0 + $1.count } == 1_200)
        let problems = Mutex<[ArchiveProblem]>([])
        let archive = ArchiveLog(try ArchiveReader(path: site.path)) { problem in
            problems.withLock { $0.append(problem) }
        }
        #expect(try ArchiveSite.records(archive) == original)
        #expect(problems.withLock { $0 } == [])

        let target = try Self.open(kind, site.directory, "target")
        defer { target.close() }
        try target.admin.create(
            archive.reader.topics.map { TopicSpecification(name: $0.name, partitions: $0.partitions) })
        let producer = try target.producer(transactionalID: "restore")
        try ReplaySpan(in: archive, topics: ArchiveSite.topics, partitions: nil, from: .earliest, to: .latest).read(
            archive
        ) { records, _ in
            try producer.transact(
                records.map {
                    Outgoing(
                        topic: $0.partition.topic, partition: $0.partition.partition, key: $0.key, value: $0.value,
                        headers: $0.headers, timestamp: $0.timestamp)
                }, consumed: nil)
        }
        #expect(try ArchiveSite.records(target) == original)
        #expect(try site.check().problems == [])
    }

    @Test("a writer knows the last record of each partition, byte for byte, also when it was opened again")
    func last() throws {
        var random = SplitMix(seed: 13)
        let site = try ArchiveSite()
        try site.fill(200, &random)
        try site.archive()
        let writer = try ArchiveWriter(path: site.path, signer: nil)
        defer { writer.close() }
        for (partition, records) in try ArchiveSite.records(site.log) {
            guard let record = records.last else {
                #expect(writer.last(partition) == nil)
                continue
            }
            #expect(writer.last(partition) == record.offset && writer.isLast(record))
            #expect(!writer.isLast(records[0]) || records.count == 1)
            let changed = Record(
                partition: partition, offset: record.offset, timestamp: record.timestamp, key: record.key,
                value: (record.value ?? []) + [0], headers: record.headers)
            #expect(!writer.isLast(changed))
        }
        #expect(writer.last(TopicPartition("other", 0)) == nil)
    }

    @Test("offsets, times and single records are found in it as in the topics")
    func finds() throws {
        var random = SplitMix(seed: 12)
        let site = try ArchiveSite()
        try site.fill(600, &random)
        try site.archive()
        let reader = try ArchiveReader(path: site.path)
        let archive = ArchiveLog(reader) { Issue.record("\($0)") }
        let original = try ArchiveSite.records(site.log)
        for (partition, records) in original {
            #expect(try archive.admin.watermarks([partition]) == site.log.admin.watermarks([partition]))
            for _ in 0..<20 {
                let time = Timestamp(milliseconds: Int64.random(in: 0...1_700_000_000_000, using: &random))
                #expect(
                    try archive.admin.offsets(at: [partition: time]) == site.log.admin.offsets(at: [partition: time]))
            }
            let wanted = try #require(records.randomElement(using: &random))
            let found = try #require(try reader.record(partition, at: wanted.offset))
            #expect(found.record == wanted && found.bytes == ArchivedRecord.encode(wanted))
        }
        #expect(try reader.record(TopicPartition(ArchiveSite.topics[0], 0), at: 1 << 40) == nil)
    }

    @Test("each record is proven against the signed checkpoint")
    func proves() throws {
        var random = SplitMix(seed: 13)
        let signer = try NoteSigner(generating: "example.org/archive")
        let site = try ArchiveSite()
        try site.fill(200, &random)
        try site.archive(signer: signer)
        let reader = try ArchiveReader(path: site.path)
        let checkpoint = try Checkpoint(note: try #require(reader.checkpoint), verifiedWith: signer.verifier)
        #expect(checkpoint.size == 200)
        for records in try ArchiveSite.records(site.log).values {
            for record in records {
                let entry = try #require(try reader.record(record.partition, at: record.offset))
                let path = try #require(try reader.inclusionProof(of: entry.leaf, size: checkpoint.size))
                #expect(
                    MerkleProof.isIncluded(
                        leafHash: ArchivedRecord.leafHash(record), index: entry.leaf, size: checkpoint.size, path: path,
                        root: checkpoint.root))
            }
        }
    }

    @Test("what a crash left of a segment or a line does not count and is written anew")
    func resumes() throws {
        var random = SplitMix(seed: 14)
        let site = try ArchiveSite()
        try site.fill(400, &random)
        try site.archive()
        let manifest = site.path + "/manifest"
        let whole = try #require(FileManager.default.contents(atPath: manifest))
        // At every moment of an append: some bytes of the last line are there, its segment is or is not.
        let end = try #require(whole.dropLast().lastIndex(of: 0x0A))
        for cut in [end + 1, end + 2, end + 100, whole.count - 1] {
            try whole.prefix(cut).write(to: URL(filePath: manifest))
            try Data("half".utf8).write(to: URL(filePath: site.path + "/gongbao.articles/0/x.zst.part"))
            try site.archive()
            let check = try site.check()
            #expect(check.problems == [] && check.records == 400)
            let archive = ArchiveLog(try ArchiveReader(path: site.path)) { Issue.record("\($0)") }
            #expect(try ArchiveSite.records(archive) == ArchiveSite.records(site.log))
        }
    }

    @Test("one process at a time writes, and nothing is written into a directory of other things")
    func guards() throws {
        let site = try ArchiveSite()
        let writer = try ArchiveWriter(path: site.path, signer: nil)
        #expect(throws: Failure.self) { try ArchiveWriter(path: site.path, signer: nil) }
        writer.close()
        try ArchiveWriter(path: site.path, signer: nil).close()
        #expect {
            try ArchiveWriter(path: site.directory.path, signer: nil)
        } throws: { ($0 as? Failure)?.code == "not_an_archive" }
    }
}

import Audit
import Foundation
import Synchronization
import Testing
import TopicLog

/// One byte changed anywhere in an archive is noticed, named, and keeps nobody from the rest.
@Suite struct ArchiveTamperTests {
    private func files(_ path: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".zst") || $0.hasSuffix(".index") || ["manifest", "checkpoint"].contains($0) }
            .sorted()
    }

    private func change(_ file: String, _ change: (inout Data) throws -> Void, then body: () throws -> Void) throws {
        let whole = try #require(FileManager.default.contents(atPath: file))
        var changed = whole
        try change(&changed)
        try changed.write(to: URL(filePath: file))
        try body()
        try whole.write(to: URL(filePath: file))
    }

    @Test("a flipped bit in any file is caught and its file named")
    func flips() throws {
        var random = SplitMix(seed: 21)
        let signer = try NoteSigner(generating: "example.org/archive")
        let site = try ArchiveSite()
        try site.fill(240, &random)
        try site.archive(segmentBytes: 3_000, signer: signer)
        #expect(try site.check(signer.verifier).problems == [])
        let original = try ArchiveSite.records(site.log)
        var kinds: Set<String> = []
        for file in files(site.path) {
            kinds.insert(String(file.split(separator: ".").last ?? ""))
            for _ in 0..<8 {
                var at = 0
                try change(
                    site.path + "/" + file,
                    {
                        at = Int.random(in: 0..<$0.count, using: &random)
                        $0[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                    },
                    then: {
                        let check = try site.check(signer.verifier)
                        #expect(check.problems.contains { $0.file == file }, "byte \(at) of \(file): \(check.problems)")
                        // Nothing but what was written is ever handed on.
                        let reported = Mutex(0)
                        let archive = ArchiveLog(try ArchiveReader(path: site.path)) { _ in
                            reported.withLock { $0 += 1 }
                        }
                        guard !archive.reader.manifest.entries.isEmpty else { return }
                        let topics = archive.reader.topics.map(\.name)
                        try ReplaySpan(in: archive, topics: topics, partitions: nil, from: .earliest, to: .latest)
                            .read(archive) { records, _ in
                                for record in records {
                                    #expect(original[record.partition]?.contains(record) == true)
                                }
                            }
                        if file.hasSuffix(".zst") { #expect(reported.withLock { $0 } == 1) }
                    })
            }
        }
        #expect(kinds == ["zst", "index", "manifest", "checkpoint"])
    }

    @Test("a flipped bit in the manifest is named with its line, and the other segments stay usable")
    func manifestLines() throws {
        var random = SplitMix(seed: 22)
        let site = try ArchiveSite()
        try site.fill(200, &random)
        try site.archive()
        let count = try ArchiveReader(path: site.path).manifest.entries.count
        let path = site.path + "/manifest"
        let lines = try #require(FileManager.default.contents(atPath: path)).split(separator: 0x0A)
        var start = 0
        for (number, line) in lines.enumerated() {
            for _ in 0..<6 {
                let at = start + Int.random(in: 0..<line.count, using: &random)
                // A line feed would make two lines of one.
                try change(path, { $0[at] = $0[at] == 0x41 ? 0x42 : 0x41 }) {
                    let manifest = try ArchiveReader(path: site.path).manifest
                    #expect(manifest.damage.map(\.line) == [number + 1], "byte \(at)")
                    #expect(manifest.entries.count == (number == 0 ? count : count - 1))
                    #expect(throws: Failure.self) { try ArchiveWriter(path: site.path, signer: nil) }
                }
            }
            start += line.count + 1
        }
    }

    @Test("a missing segment, index, manifest line or checkpoint is named")
    func missing() throws {
        var random = SplitMix(seed: 23)
        let signer = try NoteSigner(generating: "example.org/archive")
        let site = try ArchiveSite()
        try site.fill(200, &random)
        try site.archive(signer: signer)
        for file in files(site.path) where file != "manifest" {
            let path = site.path + "/" + file
            let whole = try #require(FileManager.default.contents(atPath: path))
            try FileManager.default.removeItem(atPath: path)
            let problems = try site.check(signer.verifier).problems
            #expect(problems.map(\.file) == [file] && problems.map(\.kind) == [.missing], "\(problems)")
            try whole.write(to: URL(filePath: path))
        }
        let manifest = site.path + "/manifest"
        let whole = try #require(FileManager.default.contents(atPath: manifest))
        let end = try #require(whole.dropLast().lastIndex(of: 0x0A))
        try whole.prefix(end + 1).write(to: URL(filePath: manifest))
        #expect(try site.check(signer.verifier).problems.contains { $0.kind == .tampered && $0.file == "manifest" })
        #expect(try ArchiveReader(path: site.path).checkpointProblem?.file == "manifest")
        // Nor is anything written over what may only have been lost.
        #expect {
            try ArchiveWriter(path: site.path, signer: signer)
        } throws: { ($0 as? Failure)?.code == "damaged" }
    }

    @Test("an archive made anew with other records does not pass for the signed one")
    func forged() throws {
        var random = SplitMix(seed: 24)
        let signer = try NoteSigner(generating: "example.org/archive")
        let site = try ArchiveSite()
        try site.fill(60, &random)
        try site.archive(signer: signer)
        let signed = try #require(FileManager.default.contents(atPath: site.path + "/checkpoint"))
        try FileManager.default.removeItem(atPath: site.path)
        try site.fill(3, &random)
        try site.log.admin.deleteRecords(before: [TopicPartition(ArchiveSite.topics[1], 0): 1])
        try site.archive(signer: try NoteSigner(generating: "example.org/archive"))
        // By the forger's own key: not ours.
        #expect(try site.check(signer.verifier).problems.map(\.file) == ["checkpoint"])
        // With the true checkpoint: of another tree.
        try signed.write(to: URL(filePath: site.path + "/checkpoint"))
        #expect(try site.check(signer.verifier).problems.contains { $0.kind == .tampered })
    }

    @Test("whatever bytes stand in the files, reading ends and hands on nothing that was not written")
    func fuzz() throws {
        var random = SplitMix(seed: 25)
        let site = try ArchiveSite()
        try site.fill(120, &random)
        try site.archive()
        let original = try ArchiveSite.records(site.log)
        let names = files(site.path)
        for _ in 0..<150 {
            let file = site.path + "/" + (names.randomElement(using: &random) ?? "")
            try change(
                file,
                { data in
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: data = data.prefix(Int.random(in: 0..<data.count, using: &random))
                    case 1: data += Data((0..<20).map { _ in UInt8.random(in: 0...255, using: &random) })
                    case 2: data = Data((0..<data.count).map { _ in UInt8.random(in: 0...255, using: &random) })
                    default:
                        let from = Int.random(in: 0..<data.count, using: &random)
                        data = data.prefix(from) + data.suffix(Int.random(in: 0...data.count, using: &random))
                    }
                },
                then: {
                    _ = try site.check()
                    let archive = ArchiveLog(try ArchiveReader(path: site.path)) { _ in }
                    let topics = archive.reader.topics.map(\.name)
                    try ReplaySpan(in: archive, topics: topics, partitions: nil, from: .earliest, to: .latest)
                        .read(archive) { records, _ in
                            for record in records { #expect(original[record.partition]?.contains(record) == true) }
                        }
                })
        }
    }
}

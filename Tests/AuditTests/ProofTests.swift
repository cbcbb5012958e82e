import BulletinModel
import Foundation
import Reading
import Testing
import TopicLog

@testable import Audit

extension AuditWorld {
    static let names4 = Dictionary(uniqueKeysWithValues: names.all.map { ($0, 2) })

    /// Archives everything that was written, with a signed checkpoint.
    func archive(_ signer: NoteSigner?) throws -> ArchiveReader {
        let path = folder.appending(path: "archive").path
        let writer = try ArchiveWriter(path: path, signer: signer)
        defer { writer.close() }
        for topic in Self.names.all {
            let marks = try source.partitions(of: topic)
            _ = try source.read(marks.mapValues { $0.low..<$0.high }) { records in
                try writer.append(
                    Batch(records: records, next: [:]), partitions: Self.names4, begin: marks.mapValues(\.low),
                    now: Timestamp(milliseconds: 0))
            }
            try writer.seal(next: marks.mapValues(\.high), partitions: Self.names4)
        }
        try writer.sign()
        return try ArchiveReader(path: path)
    }

    /// The proof of the first figure with this quote.
    func prove(_ quote: String, _ reader: ArchiveReader) throws -> [UInt8] {
        let record = try indicators.first { record in
            if case .indicator(let indicator) = try ReadingMessage(message: record.value ?? []) {
                indicator.quote == quote
            } else {
                false
            }
        }
        let id = try Indicator(message: try #require(record).value ?? []).id
        return try Prover(reader, topics: Self.names, engine: deriver.engine, tables: lexicon).prove(id)
    }
}

enum Python {
    /// A Python with the package cryptography; nil where there is none.
    static let path: String? = {
        for path in [
            ProcessInfo.processInfo.environment["GONGBAO_PYTHON"], "/usr/bin/python3", "/usr/local/bin/python3",
        ] {
            guard let path, FileManager.default.isExecutableFile(atPath: path) else { continue }
            let process = Process()
            process.executableURL = URL(filePath: path)
            process.arguments = ["-c", "import cryptography"]
            process.standardError = FileHandle.nullDevice
            guard (try? process.run()) != nil else { continue }
            process.waitUntilExit()
            if process.terminationStatus == 0 { return path }
        }
        return nil
    }()
}

@Suite("Proofs of one figure")
struct ProofTests {
    private let world: AuditWorld
    private let signer: NoteSigner
    private let proof: [UInt8]

    init() throws {
        world = try AuditWorld()
        try world.write(rows: false)
        signer = try NoteSigner(generating: "example.org/gongbao")
        proof = try world.prove("6.2%", try world.archive(signer))
    }

    @Test("a proof needs itself and the public key, says what is proven, and derives the figure again")
    func proven() throws {
        let check = try ProofCheck(proof, key: signer.verifier)
        #expect(check.isDerivedAgain && check.indicator.value == "6.2" && check.indicator.code == "gdp")
        #expect(check.passage?.quote == "6.2%" && check.passage?.before.hasSuffix("比上年增长") == true)
        let said = check.sentences.joined(separator: "\n")
        for word in ["example.org/gongbao", "b0.md", "SHA-256", "6.2%", "t.bulletins/", "reads the same figure"] {
            #expect(said.contains(word), "\(word)")
        }
    }

    @Test("the same figure gives the same bytes")
    func same() throws {
        #expect(try world.prove("6.2%", try ArchiveReader(path: world.folder.appending(path: "archive").path)) == proof)
    }

    @Test("files that say where a figure stands are hints alone: without them, and with wrong ones, it is found")
    func hints() throws {
        let archive = world.folder.appending(path: "archive")
        let files = try #require(FileManager.default.enumerator(at: archive, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.path.hasSuffix(ArchiveNames.suffix) }
        #expect(files.count >= 4)
        let none = Array("gbnames1".utf8)
        for bytes in [nil, [], none, none + [UInt8](repeating: 0, count: 24)] {
            for file in files {
                try? FileManager.default.removeItem(at: file)
                if let bytes { try Data(bytes).write(to: file) }
            }
            #expect(try world.prove("6.2%", try ArchiveReader(path: archive.path)) == proof)
        }
    }

    @Test("another key, even of the same name, proves nothing")
    func key() throws {
        let stranger = try NoteSigner(generating: "example.org/gongbao")
        #expect { try ProofCheck(proof, key: stranger.verifier) } throws: {
            ($0 as? ProofProblem)?.place == "checkpoint"
        }
    }

    @Test("any changed byte makes it fail, and says where")
    func flipped() throws {
        // The ends, where the archive's own records stand, and an odd step through what lies between.
        let step = max(1, proof.count / 1500) | 1
        for place in proof.indices where place % step == 0 || place < 100 || place + 400 > proof.count {
            var changed = proof
            changed[place] ^= 1 << (place % 8)
            #expect("byte \(place)") { try ProofCheck(changed, key: signer.verifier) } throws: { error in
                !((error as? ProofProblem)?.message.isEmpty ?? true)
            }
        }
    }

    @Test("a changed byte in any file fails for what the file says, though the archive was put together again")
    func repacked() throws {
        let archive = try ZipArchive(parsing: proof)
        for (number, entry) in archive.entries.enumerated() {
            for place in stride(from: number % 5, to: entry.bytes.count, by: max(5, entry.bytes.count / 80)) {
                var bytes = entry.bytes
                bytes[place] ^= 1
                var entries = archive.entries
                entries[number] = .init(entry.name, bytes)
                #expect("\(entry.name) byte \(place)") {
                    try ProofCheck(ZipArchive(entries).bytes, key: signer.verifier)
                } throws: { error in
                    error is ProofProblem
                }
            }
        }
        for number in archive.entries.indices where !archive.entries[number].name.hasPrefix("lexicon/") {
            var entries = archive.entries
            entries.remove(at: number)
            #expect(throws: ProofProblem.self) { try ProofCheck(ZipArchive(entries).bytes, key: signer.verifier) }
        }
    }

    @Test("a forged lexicon is named, and a missing one only keeps from deriving again")
    func lexicon() throws {
        let archive = try ZipArchive(parsing: proof)
        let forged = ZipArchive(
            archive.entries.map { $0.name.hasPrefix("lexicon/") ? .init($0.name, Array("x\t地区生产总值\n".utf8)) : $0 })
        #expect { try ProofCheck(forged.bytes, key: signer.verifier) } throws: {
            ($0 as? ProofProblem)?.place == "lexicon"
        }
        let without = ZipArchive(archive.entries.filter { !$0.name.hasPrefix("lexicon/") })
        let check = try ProofCheck(without.bytes, key: signer.verifier)
        #expect(!check.isDerivedAgain && check.sentences.last?.contains("not derived again") == true)
    }

    @Test("an archive without a checkpoint, or without the figure, is told in a sentence")
    func impossible() throws {
        let other = try AuditWorld()
        try other.write(rows: false)
        let reader = try other.archive(nil)
        #expect { try other.prove("6.2%", reader) } throws: { "\($0)".contains("no signed checkpoint") }
        let signed = try ArchiveReader(path: world.folder.appending(path: "archive").path)
        let prover = Prover(signed, topics: AuditWorld.names, engine: world.deriver.engine, tables: AuditWorld.lexicon)
        #expect { try prover.prove(IndicatorID(rawValue: "00")) } throws: { "\($0)".contains("no indicator 00") }
    }

    private func python(_ bundle: [UInt8], _ key: NoteVerifier) throws -> (status: Int32, output: String) {
        let file = world.folder.appending(path: "proof-\(UUID().uuidString).zip")
        try Data(bundle).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: Python.path ?? "")
        process.arguments = [
            URL(filePath: #filePath).deletingLastPathComponent().appending(path: "verify_proof.py").path, file.path,
            key.description,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test("an independent implementation finds the same", .enabled(if: Python.path != nil))
    func independent() throws {
        let good = try python(proof, signer.verifier)
        #expect(
            good.status == 0 && good.output.contains("6.2%") && good.output.contains("4 records included"),
            "\(good.output)")
        let stranger = try NoteSigner(generating: "example.org/gongbao")
        #expect(try python(proof, stranger.verifier).status != 0)
        let archive = try ZipArchive(parsing: proof)
        for name in ["checkpoint", "records/indicator", "proof.json", "bulletin"] {
            let changed = ZipArchive(
                archive.entries.map { entry in
                    guard entry.name == name else { return entry }
                    var bytes = entry.bytes
                    // A letter, so that each stays readable; not the last of a signature in base64, whose
                    // lowest bits say nothing.
                    let letter = bytes.indices.dropLast(8).last { bytes[$0] >= 0x61 && bytes[$0] <= 0x65 }
                    let place = letter ?? bytes.count / 2
                    bytes[place] += 1
                    return .init(name, bytes)
                })
            #expect(try python(changed.bytes, signer.verifier).status != 0, "\(name)")
        }
    }
}

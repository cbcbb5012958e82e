import Foundation
import Testing
import TopicLog

@testable import EmbeddedLog

/// A folder of its own for a test, removed at its end.
final class Scratch: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gongbao-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A file in it.
    func path(_ name: String = "log.sqlite") -> String { folder.appending(path: name).path }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Bytes, up to that many.
    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}

extension TopicLog {
    /// All records of a partition that are there, from the oldest on.
    func all(_ partition: TopicPartition) throws -> [Record] {
        guard let marks = try admin.watermarks([partition])[partition] else { return [] }
        let reader = try consumer(ConsumerSettings(.partitions([partition: marks.low]), reset: .error))
        defer { reader.close() }
        var records: [Record] = []
        while let position = reader.position(partition), position < marks.high {
            records += try reader.poll(BatchLimit(records: 500, bytes: 8 << 20, wait: .zero)).records
        }
        return records
    }

    /// Appends in one transaction.
    func append(_ records: [Outgoing]) throws {
        try producer(transactionalID: "test").transact(records, consumed: nil)
    }
}

/// The helper program that writes until it is killed, or holds the lock.
struct WriterProcess {
    let process = Process()
    private let output = Pipe()
    let errors = Pipe()

    init(_ path: String, seed: UInt64) throws {
        // The test runner stands in the folder of all that was built.
        let runner = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let candidates = [Bundle.main.bundleURL, runner.deletingLastPathComponent()]
        let program = candidates.map { $0.appending(path: "EmbeddedLogWriter") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
        process.executableURL = program
        process.arguments = [path, "\(seed)"]
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    /// Waits for its next line; nil when it has ended.
    func line() -> String? {
        var bytes: [UInt8] = []
        while let byte = try? output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return nil
    }

    /// Kills it and returns the lines that it had still written.
    func kill() -> [String] {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        var lines: [String] = []
        while let line = line() { lines.append(line) }
        return lines
    }
}

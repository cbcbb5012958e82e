import ArgumentParser
import Audit
import Foundation
import Operations
import TopicLog
import Workers

/// `gongbao audit archive`: the topics into files that outlive them.
struct AuditArchiveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "archive", abstract: "Copies the topics into an archive, or checks one.",
        discussion: """
            Every record is kept with key, value, headers, offset and timestamp, in compressed \
            segments that are chained by a manifest. Run again, it goes on where the archive ends, \
            whatever ended it before. It reads outside any group and disturbs no worker; the \
            embedded log can be read while no worker runs on it.

            With --key (archive.key) each new state of the archive is signed: a checkpoint over all \
            records that anyone can verify who has the public key. gongbao audit key makes a key.

            --check reads every byte of the archive and names each file that is missing, damaged or \
            changed; it needs neither log nor broker. Exit code 1 means that something is wrong.
            """)

    @Argument(help: ArgumentHelp("Directory of the archive; else archive.directory.", valueName: "dir"))
    var directory: String?

    @Flag(help: "Goes on with what arrives, until stopped.")
    var watch = false

    @Flag(help: "Checks the archive instead, and writes nothing.")
    var check = false

    @Option(help: ArgumentHelp("The private key that signs; with --check the public key.", valueName: "file"))
    var key: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Only this topic, by its name with or without prefix; may be repeated.", valueName: "name"))
    var topic: [String] = []

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if watch && check { throw ValidationError("--watch and --check exclude each other.") }
    }

    func run() throws {
        let configuration = try options.load()
        let path = ArchiveFiles.directory(directory, configuration)
        if check { return try Self.check(path, try ArchiveFiles.verifier(key, configuration)) }
        let signer = try ArchiveFiles.signer(key, configuration)
        let (names, watch) = (topic, watch)
        let segmentBytes = configuration[Configuration.segmentBytes]
        try WorkerCommand.run(configuration, "archive", isService: watch, drains: !watch) { workforce in
            let topics = try names.isEmpty ? workforce.site.topics.all : names.map(workforce.site.topic)
            return [
                workforce.archive(topics, isOnePass: !watch) {
                    try ArchiveWriter(path: path, signer: signer, segmentBytes: segmentBytes)
                }
            ]
        }
        try Self.report(path)
    }

    /// What the archive holds now.
    private static func report(_ path: String) throws {
        let reader = try ArchiveReader(path: path)
        print(ArchiveTable.lines(reader).joined(separator: "\n"))
        let tree = reader.manifest.tree
        let signed = reader.checkpoint.flatMap { try? ArchiveCheckpoint.unverified($0) }
        let sentence =
            signed.map { "the checkpoint of \($0.origin) covers \($0.size)" }
            ?? "there is no checkpoint (--key signs one)"
        Say.line("\(tree.count) records in \(reader.manifest.entries.count) segments in \(path); \(sentence).")
    }

    private static func check(_ path: String, _ key: NoteVerifier?) throws {
        let reader = try ArchiveReader(path: path)
        let check = ArchiveCheck(reader, key: key)
        for problem in check.problems { Say.line("\(problem.kind.rawValue): \(problem.description)") }
        let entries = reader.manifest.entries
        var sentence = "\(check.segments) of \(entries.count) segments with \(check.records) records are sound"
        if let signed = check.signed {
            let after = max(0, reader.manifest.tree.count - signed)
            sentence += "; the checkpoint covers \(signed) records" + (after > 0 ? ", \(after) came after it" : "")
            sentence +=
                check.isVerified
                ? " and its signature is true" : ", but its signature was not verified (--key FILE.pub)"
        } else if reader.checkpoint == nil {
            sentence += "; nothing is signed"
        }
        Say.line(sentence + ".")
        if check.problems.contains(where: { $0.kind != .stray && $0.kind != .gap }) {
            throw CommandFailure(status: .failed, message: nil)
        }
    }
}

/// What an archive holds, a line for each partition.
enum ArchiveTable {
    static func lines(_ reader: ArchiveReader) -> [String] {
        let partitions = Set(reader.manifest.entries.map(\.partition)).sorted()
        let rows = partitions.map { partition in
            let entries = reader.manifest.entries(of: partition)
            return [
                partition.topic, "\(partition.partition)", "\(entries.first?.first ?? 0)", "\(entries.last?.next ?? 0)",
                "\(entries.reduce(0) { $0 + $1.records })", "\(entries.count)",
                "\(entries.reduce(0) { $0 + $1.bytes })",
            ]
        }
        return ColumnTable(
            ["topic", "partition", "first", "next", "records", "segments", "bytes"], rightAligned: [1, 2, 3, 4, 5, 6]
        ).lines(rows)
    }
}

import Foundation
import Kafka
import Logging
import Testing
import TopicLog

/// A broker whose topics hold a few bulletins, read, enriched and stored, and an archive of them all:
/// what the tests of audit and replay look at together. They write to topics of other prefixes only.
final class BrokerSite: Sendable {
    /// The site of the suite that runs.
    @TaskLocal static var current: BrokerSite?

    static let samples = URL(filePath: #filePath).appending(path: "../../../Config/samples").standardized.path

    private let broker: TestBroker
    /// Sees the records themselves, beside the commands.
    let log: any TopicLog
    /// A directory for what tests write; `data` and `archive` are in it.
    let place: URL

    init() throws {
        broker = try TestBroker()
        place = try Program.directory()
        log = try KafkaLog(
            properties: ["bootstrap.servers": broker.address],
            logger: Logger(label: "broker.test") { _ in SwiftLogNoOpLogHandler() })
        do { try fill() } catch {
            stop()
            throw error
        }
    }

    func stop() {
        log.close()
        broker.stop()
        try? FileManager.default.removeItem(at: place)
    }

    /// One bulletin in another encoding, one that is none, and an article that is none and that has
    /// what a record may have: no key, no value, a header twice and once without a value.
    private func fill() throws {
        let samples = try FileManager.default.contentsOfDirectory(atPath: Self.samples).sorted()
        let files = samples.map { Self.samples + "/" + $0 }
        let other = place.appending(path: "other-encoding.md")
        let text = "# 青禾镇2023年公报\n\n2023年，全镇完成投资3.6亿元，比上年增长12.5%。\n"
        try Data(Self.gb18030(text)).write(to: other)
        let bad = place.appending(path: "no-text.bin")
        try Data([0xFF, 0xFF, 0x80]).write(to: bad)
        let produced = try run(["produce"] + files + [other.path, bad.path, "--set", "batch.records=2"])
        try #require(produced.status == 3, "\(produced.errors)")
        try append([
            Outgoing(
                topic: topic("articles"), partition: 1, key: nil, value: nil,
                headers: [Header("twice", ""), Header("twice", bytes: nil)])
        ])
        for command in ["enrich", "sink"] {
            let outcome = try run([command, "--until-caught-up"])
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        let key = try Program.run(["audit", "key", "--name", "example.org/broker", "--output", keyFile])
        try #require(key.status == 0, "\(key.errors)")
        let archived = try run(["audit", "archive", archive, "--key", keyFile])
        try #require(archived.status == 0, "\(archived.errors)")
    }

    private static func gb18030(_ text: String) throws -> [UInt8] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["--from-code", "UTF-8", "--to-code", "GB18030"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return Array(bytes)
    }

    // MARK: - Names

    static let shortNames = ["articles", "bulletins", "dead-letters", "indicators"]

    var data: String { place.appending(path: "data").path }
    var database: String { data + "/gongbao.sqlite" }
    var archive: String { place.appending(path: "archive").path }
    var keyFile: String { place.appending(path: "key").path }

    /// How the topics and groups of the bulletins begin.
    var prefix: String { broker.prefix }

    /// A prefix for topics that no other test writes to.
    func otherPrefix() -> String { "\(prefix)c\(UInt32.random(in: 0 ... .max))." }

    func topic(_ name: String, of prefix: String? = nil) -> String { (prefix ?? self.prefix) + name }

    // MARK: - Commands

    /// A command's arguments with those that lead to the broker.
    func arguments(_ arguments: [String]) -> [String] { arguments + broker.options + ["--data", data] }

    /// Runs a command to its end; options that are given here win over those of the broker.
    func run(_ command: [String], set: [String] = []) throws -> Program.Outcome {
        try Program.run(arguments(command) + set.flatMap { ["--set", $0] })
    }

    // MARK: - Records

    /// What every partition of a topic has, in order; nothing where there is no such topic.
    func records(_ topic: String) throws -> [Int32: [Record]] {
        let partitions = try log.admin.describe([topic]).flatMap { description in
            (0..<Int32(description.partitions)).map { TopicPartition(topic, $0) }
        }
        let marks = try log.admin.watermarks(partitions)
        var records = Dictionary(uniqueKeysWithValues: partitions.map { ($0.partition, [Record]()) })
        let open = marks.filter { $0.value.low < $0.value.high }
        guard !open.isEmpty else { return records }
        let consumer = try log.consumer(ConsumerSettings(.partitions(open.mapValues(\.low))))
        defer { consumer.close() }
        let limit = BatchLimit(records: 1000, bytes: 32 << 20, wait: .milliseconds(100))
        while !open.allSatisfy({ (consumer.position($0.key) ?? 0) >= $0.value.high }) {
            for record in try consumer.poll(limit).records { records[record.partition.partition]?.append(record) }
        }
        return records
    }

    /// All records of a topic, of whichever partition.
    func all(_ topic: String) throws -> [Record] { try records(topic).sorted { $0.key < $1.key }.flatMap(\.value) }

    /// Writes records in one transaction.
    func append(_ records: [Outgoing]) throws {
        let producer = try log.producer(transactionalID: "\(prefix)test-\(UInt32.random(in: 0 ... .max))")
        defer { producer.close() }
        try producer.transact(records, consumed: nil)
    }

    /// The next offsets of all partitions of topics.
    func ends(_ topics: [String]) throws -> [TopicPartition: Int64] {
        let partitions = try log.admin.describe(topics).flatMap { description in
            (0..<Int32(description.partitions)).map { TopicPartition(description.name, $0) }
        }
        return try log.admin.watermarks(partitions).mapValues(\.high)
    }

    /// The groups of this site with what they have committed.
    func groups() throws -> [String: [TopicPartition: Int64]] {
        let names = try log.admin.groups().filter { $0.hasPrefix(prefix) }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try log.admin.groupOffsets($0)) })
    }
}

/// Gives the tests of a suite one site, for as long as they run.
struct OnBroker: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let site = try BrokerSite()
        defer { site.stop() }
        try await BrokerSite.$current.withValue(site) { try await function() }
    }
}

/// A record without the place where it stands.
struct RecordContent: Hashable {
    let key: [UInt8]?
    let value: [UInt8]?
    let headers: [Header]
    let timestamp: Timestamp

    /// - Parameter isOwn: which headers count.
    init(_ record: Record, headers isOwn: (Header) -> Bool = { _ in true }) {
        (key, value, timestamp) = (record.key, record.value, record.timestamp)
        headers = record.headers.filter(isOwn)
    }
}

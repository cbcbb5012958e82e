import BulletinModel
import EmbeddedLog
import Foundation
import Operations
import Reading
import Store
import TopicLog
import Workers

/// Looks whether the configuration, the log and the database fit together, and changes
/// nothing: no topic, no group, no file is made.
struct ConfigurationCheck {
    /// What must be changed before workers can run, one sentence each.
    private(set) var problems: [String] = []

    private let configuration: Configuration
    private let topics: Topics
    private let tell: (String) -> Void

    /// Checks nothing yet; what is found is told line by line.
    init(_ configuration: Configuration, tell: @escaping (String) -> Void) {
        self.configuration = configuration
        self.tell = tell
        topics = Topics(prefix: configuration[Configuration.topicPrefix])
    }

    /// Checks everything, whatever fails first.
    mutating func run() {
        checkFile()
        attempt { check in check.tell("lexicon: \(try LexiconFiles.load(check.configuration).digest)") }
        checkPdf()
        attempt { check in
            if check.configuration[Configuration.brokers].isEmpty {
                try check.checkEmbedded()
            } else {
                try check.checkKafka()
            }
        }
        attempt { try $0.checkDatabase() }
    }

    private mutating func attempt(_ body: (inout Self) throws -> Void) {
        do {
            try body(&self)
        } catch let failure as CommandFailure {
            problems.append(failure.message ?? "it failed.")
        } catch {
            problems.append(ExitStatus.final("\(error)"))
        }
    }

    /// Without what reads PDF files everything else can be read, so this is no problem.
    private func checkPdf() {
        do throws(DecodeError) {
            tell("PDF files: read through \(try PdfToText().reader.version())")
        } catch {
            tell("PDF files: not read. \(error.message)")
        }
    }

    private mutating func checkFile() {
        tell("configuration: in order")
        for (name, nearest) in configuration.unknownVariables {
            let hint = nearest.map { "; did you mean \($0)?" } ?? ""
            tell("  note: the environment variable \(name) is no setting and is ignored\(hint)")
        }
        for property in configuration.secretProperties.sorted() {
            guard let origin = configuration.kafkaOrigins[property], isPlain(property) else { continue }
            tell("  note: \(origin): \(property) is a secret; keep it in a file named under kafka.secrets")
        }
        let inbox = configuration[Configuration.inbox]
        if !inbox.isEmpty, (try? FileManager.default.contentsOfDirectory(atPath: inbox)) == nil {
            let origin = configuration.origin(of: Configuration.inbox)
            problems.append("\(origin): producer.inbox is \(inbox), which is no directory that can be read.")
        }
    }

    /// Whether a secret stands in the configuration itself.
    private func isPlain(_ property: String) -> Bool { !configuration.secretFiles.contains(property) }

    private mutating func checkEmbedded() throws {
        let path = LogOpener.embeddedLogPath(configuration)
        guard FileManager.default.fileExists(atPath: path) else {
            tell("log: embedded, \(path) will be made")
            try requireWritable(directoryOf: path)
            return
        }
        let glance = try EmbeddedLog.glance(path)
        tell("log: embedded, \(path)\(glance.isOlder ? ", of an older version; it will be upgraded" : "")")
        if glance.isOlder { return }
        for topic in topics.all {
            tell("  \(topic): " + (glance.topics[topic].map { "\($0) partitions" } ?? "will be made"))
        }
    }

    private mutating func checkKafka() throws {
        let site = try Site(configuration, logger: configuration.briefLogger)
        defer { site.close() }
        let found = try site.log.admin.describe(topics.all)
        tell("log: Kafka at \(configuration[Configuration.brokers])")
        let advice = TopicAdvice(largestRecord: site.largestRecord)
        for topic in topics.all {
            guard let description = found.first(where: { $0.name == topic }) else {
                problems.append("the topic \(topic) does not exist; gongbao topics create makes it.")
                continue
            }
            let (notes, problems) = advice.about(description)
            tell("  \(topic): \(description.partitions) partitions")
            notes.forEach { tell("    note: \($0)") }
            self.problems += problems
        }
        for (group, _) in site.groups {
            attempt { check in
                let offsets = try site.log.admin.groupOffsets(group)
                let state = offsets.isEmpty ? "new" : "has read \(offsets.count) partitions"
                check.tell("  group \(group): permitted, \(state)")
            }
        }
    }

    private mutating func checkDatabase() throws {
        let address = try LogOpener.database(configuration)
        if case .file(let path) = address, !FileManager.default.fileExists(atPath: path) {
            tell("database: \(path) will be made")
            try requireWritable(directoryOf: path)
            return
        }
        let place = address.location
        let missing = try BulletinStore.missingPermissions(address)
        let store: BulletinStore
        do {
            store = try BulletinStore(reading: address)
        } catch let error as Failure where error.code == "older_database" {
            tell("database: \(place), of an older version; the next sink upgrades it")
            return
        } catch let error as Failure where error.code == "no_database" && missing != nil {
            tell("database: \(place), without tables; the first sink makes them")
            report(missing ?? [], place)
            return
        }
        defer { store.close() }
        let counts = try store.counts()
        tell(
            "database: \(place), schema \(try store.schemaVersion()), \(counts.bulletins) bulletins, "
                + "\(counts.indicators) indicators")
        report(missing ?? [], place)
    }

    private mutating func report(_ missing: [String], _ place: String) {
        if missing.isEmpty { return }
        problems.append(
            "this user lacks permissions in the database \(place): \(Say.list(missing)); grant them, or "
                + "let the owner of the tables work.")
    }

    /// The nearest directory that exists must let this user make what is missing.
    private func requireWritable(directoryOf path: String) throws {
        var directory = URL(filePath: path).standardizedFileURL.deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: directory.path), directory.pathComponents.count > 1 {
            directory.deleteLastPathComponent()
        }
        guard FileManager.default.isWritableFile(atPath: directory.path) else {
            throw CommandFailure.failed("\(path) cannot be made: this user may not write to \(directory.path).")
        }
    }
}

/// What speaks against a topic's settings.
struct TopicAdvice {
    /// The largest record in bytes that workers may write.
    let largestRecord: Int

    /// Notes on what may be meant so, and what would lose or refuse records.
    func about(_ topic: TopicDescription) -> (notes: [String], problems: [String]) {
        var notes: [String] = []
        var problems: [String] = []
        func number(_ name: String) -> Int64? { topic.configuration[name].flatMap { Int64($0) } }
        if let limit = number("max.message.bytes"), limit < largestRecord {
            problems.append(
                "the topic \(topic.name) takes records of \(limit) bytes, but bulletins of producer.largest need "
                    + "\(largestRecord); raise its max.message.bytes, or lower producer.largest.")
        }
        if let policy = topic.configuration["cleanup.policy"], policy != "delete" {
            problems.append(
                "the topic \(topic.name) has cleanup.policy \(policy), which drops records that share a key; set it "
                    + "to delete.")
        }
        if let time = number("retention.ms"), time >= 0 {
            notes.append("records are deleted after \(time / 3_600_000) h (retention.ms); figures are proven from them")
        }
        if let bytes = number("retention.bytes"), bytes >= 0 {
            notes.append("records are deleted beyond \(bytes) bytes (retention.bytes); figures are proven from them")
        }
        return (notes, problems)
    }
}

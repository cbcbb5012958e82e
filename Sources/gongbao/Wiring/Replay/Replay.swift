import Audit
import BulletinModel
import Foundation
import Operations
import Reading
import TopicLog
import Workers

/// One replay: what is read, and where it goes.
final class Replay {
    private let command: ReplayCommand
    let configuration: Configuration
    let topics: Topics
    /// The log that is read.
    let source: any TopicLog
    /// The log that is written, opened where it is another or first needed.
    private var site: Site?
    private(set) var span: ReplaySpan
    private var resume: ReplayResume?
    private var renewal: Renewal?
    let damage = Counter()
    private var rejected = 0
    private var renewed = 0

    init(_ command: ReplayCommand, _ configuration: Configuration) throws {
        self.command = command
        self.configuration = configuration
        topics = Topics(prefix: configuration[Configuration.topicPrefix])
        if let path = command.archive {
            let reader = try ArchiveReader(path: path)
            let damage = damage
            for line in reader.manifest.damage {
                ExitStatus.complain("line \(line.line) of \(path)/manifest \(line.reason).")
                damage.count()
            }
            if reader.manifest.damage.isEmpty, let problem = reader.checkpointProblem {
                ExitStatus.complain("\(path)/\(problem.description)")
                damage.count()
            }
            source = ArchiveLog(reader) { problem in
                ExitStatus.complain("\(path)/\(problem.description)")
                damage.count()
            }
        } else {
            let opened = try Site(configuration, logger: configuration.logger("gongbao"))
            site = opened
            source = opened.log
        }
        let names = try Self.names(command.topic, topics, source)
        span = try ReplaySpan(
            in: source, topics: names, partitions: command.partition.isEmpty ? nil : command.partition,
            from: ReplayBound(command.from) ?? .earliest, to: ReplayBound(command.to) ?? .latest)
    }

    func close() { site?.close() }

    func run() throws {
        if command.dryRun { return describe() }
        if let path = command.intoDatabase { return try fill(path) }
        if command.intoTopic == nil && command.intoPrefix == nil && !command.enrich { return try printLines() }
        if command.enrich { try checkEnriching() }
        if command.renew { return try renew() }
        var target = try target()
        if command.enrich { target = try enriching(target) }
        try send(to: target)
        try tellDamage()
    }

    /// Reads again what another engine or other tables have read, into the workers' own topic. Sinks replace the figures
    /// of an article as a whole when its closing record comes; figures that stay keep their identifiers.
    private func renew() throws {
        let site = try openSite()
        // The producer comes first: it ends what an earlier renewal left open.
        let producer = try site.log.producer(transactionalID: site.name("renew"))
        let renewal = try Renewal(
            site.log, indicators: topics.indicators, engine: try Engine.configured(configuration).engineVersion)
        self.renewal = renewal
        try send(to: try enriching(TopicsTarget(producer: producer, names: [:], isVerbatim: false)))
        ExitStatus.complain(
            renewed == 0
                ? "Every article is read by this engine and these tables already."
                : "\(renewed) article\(renewed == 1 ? " was" : "s were") read again; the sink brings the database up to date."
        )
        try tellDamage()
    }

    private func tellDamage() throws {
        if damage.value > 0 || rejected > 0 { throw CommandFailure.someRejected }
    }

    /// Short names get the prefix; `all` is those of the four that exist.
    private static func names(_ given: [String], _ topics: Topics, _ log: any TopicLog) throws -> [String] {
        let short = Dictionary(
            uniqueKeysWithValues: zip(["bulletins", "articles", "indicators", "dead-letters"], topics.all))
        var names: [String] = []
        for name in given {
            guard name == "all" else {
                names.append(short[name] ?? name)
                continue
            }
            let existing = try log.admin.describe(topics.all).map(\.name)
            guard !existing.isEmpty else {
                let others = try log.admin.describe(nil).map(\.name)
                throw CommandFailure.failed(
                    "There is no topic \(topics.bulletins) and no other of the four in \(log.features.backend), which has "
                        + "\(others.isEmpty ? "none" : Say.list(others)); set topics.prefix.")
            }
            names += existing
        }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func describe() {
        let rows = span.begin.keys.sorted().map { partition in
            let (begin, end) = (span.begin[partition] ?? 0, span.end[partition] ?? 0)
            return [
                partition.topic, "\(partition.partition)", "\(begin)", "\(end)", "\(max(0, end - begin))",
            ]
        }
        let table = ColumnTable(["topic", "partition", "from", "to", "offsets"], rightAligned: [1, 2, 3, 4])
        print(table.lines(rows).joined(separator: "\n"))
        Say.line("At most \(span.count) records would be read.")
    }

    // MARK: - Sending

    /// Records as lines on standard output, straight from the log's memory.
    private func printLines() throws {
        try LineReplay(source: source, key: command.key.map { Array($0.utf8) }).run(span)
        try tellDamage()
    }

    private func send(to target: any ReplayTarget) throws {
        let progress = ReplayProgress(total: span.count)
        let wanted = command.key.map { Array($0.utf8) }
        // Articles become many records each, and topics take a batch in one transaction.
        let isDirect = command.intoTopic == nil && command.intoPrefix == nil && !command.renew
        let records = isDirect ? 20_000 : 10 * configuration[Configuration.batchRecords]
        let limit = BatchLimit(
            records: records, bytes: configuration[Configuration.batchBytes], wait: .milliseconds(200))
        var before: Int64 = 0
        try span.read(source, limit: limit) { records, done in
            let wanted = wanted.map { key in records.filter { $0.key == key } } ?? records
            var chosen = resume?.missing(wanted) ?? wanted
            if let renewal { chosen = renewal.due(chosen) }
            renewed += chosen.count
            if !chosen.isEmpty { try target.write(chosen) }
            progress.show(records: records.count, sent: chosen.count, done: done - before)
            before = done
        }
        try target.finish()
        progress.finish()
    }

    private func target() throws -> any ReplayTarget {
        guard command.intoTopic != nil || command.intoPrefix != nil else { return LinesTarget() }
        let site = try openSite()
        let names = try targetNames()
        try prepare(site, names)
        let producer = try site.log.producer(
            transactionalID: site.name("replay") + "-" + (command.intoTopic ?? command.intoPrefix ?? ""))
        if command.resume { try goOn(site.log, names) }
        return TopicsTarget(producer: producer, names: names, isVerbatim: command.verbatim)
    }

    /// Leaves out what the target has. The producer has been made before, so that nothing which an
    /// earlier replay left open can still appear.
    private func goOn(_ log: any TopicLog, _ names: [String: String]) throws {
        let resume = try ReplayResume(
            log, names: names, written: command.enrich ? enrichedTopic : nil, isVerbatim: command.verbatim)
        span = span.starting(at: resume.next)
        self.resume = resume
        ExitStatus.complain("The target has \(resume.count) records already; the replay goes on after them.")
    }

    private func openSite() throws -> Site {
        if let site { return site }
        let opened = try Site(configuration, logger: configuration.logger("gongbao"))
        site = opened
        return opened
    }

    /// For each topic that is read the one that is written.
    private func targetNames() throws -> [String: String] {
        let prefix = configuration[Configuration.topicPrefix]
        var names: [String: String] = [:]
        for topic in Set(span.begin.keys.map(\.topic)).sorted() {
            let rest = topic.hasPrefix(prefix) ? String(topic.dropFirst(prefix.count)) : topic
            let name = command.intoTopic ?? (command.intoPrefix ?? "") + rest
            if command.archive == nil && !command.enrich && name == topic {
                throw CommandFailure.usedWrongly(
                    "\(topic) cannot be replayed into itself; give another prefix or topic.")
            }
            if let other = names.first(where: { $0.value == name })?.key {
                throw CommandFailure.usedWrongly(
                    "\(other) and \(topic) would both go into \(name); replay one of them.")
            }
            names[topic] = name
        }
        return names
    }

    /// Creates what is missing, with as many partitions as the source has.
    private func prepare(_ site: Site, _ names: [String: String]) throws {
        if command.enrich {
            try site.createTopics([enrichedTopic: configuration[Configuration.partitions]])
            return
        }
        let counts = try source.admin.describe(Array(names.keys))
        try site.createTopics(
            Dictionary(uniqueKeysWithValues: counts.map { (names[$0.name] ?? $0.name, $0.partitions) }))
        for topic in counts {
            guard let name = names[topic.name], let made = try site.log.admin.describe([name]).first else { continue }
            guard made.partitions >= topic.partitions else {
                throw CommandFailure.failed(
                    "\(name) has \(made.partitions) partitions but \(topic.name) has \(topic.partitions); records keep "
                        + "their partition, so give another prefix or topic.")
            }
            guard command.verbatim && !command.resume else { continue }
            let marks = try site.log.admin.watermarks((0..<Int32(made.partitions)).map { TopicPartition(name, $0) })
            guard marks.values.allSatisfy({ $0.high == 0 }) else {
                throw CommandFailure.failed(
                    "\(name) is not empty; --verbatim fills new topics, so give another prefix or topic, or go on "
                        + "with --resume where a replay was ended.")
            }
        }
    }

    private var enrichedTopic: String {
        command.intoTopic ?? Topics(prefix: command.intoPrefix ?? configuration[Configuration.topicPrefix]).indicators
    }

    private func checkEnriching() throws {
        let read = Set(span.begin.keys.map(\.topic))
        // Other names may be copies of the articles.
        if let other = topics.all.first(where: { read.contains($0) && $0 != topics.articles }) {
            throw CommandFailure.usedWrongly("--enrich reads articles and not \(other); give --topic articles.")
        }
        let isIntoTopics = command.intoTopic != nil || command.intoPrefix != nil
        if isIntoTopics, command.archive == nil, enrichedTopic == topics.indicators {
            throw CommandFailure.usedWrongly(
                "\(topics.indicators) has the indicators of the workers; give another prefix or topic.")
        }
    }

    private func enriching(_ next: any ReplayTarget) throws -> any ReplayTarget {
        let engine = EngineReader(reading: try Engine.configured(configuration))
        let prefix = command.intoPrefix ?? configuration[Configuration.topicPrefix]
        return EnrichmentTarget(
            enrichment: Enrichment(reader: engine, topics: Topics(prefix: prefix)), topic: enrichedTopic, next: next
        ) { [self] record, failure in
            ExitStatus.complain("\(record.partition) offset \(record.offset): \(failure.message)")
            rejected += 1
        }
    }
}

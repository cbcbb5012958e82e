import Foundation
import Store
import TopicLog

/// What is taken away on Kafka.
enum KafkaTaking: String, CaseIterable {
    /// The oldest records of a topic, as retention takes them, while nobody works.
    case trim
    /// Records that a worker has not read yet, while nobody works.
    case trimUnread = "trim of unread"
    /// Records of the indicators topic under a sink that waits for a locked database.
    case trimLocked = "trim under a locked database"
    /// A topic, made again with as many partitions, while nobody works.
    case anew
    /// The same under running workers.
    case anewLive = "anew under workers"
    /// A topic, made again with more partitions, while nobody works.
    case grown
    /// Nothing: a topic gets more partitions under running workers.
    case grownLive = "grown under workers"
    /// The database: the file of an earlier day is put back.
    case oldDatabase = "old database"
    /// Nothing: a record that no worker can use is put among the good ones.
    case hostile = "hostile record"
}

/// Takes things away between the disturbances, and knows what must be told of it.
extension KafkaChaos {
    /// Whether each of the two must say that records are lost; nil where it may.
    private struct Telling {
        var enrich: Bool?
        var sink: Bool?
    }

    private var topicNames: [String] {
        ["bulletins", "articles", "indicators", "dead-letters"].map { "\(name).\($0)" }
    }
    private var group: String { name + "-enrich" }
    private var yesterday: URL { folder.appending(path: "yesterday") }

    /// Takes something away, sees that it is told if and only if it must be, and brings all to agree again.
    func takeAway() throws {
        let kind = takings.next(using: &random)
        say("taking: \(kind.rawValue)")
        guard FileManager.default.fileExists(atPath: database.database) else { return takings.postpone(kind) }
        let topic = topicNames[Int.random(in: 0..<topicNames.count, using: &random)]
        let done: Bool
        switch kind {
        case .hostile:
            let record = HostileRecord(number: hostile.count, using: &random)
            try patiently { try record.write(to: log, prefix: name + ".") }
            hostile.append(record)
            return takings.note(kind)
        case .grownLive: done = try grow(topic)
        case .anewLive: done = try underWorkers { try makeAnew(topic, more: 0).sink ?? false }
        case .trimLocked: done = try trimLocked()
        case .trim, .trimUnread, .anew, .grown, .oldDatabase:
            try halt()
            guard let telling = try take(kind, topic) else {
                muster()
                return takings.postpone(kind)
            }
            try expect(telling)
            takings.note(kind, telling.enrich == true || telling.sink == true ? "told" : "harmless")
            return try goOn()
        }
        if done { takings.note(kind) } else { takings.postpone(kind) }
    }

    /// What is left when everything was offered: the fleet ends as an operator ends it, and all is brought to agree.
    func finishAfterTakings() throws {
        try offer(bulletins.count)
        try pass(10)
        try halt(SIGTERM)
        try takings.requireAll(of: settings.takings)
        try settle()
    }

    // MARK: - While nobody works

    private func take(_ kind: KafkaTaking, _ topic: String) throws -> Telling? {
        switch kind {
        case .trim:
            let partitions = try self.partitions([topic])
            let bounds = try log.admin.watermarks(partitions).filter { $0.value.low < $0.value.high }
            guard let partition = bounds.keys.sorted().randomElement(using: &random), let bound = bounds[partition]
            else { return nil }
            return try trim(partition, before: Int64.random(in: bound.low + 1...bound.high, using: &random))
        case .trimUnread:
            var unread: [TopicPartition: Int64] = [:]
            for progress in try [sinkProgress(), enrichProgress()] { unread.merge(progress, uniquingKeysWith: min) }
            let bounds = try log.admin.watermarks(unread.keys.sorted())
            let candidates = unread.keys.sorted().filter { unread[$0] ?? 0 < bounds[$0]?.high ?? 0 }
            guard let partition = candidates.randomElement(using: &random), let next = unread[partition],
                let bound = bounds[partition]
            else { return nil }
            return try trim(partition, before: Int64.random(in: next + 1...bound.high, using: &random))
        case .anew: return try makeAnew(topic, more: 0)
        case .grown: return try makeAnew(topic, more: 2)
        case .oldDatabase: return try restoreDatabase()
        default: return nil
        }
    }

    private func trim(_ partition: TopicPartition, before offset: Int64) throws -> Telling {
        say("\(partition) trimmed before \(offset)")
        let (sink, enrich) = (try sinkProgress()[partition], try enrichProgress()[partition])
        try patiently { try log.admin.deleteRecords(before: [partition: offset]) }
        return Telling(enrich: enrich.map { $0 < offset } ?? false, sink: sink.map { $0 < offset } ?? false)
    }

    private func makeAnew(_ topic: String, more: Int) throws -> Telling {
        guard let found = try log.admin.describe([topic]).first else { throw Finding("there is no topic \(topic)") }
        say("\(topic) made anew with \(found.partitions + more) partitions")
        let sink = try sinkProgress().contains { $0.key.topic == topic && $0.value > 0 }
        try patiently { try log.admin.delete([topic]) }
        try patiently {
            try log.admin.create([TopicSpecification(name: topic, partitions: found.partitions + more)])
        }
        // The broker forgets a group's offsets together with their topic.
        let enrich = try enrichProgress().contains { $0.key.topic == topic && $0.value > 0 }
        return Telling(enrich: enrich, sink: sink)
    }

    private func restoreDatabase() throws -> Telling? {
        guard FileManager.default.fileExists(atPath: yesterday.path) else { return nil }
        for suffix in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: database.database + suffix)
            let old = yesterday.appending(path: "gongbao.sqlite").path + suffix
            if FileManager.default.fileExists(atPath: old) {
                try FileManager.default.copyItem(atPath: old, toPath: database.database + suffix)
            }
        }
        let progress = try sinkProgress()
        let bounds = try log.admin.watermarks(progress.keys.sorted())
        return Telling(
            enrich: false,
            sink: progress.contains { $0.value < bounds[$0.key]?.low ?? 0 || $0.value > bounds[$0.key]?.high ?? 0 })
    }

    // MARK: - Under running workers

    /// Adds a partition to a topic in use: nothing is lost, so nothing may be told, and what is offered then arrives.
    private func grow(_ topic: String) throws -> Bool {
        guard let found = try log.admin.describe([topic]).first else { return false }
        say("\(topic) grows to \(found.partitions + 1) partitions")
        try TopicGrowth(brokers: settings.brokers).grow(topic, to: found.partitions + 1)
        let before = try stored()
        let more = (0..<8).map { GeneratedBulletin(bulletins.count + $0, using: &random) }
        bulletins += more
        try offer(bulletins.count)
        try waitUntil("bulletins offered after \(topic) grew are stored", within: 120) {
            try stored() >= before + more.count { !$0.quotes.isEmpty }
        }
        return true
    }

    /// Takes something away from running workers, and waits until one of them says so.
    private func underWorkers(_ take: () throws -> Bool) throws -> Bool {
        told = []
        defer { told = nil }
        guard try take() else {
            try goOn()
            return false
        }
        try waitUntil("a worker says that records are lost", within: 120) { told?.isEmpty == false }
        try goOn()
        return true
    }

    /// Trims the indicators under sinks that wait for a locked database. What they hold in memory they still store; so
    /// either one of them tells a loss, or nothing is lost.
    private func trimLocked() throws -> Bool {
        let topic = name + ".indicators"
        try database.begin(.locked, for: 12)
        let more = (0..<20).map { GeneratedBulletin(bulletins.count + $0, using: &random) }
        bulletins += more
        try offer(bulletins.count)
        try pass(9)
        told = []
        defer { told = nil }
        let highs = try log.admin.watermarks(try partitions([topic])).mapValues(\.high)
        let isBehind = try sinkProgress().contains { $0.value < highs[$0.key] ?? 0 }
        try patiently { try log.admin.deleteRecords(before: highs) }
        try database.end(.locked)
        try waitUntil("a sink says that records are lost, or has stored them", within: 120) {
            let progress = try sinkProgress()
            return told?.isEmpty == false || highs.allSatisfy { progress[$0.key] ?? 0 >= $0.value }
        }
        if told?.isEmpty == true {
            try halt()
            try expect(Telling(enrich: false, sink: false))
            let said = try require(["repair", "--dry-run"])
            guard said.contains("agree") else { throw Finding("records were lost, and nobody told it: \(said)") }
        }
        try goOn()
        return isBehind
    }

    // MARK: - What comes after

    /// Ends the fleet, brings everything to agree, keeps the database and has the fleet begin again.
    private func goOn() throws {
        try halt()
        try settle()
        try? FileManager.default.removeItem(at: yesterday)
        try FileManager.default.createDirectory(at: yesterday, withIntermediateDirectories: true)
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: database.database + suffix) {
            try FileManager.default.copyItem(
                atPath: database.database + suffix, toPath: yesterday.path + "/gongbao.sqlite" + suffix)
        }
        muster()
    }

    /// Runs the two readers to the end, and holds what they say to what they must say.
    private func expect(_ telling: Telling) throws {
        for (kind, must) in [("enrich", telling.enrich), ("sink", telling.sink)] {
            let worker = try command([kind, "--until-caught-up"])
            let isTold = worker.process.terminationStatus != 0 && worker.lastWords.contains("--accept-gap")
            guard isTold || worker.process.terminationStatus == 0 else { throw Finding(worker.lastWords) }
            guard let must else { continue }
            guard isTold == must else {
                throw Finding(
                    isTold ? "told, though nothing is lost: \(worker.lastWords)" : "\(kind) does not tell a loss")
            }
        }
    }

    /// Goes on without what is gone, offers everything again, repairs, and sees that nothing is amiss then.
    private func settle() throws {
        func through(_ accepting: [String]) throws {
            try require(["enrich", "--until-caught-up"] + accepting)
            try require(["sink", "--until-caught-up"] + accepting)
        }
        try require(["produce", "--inbox", inbox.path])
        try through(["--accept-gap"])
        try require(["repair"])
        try through([])
        let said = try require(["repair", "--dry-run"])
        guard said.contains("agree") else { throw Finding("after a repair: \(said)") }
    }

    @discardableResult private func require(_ arguments: [String]) throws -> String {
        let worker = try command(arguments)
        guard [0, 3].contains(worker.process.terminationStatus) else { throw Finding(worker.lastWords) }
        return worker.said
    }

    private func waitUntil(_ what: String, within seconds: Double, _ isSo: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while try !isSo() {
            guard ContinuousClock.now < deadline else { throw Finding("not within \(Int(seconds)) s: \(what)") }
            try pass(0.3)
        }
    }

    /// Tries again while the broker is busy with what was asked of it before.
    private func patiently(_ body: () throws -> Void) throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do { return try body() } catch let error as Failure where error.kind == .transient {
                guard ContinuousClock.now < deadline else { throw error }
                usleep(200_000)
            }
        }
    }

    private func partitions(_ topics: [String]) throws -> [TopicPartition] {
        try log.admin.describe(topics).flatMap { topic in
            (0..<topic.partitions).map { TopicPartition(topic.name, Int32($0)) }
        }.sorted()
    }

    private func stored() throws -> Int {
        let store = try BulletinStore(reading: database.database)
        defer { store.close() }
        return try store.counts().bulletins
    }

    private func sinkProgress() throws -> [TopicPartition: Int64] {
        let store = try BulletinStore(reading: database.database)
        defer { store.close() }
        return Dictionary(
            try store.progress().map { (TopicPartition($0.topic, $0.partition), $0.offset) }, uniquingKeysWith: { $1 })
    }

    private func enrichProgress() throws -> [TopicPartition: Int64] { try log.admin.groupOffsets(group) }
}

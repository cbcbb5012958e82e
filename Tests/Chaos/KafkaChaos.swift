import Foundation
import Kafka
import Logging
import Operations
import Store
import TopicLog

/// Breaks a producer, enrichment workers and sinks that run as processes on Kafka.
final class KafkaChaos {
    /// What is done next.
    enum Step {
        /// SIGKILL, and another one at once or some time after the group has missed it.
        case kill
        /// SIGSTOP until the group has thrown it out, then SIGCONT; half of the time another one of
        /// the same name has started meanwhile, so that the first is a zombie.
        case freeze
        /// One more worker, which leaves again when told to.
        case join
        /// SIGKILL or SIGTERM to the broker, and a new start.
        case broker
        case database(DatabaseTrouble.Kind)
        /// Something is taken away, and brought back.
        case taking
    }

    let settings: Settings
    let folder: URL
    let inbox: URL
    let name: String
    let log: KafkaLog
    let database: DatabaseTrouble
    let broker: Broker?
    var random: Seeded
    var slots: [Slot]
    var bulletins: [GeneratedBulletin] = []
    var offered = 0
    var poisoned: [String] = []
    var tally: [String: Int] = [:]
    var recoveries: [Double] = []
    /// What workers said that ended by themselves without a reason known to the harness.
    var ended: [String] = []
    var zombies: [WorkerProcess] = []
    var takings = TakingSchedule<KafkaTaking>()
    var hostile: [HostileRecord] = []
    /// What workers said that stopped since records are lost; nil where none may say it.
    var told: [String]?
    private var due: [(at: ContinuousClock.Instant, action: () throws -> Void)] = []
    private var serial = 0
    private let portBase: Int
    let began = ContinuousClock.now
    lazy var poisoner = Result { try log.producer(transactionalID: name + "-poison") }

    init(_ settings: Settings, folder: URL) throws {
        self.settings = settings
        self.folder = folder
        inbox = folder.appending(path: "inbox")
        name = "chaos-\(settings.seed)-\(getpid())"
        random = Seeded(settings.seed)
        portBase = 20_000 + Int(getpid()) % 20_000
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        broker = settings.brokerCommand.map { Broker($0, errors: folder.appending(path: "broker.txt")) }
        log = try KafkaLog(
            properties: ["bootstrap.servers": settings.brokers, "transaction.timeout.ms": "10000"],
            logger: Logger(label: "chaos") { _ in SwiftLogNoOpLogHandler() })
        database = try DatabaseTrouble(folder: folder.appending(path: "database"))
        slots = [
            Slot("produce"), Slot("enrich", instance: "1"), Slot("enrich"), Slot("sink", instance: "1"), Slot("sink"),
        ]
    }

    /// Returns the summary.
    func wreak() throws -> String {
        let started = ContinuousClock.now
        bulletins = (0..<settings.bulletins).map { GeneratedBulletin($0, using: &random) }
        let plan = plan()
        try broker?.start()
        defer { broker?.stop(SIGTERM) }
        do {
            try gongbao(["topics", "create", "--set", "topics.partitions=4"], within: 60)
            defer { slots.forEach { $0.current?.kill9() } }
            defer { zombies.forEach { $0.kill9() } }
            try disturb(plan)
            try measureRecoveries()
            try settings.takings > 0 ? finishAfterTakings() : finish()
        } catch {
            database.finish(keeping: folder.appending(path: "database-kept"))
            throw error
        }
        let reference = folder.appending(path: "reference")
        _ = try EmbeddedChaos(settings: settings, folder: folder).run(inbox, reference)
        let contents = try Contents(log, database: database.database, prefix: name + ".", application: name)
        let expected = try Contents(directory: reference.path)
        let differences =
            settings.takings > 0
            ? contents.databaseDifferences(from: expected, bulletins: bulletins, hostile: hostile)
            : contents.differences(from: expected, bulletins: bulletins, poisoned: poisoned)
        database.finish(keeping: differences.isEmpty ? nil : folder.appending(path: "database-kept"))
        if let first = differences.first { throw Finding("\(differences.count) differences, the first: \(first)") }
        try? log.admin.delete(["bulletins", "articles", "indicators", "dead-letters"].map { "\(name).\($0)" })
        return summary(contents, started)
    }

    private func summary(_ contents: Contents, _ started: ContinuousClock.Instant) -> String {
        let counts = tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        var text = "Kafka, \(counts); \(bulletins.count) bulletins and \(poisoned.count) poisoned records "
        text += "(\(contents.records.count) records, \(contents.rows.count) rows): 0 missing, 0 duplicate"
        if takings.count > 0 { text += ", " + takings.text.dropLast(2) }
        if let slowest = recoveries.max() {
            text += String(
                format: "; %d recoveries, slowest %.1f s with a session timeout of %d s", recoveries.count, slowest,
                settings.session)
        }
        if !ended.isEmpty { text += "; started again by the harness: \(ended.joined(separator: " | "))" }
        return text + ", \(Int(started.duration(to: .now) / Duration.seconds(1))) s"
    }

    private func plan() -> [Step] {
        var plan = Array(repeating: Step.kill, count: settings.kills)
        plan += Array(repeating: .freeze, count: settings.freezes)
        plan += Array(repeating: .join, count: max(1, settings.kills / 10))
        if broker != nil { plan += Array(repeating: .broker, count: max(1, settings.kills / 20)) }
        let kinds = database.kinds
        plan += (0..<max(kinds.count, settings.kills / 10)).map { .database(kinds[$0 % kinds.count]) }
        plan += Array(repeating: .taking, count: settings.takings)
        return plan.shuffled(using: &random)
    }

    // MARK: the disturbed time

    private func disturb(_ plan: [Step]) throws {
        // The crew gets to work first.
        try pass(5)
        for (number, step) in plan.enumerated() {
            try offer(bulletins.count * (number + 1) / plan.count)
            if number % 10 == 3 { try poison() }
            try take(step)
            try pass(Double.random(in: 0.2...2, using: &random))
        }
        // What was begun is ended.
        while !due.isEmpty { try pass(0.5) }
    }

    private func take(_ step: Step) throws {
        switch step {
        case .kill:
            // A moment comes at which one runs.
            var runners = running
            while runners.isEmpty {
                try pass(0.2)
                runners = running
            }
            let slot = runners[Int.random(in: 0..<runners.count, using: &random)]
            slot.current?.kill9()
            say("kill \(slot.name)")
            slot.current = nil
            let isLater = Bool.random(using: &random)
            let most = Double(settings.session) + 3
            slot.startAt = .now + .seconds(isLater ? Double.random(in: 0...most, using: &random) : 0)
            tally["kills", default: 0] += 1
        case .freeze:
            // One at a time of each kind at most, or nobody would be left to take over.
            let frozen = Set(slots.filter { $0.current?.isFrozen == true }.map(\.kind))
            let candidates = running.filter { !frozen.contains($0.kind) && $0.leaveAt == nil }
            guard !candidates.isEmpty else {
                try pass(1)
                return try take(step)
            }
            freeze(candidates[Int.random(in: 0..<candidates.count, using: &random)])
        case .join:
            let slot = Slot(Bool.random(using: &random) ? "enrich" : "sink")
            slot.leaveAt = .now + .seconds(Double.random(in: 3...15, using: &random))
            slots.append(slot)
            say("join \(slot.kind)")
            tally["joins and leaves", default: 0] += 1
        case .broker:
            let isKill = Bool.random(using: &random)
            say("broker \(isKill ? "kill" : "stop")")
            broker?.stop(isKill ? SIGKILL : SIGTERM)
            try pass(Double.random(in: 0...4, using: &random))
            try broker?.start()
            tally["broker restarts", default: 0] += 1
        case .database(let kind):
            try trouble(kind)
        case .taking:
            try takeAway()
        }
    }

    private func freeze(_ slot: Slot) {
        guard let worker = slot.current else { return }
        say("freeze \(slot.name)")
        worker.signal(SIGSTOP)
        worker.isFrozen = true
        tally["freezes", default: 0] += 1
        // Only a worker of a fixed name is replaced by name.
        if slot.instance != nil || slot.kind == "produce", Bool.random(using: &random) {
            worker.isReplaced = true
            slot.current = nil
            slot.startAt = .now + .seconds(1)
        }
        at(Double(settings.session) + 1.5) { [self] in
            guard worker.isRunning else { return }
            worker.signal(SIGCONT)
            worker.isFrozen = false
            guard worker.isReplaced else { return }
            zombies.append(worker)
            // A producer holds its inbox while it is frozen, and its successor waits: it is no zombie, and has to go.
            if slot.kind == "produce" {
                worker.kill9()
                tally["frozen producers succeeded", default: 0] += 1
            }
        }
    }

    private func trouble(_ kind: DatabaseTrouble.Kind) throws {
        guard FileManager.default.fileExists(atPath: database.database) else { return }
        say("database \(kind)")
        let seconds = Double.random(in: 3...9, using: &random)
        try database.begin(kind, for: seconds)
        tally["times the database was \(kind)", default: 0] += 1
        if kind == .revoked {
            // Only who opens it anew is refused: so one sink does.
            if let slot = running.first(where: { $0.kind == "sink" }) {
                slot.current?.kill9()
                slot.current = nil
                slot.startAt = .now
            }
        }
        try pass(seconds)
        try database.end(kind)
    }

    /// Ends the whole fleet at once, and leaves its places empty until ``muster()``.
    func halt(_ number: Int32 = SIGKILL) throws {
        due = []
        for worker in zombies + slots.compactMap(\.current) {
            worker.signal(SIGCONT)
            worker.signal(number)
        }
        let end = ContinuousClock.now + .seconds(20)
        for worker in zombies + slots.compactMap(\.current) {
            while worker.isRunning, ContinuousClock.now < end { usleep(20_000) }
            guard !worker.isRunning else { throw Finding("\(worker.name) did not end within 20 s of signal \(number)") }
        }
        zombies = []
        slots.removeAll { $0.leaveAt != nil }
        for slot in slots {
            slot.current = nil
            slot.startAt = nil
        }
    }

    /// Has the fleet begin again.
    func muster() { for slot in slots { slot.startAt = .now } }

    private var running: [Slot] { slots.filter { $0.current?.isRunning == true } }

    private func at(_ seconds: Double, _ action: @escaping () throws -> Void) {
        due.append((.now + .seconds(seconds), action))
    }

    /// Lets time pass, in which what is due is done.
    func pass(_ seconds: Double) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        repeat {
            usleep(20_000)
            let now = ContinuousClock.now
            let ready = due.filter { $0.at <= now }
            due.removeAll { $0.at <= now }
            for entry in ready { try entry.action() }
            for slot in slots { try turn(slot, now) }
            slots.removeAll { $0.leaveAt != nil && $0.startAt == nil && $0.current == nil }
            for zombie in zombies where !zombie.isRunning { try bury(zombie) }
            zombies.removeAll { !$0.isRunning }
        } while ContinuousClock.now < end
    }

    private func turn(_ slot: Slot, _ now: ContinuousClock.Instant) throws {
        if let worker = slot.current, !worker.isRunning {
            slot.current = nil
            slot.startAt = slot.leaveAt == nil ? now + .milliseconds(500) : nil
            try explain(worker, of: slot)
        }
        if let leave = slot.leaveAt, leave <= now {
            slot.startAt = nil
            if let worker = slot.current, !worker.isFrozen { worker.signal(SIGTERM) }
            // A second one would end it at once.
            slot.leaveAt = now + .seconds(20)
            if slot.current == nil { slot.leaveAt = now }
            return
        }
        if let time = slot.startAt, time <= now {
            slot.startAt = nil
            slot.current = try start(slot)
        }
    }

    /// Why a worker ended by itself: as it was told, refused by the database, or fenced, since the
    /// broker gives the name of one that was frozen in a transaction a new epoch. All else is told.
    private func explain(_ worker: WorkerProcess, of slot: Slot) throws {
        let words = worker.lastWords
        // Before it listens to signals, one ends it as it ends any program.
        let isTold = worker.process.terminationStatus == 0 || worker.process.terminationReason == .uncaughtSignal
        if slot.leaveAt != nil, isTold { return }
        let refusals = ["cannot be opened or written", "is locked by", "is full"]
        if slot.kind == "sink", refusals.contains(where: words.contains) {
            tally["sinks refused by the database", default: 0] += 1
        } else if words.contains("--accept-gap") {
            guard told != nil else { throw Finding("told, though nothing is lost: \(words)") }
            told?.append(words)
        } else if words.contains("a newer process with the same id has taken over") {
            tally["workers stopped as fenced", default: 0] += 1
        } else {
            say(words)
            ended.append(words)
        }
    }

    /// A zombie must have been told that another one has its name.
    private func bury(_ zombie: WorkerProcess) throws {
        guard zombie.process.terminationReason == .exit else { return }
        guard zombie.process.terminationStatus == 1, zombie.lastWords.contains("a newer process") else {
            throw Finding("a zombie should have been fenced, but \(zombie.lastWords)")
        }
        tally["zombies fenced by name", default: 0] += 1
    }

    private func start(_ slot: Slot) throws -> WorkerProcess {
        serial += 1
        let port = portBase + serial % 5_000
        var arguments = [
            settings.program, slot.kind, "--set", "operations.listen=127.0.0.1:\(port)",
            "--set", "retry.first=50ms", "--set", "retry.longest=1s",
            "--set", "batch.records=40", "--set", "batch.wait=100ms",
        ]
        if let instance = slot.instance { arguments += ["--set", "kafka.instance=\(instance)"] }
        if slot.kind == "produce" { arguments += ["--watch", "--inbox", inbox.path, "--set", "producer.settle=0ms"] }
        let prefix = slot.kind == "sink" ? DatabaseTrouble.prefix() : []
        let errors = folder.appending(path: "\(serial)-\(slot.name).txt")
        return try WorkerProcess("\(serial)-\(slot.name)", prefix + arguments + common, errors: errors, port: port)
    }

    /// The options of all commands of this run.
    private var common: [String] {
        let session = settings.session * 1000
        let properties = [
            "session.timeout.ms=\(session)", "heartbeat.interval.ms=\(session / 6)",
            // What a killed worker left open must be over before its partitions are given away.
            "transaction.timeout.ms=\(max(2_000, session - 2_000))", "reconnect.backoff.max.ms=1000",
            // Partitions that are added to a topic in use are to be found while it is in use.
            "topic.metadata.refresh.interval.ms=3000",
        ]
        return properties.flatMap { ["--set", "kafka.properties.\($0)"] } + [
            "--brokers", settings.brokers, "--data", folder.appending(path: "data").path,
            "--set", "topics.prefix=\(name).", "--set", "kafka.application=\(name)",
            "--set", "database=\(database.database)", "--set", "log.format=text",
        ]
    }

    private func gongbao(_ arguments: [String], within seconds: Double) throws {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            let worker = try command(arguments)
            if worker.process.terminationStatus == 0 { return }
            guard ContinuousClock.now < deadline else { throw Finding(worker.lastWords) }
        }
    }

    /// Runs a command of gongbao to its end.
    func command(_ arguments: [String]) throws -> WorkerProcess {
        let worker = try WorkerProcess(
            arguments.joined(separator: " "), [settings.program] + arguments + common,
            errors: folder.appending(path: "command.txt"), port: 0)
        worker.process.waitUntilExit()
        return worker
    }

    // MARK: inputs

    /// Puts bulletins into the inbox until so many are there.
    func offer(_ count: Int) throws {
        while offered < min(count, bulletins.count) {
            let bulletin = bulletins[offered]
            try Data(bulletin.bytes).write(to: inbox.appending(path: bulletin.name), options: .atomic)
            offered += 1
        }
    }

    /// Puts a record among the articles that no worker can read.
    private func poison() throws {
        if settings.takings > 0 { return }
        let text = "poison-\(poisoned.count)-\(UInt32.random(in: 0...UInt32.max, using: &random))"
        let record = Outgoing(topic: name + ".articles", key: Array(text.utf8), value: Array(text.utf8))
        let deadline = ContinuousClock.now + .seconds(120)
        while true {
            do {
                try poisoner.get().transact([record], consumed: nil)
                poisoned.append(text)
                return
            } catch let error as Failure where error.kind == .transient && ContinuousClock.now < deadline {
                try pass(0.2)
            }
        }
    }

    func say(_ text: String) {
        guard settings.isVerbose else { return }
        FileHandle.standardError.write(
            Data("chaos: \(Int(began.duration(to: .now) / Duration.seconds(1))) s: \(text)\n".utf8))
    }
}

import EmbeddedLog
import Foundation
import Store

/// Kills `gongbao run` on the embedded log, again and again over growing inputs.
struct EmbeddedChaos {
    let settings: Settings
    let folder: URL

    /// What is done to a run that goes on for too long.
    enum Disturbance: CaseIterable {
        /// SIGKILL, as when the machine dies.
        case kill
        /// SIGTERM: it must end by itself, with its batch done.
        case terminate
        /// SIGSTOP, and SIGCONT a moment later: it must go on as if nothing had been.
        case freeze
    }

    /// Returns the summary.
    func wreak() throws -> String {
        let (inbox, data) = (folder.appending(path: "inbox"), folder.appending(path: "data"))
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        var random = Seeded(settings.seed)
        let bulletins = (0..<settings.bulletins).map { GeneratedBulletin($0, using: &random) }
        var offered = 0
        var kills = 0
        // Most kills fall into the time that a run takes: a run that ends first does not count.
        var window = 1.0
        var rounds = 0
        let started = ContinuousClock.now
        let takings = EmbeddedTakings(data: data)
        var schedule = TakingSchedule<EmbeddedTakings.Kind>()
        var hostile: [HostileRecord] = []
        let disk = settings.takings > 0 ? try DatabaseTrouble(folder: data) : nil
        defer { disk?.finish(keeping: nil) }
        while kills < settings.kills {
            rounds += 1
            if settings.takings > 0, kills * settings.takings / settings.kills > schedule.count {
                try take(takings, disk, inbox, data, &schedule, &hostile, using: &random)
            }
            let due = min(settings.bulletins, settings.bulletins * (kills + 1) / settings.kills)
            for bulletin in bulletins[offered..<max(offered, due)] {
                try Data(bulletin.bytes).write(to: inbox.appending(path: bulletin.name), options: .atomic)
            }
            offered = max(offered, due)
            let limit = Double.random(in: 0...window, using: &random)
            // Mostly kills: they alone are counted.
            let disturbance = rounds % 5 == 0 ? Disturbance.allCases[rounds / 5 % 3] : .kill
            if try run(inbox, data, disturbance, after: limit) {
                kills += 1
                window = min(10, window * 1.05)
            } else if disturbance == .kill {
                window = max(0.02, window * 0.8)
            }
            guard rounds < settings.kills * 20 else { throw Finding("\(kills) kills only in \(rounds) runs") }
        }
        _ = try run(inbox, data)
        if settings.takings > 0 {
            try schedule.requireAll(of: settings.takings)
            try repair(data, inbox)
        }
        let spent = started.duration(to: .now) / Duration.seconds(1)
        let reference = folder.appending(path: "reference")
        _ = try run(inbox, reference, isReference: true)
        let contents = try Contents(directory: data.path, database: settings.database)
        let expected = try Contents(directory: reference.path)
        let differences =
            settings.takings > 0
            ? contents.databaseDifferences(from: expected, bulletins: bulletins, hostile: hostile)
            : contents.differences(from: expected, bulletins: bulletins)
        if let first = differences.first { throw Finding("\(differences.count) differences, the first: \(first)") }
        return "embedded log, \(kills) kills in \(rounds) runs over \(bulletins.count) bulletins "
            + "(\(contents.records.count) records, \(contents.rows.count) rows): 0 missing, 0 duplicate, "
            + schedule.text
            + "\(Int(spent)) s"
    }

    /// Runs gongbao over the inbox, and disturbs it when it goes on for longer than the limit.
    /// Returns whether it was killed.
    func run(
        _ inbox: URL, _ data: URL, _ disturbance: Disturbance? = nil, after limit: Double = 0,
        isReference: Bool = false,
        isAccepting: Bool = false
    ) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: settings.program)
        process.arguments = ["run", "--inbox", inbox.path, "--data", data.path]
        if isAccepting { process.arguments?.append("--accept-gap") }
        if let database = settings.database, !isReference { process.arguments? += ["--set", "database=" + database] }
        process.standardOutput = FileHandle.nullDevice
        let errors = data.appendingPathExtension("errors")
        try Data().write(to: errors)
        process.standardError = try FileHandle(forWritingTo: errors)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        if let disturbance, ended.wait(timeout: .now() + limit) == .timedOut, process.isRunning {
            switch disturbance {
            case .kill:
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                if process.terminationReason == .uncaughtSignal { return true }
            case .terminate:
                kill(process.processIdentifier, SIGTERM)
                guard ended.wait(timeout: .now() + 20) == .success else {
                    kill(process.processIdentifier, SIGKILL)
                    throw Finding("gongbao did not end within 20 s of SIGTERM")
                }
                // Before it listens to signals, one ends it as it ends any program.
                if process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGTERM { return false }
            case .freeze:
                kill(process.processIdentifier, SIGSTOP)
                usleep(200_000)
                kill(process.processIdentifier, SIGCONT)
            }
        }
        process.waitUntilExit()
        guard [0, 3].contains(process.terminationStatus), process.terminationReason == .exit else {
            let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
            throw Finding("gongbao ended with \(process.terminationStatus): \(said.suffix(2_000))")
        }
        return false
    }
}

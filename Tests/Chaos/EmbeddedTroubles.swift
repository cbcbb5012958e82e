import EmbeddedLog
import Foundation

/// What is done between two runs besides killing them.
extension EmbeddedChaos {
    /// Takes something away, sees that it is told if and only if it must be, and brings all to agree again.
    func take(
        _ takings: EmbeddedTakings, _ disk: DatabaseTrouble?, _ inbox: URL, _ data: URL,
        _ schedule: inout TakingSchedule<EmbeddedTakings.Kind>, _ hostile: inout [HostileRecord],
        using random: inout Seeded
    ) throws {
        let kind = schedule.next(using: &random)
        switch kind {
        case .fullDisk:
            guard let disk, disk.kinds.contains(.full) else { return schedule.note(kind, "could not be brought about") }
            try fill(disk, inbox, data)
            schedule.note(kind)
        case .hostile:
            guard FileManager.default.fileExists(atPath: data.appending(path: "topics.sqlite").path) else {
                return schedule.postpone(kind)
            }
            let log = try EmbeddedLog(path: data.appending(path: "topics.sqlite").path)
            defer { log.close() }
            let record = HostileRecord(number: hostile.count, using: &random)
            try record.write(to: log, prefix: "gongbao.")
            hostile.append(record)
            schedule.note(kind)
        default:
            guard let taking = try takings.take(kind, using: &random) else { return schedule.postpone(kind) }
            if settings.isVerbose { print("chaos: \(taking.what), to be told: \(taking.mustBeTold)") }
            let said = try told(inbox, data)
            guard (said != nil) == taking.mustBeTold else {
                throw Finding(
                    "\(taking.what): "
                        + (said.map { "told, though nothing is lost: \($0)" } ?? "not told, though it must be"))
            }
            schedule.note(kind, taking.mustBeTold ? "told" : "harmless")
            if said != nil { _ = try run(inbox, data, isAccepting: true) }
            try repair(data, inbox)
            try takings.keep()
        }
    }

    /// Runs to the end; returns the sentence that says that records are lost, if one does.
    private func told(_ inbox: URL, _ data: URL) throws -> String? {
        do {
            _ = try run(inbox, data)
            return nil
        } catch let finding as Finding where finding.description.contains("--accept-gap") {
            return finding.description
        }
    }

    /// Has what is lost made again, and sees that then nothing is amiss.
    func repair(_ data: URL, _ inbox: URL) throws {
        _ = try gongbao(["repair"], data)
        _ = try run(inbox, data)
        let said = try gongbao(["repair", "--dry-run"], data)
        guard said.contains("agree") else { throw Finding("after a repair: \(said)") }
    }

    private func gongbao(_ arguments: [String], _ data: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: settings.program)
        process.arguments = arguments + ["--data", data.path]
        if let database = settings.database { process.arguments? += ["--set", "database=" + database] }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Finding(
                "gongbao \(arguments.joined(separator: " ")) ended with \(process.terminationStatus): \(said)")
        }
        return said
    }

    /// Fills the disk under a run, and frees it a moment later: it must go on, or end and say that it is full.
    private func fill(_ disk: DatabaseTrouble, _ inbox: URL, _ data: URL) throws {
        try disk.begin(.full, for: 0)
        let freed = DispatchQueue(label: "chaos.disk")
        let ballast = disk.ballast
        freed.asyncAfter(deadline: .now() + 3) { try? FileManager.default.removeItem(at: ballast) }
        do {
            _ = try run(inbox, data)
        } catch let finding as Finding where finding.description.contains("full") {
            // What it could not write it has not taken either: the next run does it.
        }
        // The disk is free again before the next run.
        Thread.sleep(until: Date(timeIntervalSinceNow: 3))
    }
}

import EmbeddedLog
import Foundation
import TopicLog

/// A record that no worker can use, among the good ones.
struct HostileRecord {
    /// The topic, without its prefix.
    let topic: String
    /// Its value, which no other record has.
    let text: String
}

/// What is done between two runs besides killing them.
extension EmbeddedChaos {
    /// Takes something away, sees that it is told if and only if it must be, and brings all to agree again.
    func take(
        _ takings: EmbeddedTakings, _ disk: DatabaseTrouble?, _ inbox: URL, _ data: URL, _ tally: inout [String: Int],
        _ hostile: inout [HostileRecord], using random: inout Seeded
    ) throws {
        let number = tally.values.reduce(0, +)
        if number % 7 == 5, let disk, disk.kinds.contains(.full) {
            try fill(disk, inbox, data)
            tally["full disks", default: 0] += 1
            return
        }
        if number % 7 == 3 {
            hostile.append(try sow(data, hostile.count, using: &random))
            tally["hostile records", default: 0] += 1
            return
        }
        let kinds = EmbeddedTakings.Kind.allCases
        let kind = kinds[number % kinds.count]
        guard let taking = try takings.take(kind, using: &random) else {
            tally["takings of nothing", default: 0] += 1
            return
        }
        if settings.isVerbose { print("chaos: \(taking.what), to be told: \(taking.mustBeTold)") }
        let said = try told(inbox, data)
        guard (said != nil) == taking.mustBeTold else {
            throw Finding(
                "\(taking.what): "
                    + (said.map { "told, though nothing is lost: \($0)" } ?? "not told, though it must be"))
        }
        tally["\(kind.rawValue) \(taking.mustBeTold ? "told" : "harmless")", default: 0] += 1
        if said != nil { _ = try run(inbox, data, isAccepting: true) }
        try repair(data, inbox)
        try takings.keep()
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

    /// Puts a record into a topic whose value nobody can read and whose headers claim what they like.
    private func sow(_ data: URL, _ number: Int, using random: inout Seeded) throws -> HostileRecord {
        let topics = ["articles", "indicators", "bulletins"]
        let record = HostileRecord(topic: topics[number % topics.count], text: "poison-\(number)-\(random.next())")
        let headers = [
            Header("gongbao_attempts", "9223372036854775807"), Header("gongbao_articles", "18446744073709551615"),
            Header("ce_time", String(repeating: "9", count: 60_000)), Header("traceparent", "00-x"),
            Header("gongbao_decoder", String(repeating: "d", count: 400_000)), Header("ce_type", "none.such.v9"),
            Header("dlq.truncated-from", "-9223372036854775808"), Header("dlq.partition", "4294967296"),
        ]
        let log = try EmbeddedLog(path: data.appending(path: "topics.sqlite").path)
        defer { log.close() }
        let producer = try log.producer(transactionalID: "hostile")
        defer { producer.close() }
        try producer.transact(
            [
                Outgoing(
                    topic: "gongbao." + record.topic, key: Array(record.text.utf8), value: Array(record.text.utf8),
                    headers: headers)
            ], consumed: nil)
        return record
    }
}

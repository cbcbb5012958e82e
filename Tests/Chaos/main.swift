// Kills `gongbao run` at random moments over generated bulletins, now and then ends or freezes it
// instead, lets it finish, and compares all that is in the topics and in the database with a run
// that nobody disturbed.
//   chaos GONGBAO [--kills 200] [--bulletins 2000] [--seed 1]
// Prints one line of summary; a failure names the seed and the first difference, and exits with 1.

import Foundation

struct Settings {
    var program = ""
    var kills = 200
    var bulletins = 2_000
    var seed: UInt64 = 1

    init(_ arguments: [String]) throws {
        var rest = arguments.dropFirst()[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--kills": kills = try Self.number(argument, rest.popFirst())
            case "--bulletins": bulletins = try Self.number(argument, rest.popFirst())
            case "--seed": seed = UInt64(try Self.number(argument, rest.popFirst()))
            default: program = argument
            }
        }
        guard !program.isEmpty else { throw Failure("name the gongbao to run") }
    }

    private static func number(_ option: String, _ text: String?) throws -> Int {
        guard let number = text.flatMap(Int.init), number > 0 else { throw Failure("\(option) needs a number above 0") }
        return number
    }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// What is done to a run that goes on for too long.
enum Disturbance: CaseIterable {
    /// SIGKILL, as when the machine dies.
    case kill
    /// SIGTERM: it must end by itself, with its batch done.
    case terminate
    /// SIGSTOP, and SIGCONT a moment later: it must go on as if nothing had been.
    case freeze
}

/// Runs gongbao over the inbox, and disturbs it when it goes on for longer than the limit.
/// Returns whether it was killed.
func run(
    _ settings: Settings, _ inbox: URL, _ data: URL, _ disturbance: Disturbance? = nil, after limit: Double = 0
) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: settings.program)
    process.arguments = ["run", "--inbox", inbox.path, "--data", data.path]
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
                throw Failure("gongbao did not end within 20 s of SIGTERM")
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
        throw Failure("gongbao ended with \(process.terminationStatus): \(said.suffix(2_000))")
    }
    return false
}

func wreak(_ settings: Settings, in folder: URL) throws -> String {
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
    while kills < settings.kills {
        rounds += 1
        let due = min(settings.bulletins, settings.bulletins * (kills + 1) / settings.kills)
        for bulletin in bulletins[offered..<max(offered, due)] {
            try Data(bulletin.bytes).write(to: inbox.appending(path: bulletin.name), options: .atomic)
        }
        offered = max(offered, due)
        let limit = Double.random(in: 0...window, using: &random)
        // Mostly kills: they alone are counted.
        let disturbance = rounds % 5 == 0 ? Disturbance.allCases[rounds / 5 % 3] : .kill
        if try run(settings, inbox, data, disturbance, after: limit) {
            kills += 1
            window = min(10, window * 1.05)
        } else if disturbance == .kill {
            window = max(0.02, window * 0.8)
        }
        guard rounds < settings.kills * 20 else { throw Failure("\(kills) kills only in \(rounds) runs") }
    }
    _ = try run(settings, inbox, data)
    let spent = started.duration(to: .now) / Duration.seconds(1)
    let reference = folder.appending(path: "reference")
    _ = try run(settings, inbox, reference)
    let contents = try Contents(of: data.path)
    let differences = contents.differences(from: try Contents(of: reference.path), bulletins: bulletins)
    if let first = differences.first { throw Failure("\(differences.count) differences, the first: \(first)") }
    return "\(kills) kills in \(rounds) runs over \(bulletins.count) bulletins (\(contents.records.count) records, "
        + "\(contents.rows.count) rows): 0 missing, 0 duplicate, \(Int(spent)) s"
}

do {
    let settings = try Settings(CommandLine.arguments)
    let folder = FileManager.default.temporaryDirectory.appending(path: "gongbao-chaos-\(getpid())")
    do {
        print("chaos: seed \(settings.seed): \(try wreak(settings, in: folder))")
        try FileManager.default.removeItem(at: folder)
    } catch {
        print("chaos: FAILED with seed \(settings.seed): \(error)\nEverything is kept in \(folder.path)")
        exit(1)
    }
} catch {
    print("chaos: \(error)")
    exit(2)
}

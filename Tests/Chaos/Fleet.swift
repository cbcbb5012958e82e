import Foundation

/// One process of gongbao that the harness started.
final class WorkerProcess {
    let process = Process()
    let name: String
    /// What is said on standard error.
    let errors: URL
    /// Where its probes are.
    let port: Int
    var isFrozen = false
    /// Another one of the same name was started while this one was frozen.
    var isReplaced = false

    init(_ name: String, _ command: [String], errors: URL, port: Int) throws {
        self.name = name
        self.errors = errors
        self.port = port
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = FileHandle.nullDevice
        try Data().write(to: errors)
        let file = try FileHandle(forWritingTo: errors)
        try file.seekToEnd()
        process.standardOutput = file
        process.standardError = file
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// All that it said.
    var said: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

    /// Why it ended by itself, as far as it said so.
    var lastWords: String {
        let said = said
        let last = said.split(separator: "\n").last { $0.hasPrefix("gongbao: ") } ?? said.suffix(300)
        return "\(name) ended with \(process.terminationStatus): \(last)"
    }

    func signal(_ number: Int32) {
        if process.isRunning { kill(process.processIdentifier, number) }
    }

    func kill9() {
        signal(SIGKILL)
        process.waitUntilExit()
    }
}

/// A place that a worker of some kind has in the fleet, whoever holds it just now.
final class Slot {
    let kind: String
    /// The name of a static member; nil for a dynamic one.
    let instance: String?
    var current: WorkerProcess?
    /// When the next one is started.
    var startAt: ContinuousClock.Instant? = .now
    /// When it leaves for good; nil for one of the crew.
    var leaveAt: ContinuousClock.Instant?

    init(_ kind: String, instance: String? = nil) {
        self.kind = kind
        self.instance = instance
    }

    var name: String { kind + (instance.map { "-" + $0 } ?? "") }
}

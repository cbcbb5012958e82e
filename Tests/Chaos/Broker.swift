import Foundation
import TopicLog

/// The broker, where the harness may start and kill it.
final class Broker {
    private let command: String
    private let errors: URL
    private var process: Process?

    init(_ command: String, errors: URL) {
        self.command = command
        self.errors = errors
    }

    func start() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec " + command]
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        let file = try FileHandle(forWritingTo: errors)
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
    }

    func stop(_ number: Int32) {
        guard let process, process.isRunning else { return }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        self.process = nil
    }
}

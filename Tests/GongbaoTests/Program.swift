import Foundation

/// The built program, run as users run it.
struct Program {
    /// What a finished run left.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    static let path = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "gongbao").path

    /// A new directory that goes when the test ends.
    static func directory() throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "gongbao-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// Has the process run a command that takes every signal: what is started from a thread of a
    /// test inherits the signals that this thread blocks, SIGTERM among them. It leads a process
    /// group, as Foundation makes one for each, so that what it starts can be ended with it.
    static func takingSignals(_ process: Process, _ command: [String]) {
        let script = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", script + "os.execv(sys.argv[1], sys.argv[1:])"] + command
    }

    /// Starts the program and returns at once; it speaks English unless another locale is given.
    ///
    /// - Parameter environment: all that it has of variables; nil is what the test has.
    static func start(
        _ arguments: [String], input: String? = nil, environment: [String: String]? = nil, locale: String = "C.UTF-8"
    ) throws -> (Process, output: URL, errors: URL) {
        let process = Process()
        let place = try directory()
        let files = ["out", "err", "in"].map { place.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        if let input { try Data(input.utf8).write(to: files[2]) }
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = (environment ?? ProcessInfo.processInfo.environment)
            .merging(["LC_ALL": locale, "COLUMNS": "80"]) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = try FileHandle(forReadingFrom: files[2])
        try process.run()
        return (process, files[0], files[1])
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: [String], input: String? = nil, environment: [String: String]? = nil, locale: String = "C.UTF-8"
    ) throws -> Outcome {
        let (process, output, errors) = try start(
            arguments, input: input, environment: environment, locale: locale)
        process.waitUntilExit()
        defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
        return Outcome(
            status: process.terminationStatus, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}

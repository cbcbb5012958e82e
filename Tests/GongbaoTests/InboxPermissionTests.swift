import Foundation
import Glibc
import Testing

/// Inboxes that the user who runs the program may not read.
@Suite struct InboxPermissionTests {
    private static let setpriv = "/usr/bin/setpriv"

    /// Runs the program as a user whom permissions bind.
    private func run(_ arguments: [String]) throws -> (status: Int32, errors: String) {
        let process = Process()
        let errors = Pipe()
        let isRoot = geteuid() == 0
        let command = isRoot ? [Self.setpriv, "--reuid", "65534", "--clear-groups", Program.path] : [Program.path]
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst()) + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let text = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    @Test(
        "an inbox that cannot be listed, or listed and not entered, is told and not taken for an empty one",
        .enabled(if: geteuid() != 0 || FileManager.default.isExecutableFile(atPath: setpriv), "setpriv is missing"),
        .timeLimit(.minutes(1)),
        arguments: [0o000, 0o111, 0o444], [[], ["--watch"]])
    func forbidden(_ permissions: Int, _ watch: [String]) throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        chmod(place.path, 0o777)
        let inbox = place.appending(path: "inbox").path
        try FileManager.default.createDirectory(atPath: inbox, withIntermediateDirectories: true)
        try Data("# 公报\n\n完成投资3亿元。\n".utf8).write(to: URL(filePath: inbox + "/a.md"))
        chmod(inbox, mode_t(permissions))
        defer { chmod(inbox, 0o755) }
        let data = place.appending(path: "data").path
        let outcome = try run(["run", "--inbox", inbox, "--data", data] + watch)
        #expect(outcome.status == 1 && outcome.errors.contains("The inbox \(inbox) cannot be"), "\(outcome.errors)")
        #expect(outcome.errors.contains("check that it is a directory that this user may list and enter"))
    }
}

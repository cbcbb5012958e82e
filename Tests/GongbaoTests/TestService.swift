import Foundation
import Glibc
import Testing

/// A service as systemd runs one of `Type=notify`: a process with a notify socket and a watchdog
/// whose standard error is a pipe that nobody need read.
final class TestService {
    let process = Process()
    private let receiver: Int32
    private let place: URL
    private let errors = Pipe()
    private let limit: Duration
    private var unread: [Substring] = []
    /// Every line that the service sent so far.
    private(set) var heard: [String] = []

    /// Starts the program with these arguments. It is to feed the watchdog within `limit`.
    init(_ arguments: [String], watchdog limit: Duration) throws {
        self.limit = limit
        place = try Program.directory()
        let path = place.appending(path: "notify").path
        receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(receiver, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0)
        Program.takingSignals(process, [Program.path] + arguments)
        process.environment = ProcessInfo.processInfo.environment.merging([
            "NOTIFY_SOCKET": path, "WATCHDOG_USEC": "\(limit.components.seconds * 1_000_000)",
            // A backtrace would be written into the full pipe.
            "SWIFT_BACKTRACE": "enable=no",
        ]) { $1 }
        process.standardError = errors
        process.standardOutput = FileHandle.nullDevice
        try process.run()
    }

    /// Waits until the service sends this line, and returns whether it came in time.
    func hears(_ line: String, within time: Duration) -> Bool {
        let deadline = ContinuousClock.now + time
        repeat {
            while !unread.isEmpty {
                let next = unread.removeFirst()
                if next.hasPrefix(line) { return true }
            }
        } while receive(until: deadline)
        return false
    }

    /// Whether the watchdog would end the service: nothing feeds it for as long as it allows.
    func starves() -> Bool {
        // What was sent before the question says nothing.
        while receive(until: .now) {}
        unread = []
        return !hears("WATCHDOG=1", within: limit)
    }

    /// What systemd does to a service that starves; returns the signal that ended it.
    func abort() -> Int32 {
        kill(process.processIdentifier, SIGABRT)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
    }

    /// Fills the pipe, so that the next message that the service logs does not return.
    func blockErrors() throws {
        let descriptor = open("/proc/\(process.processIdentifier)/fd/2", O_WRONLY | O_NONBLOCK)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        while write(descriptor, "\n", 1) == 1 {}
    }

    /// Reads what is in the pipe.
    func drainErrors() -> String {
        let descriptor = errors.fileHandleForReading.fileDescriptor
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count <= 0 { break }
            text += buffer[..<count]
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Ends it and removes what is left.
    func clear() {
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        close(receiver)
        try? FileManager.default.removeItem(at: place)
    }

    /// Takes one datagram; false when none came in time.
    private func receive(until deadline: ContinuousClock.Instant) -> Bool {
        let rest = max(.zero, deadline - .now) / .milliseconds(1)
        var ready = pollfd(fd: receiver, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, Int32(rest.rounded(.up))) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(receiver, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
        unread += lines
        heard += lines.map(String.init)
        return true
    }
}

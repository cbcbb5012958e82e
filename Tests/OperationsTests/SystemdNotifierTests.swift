import Foundation
import Glibc
import Operations
import Testing

/// The service manager's end is a real datagram socket.
@Suite struct SystemdNotifierTests {
    /// Binds a socket as systemd does and returns what one `send` delivers there.
    private func delivered(to name: String, _ assignments: [String]) throws -> String? {
        let receiver = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(receiver) }
        var path = Array(name.utf8)
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(2 + path.count + (path[0] == 0 ? 0 : 1))
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(receiver, $0, length) }
        }
        try #require(bound == 0)
        let notifier = try #require(SystemdNotifier(environment: ["NOTIFY_SOCKET": name]))
        guard notifier.send(assignments) else { return nil }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(receiver, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    @Test("a socket in the file system gets one datagram with a line for each assignment")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString.prefix(8) + ".s").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try delivered(to: path, ["READY=1", "STATUS=waiting\nREADY=0"]) == "READY=1\nSTATUS=waiting READY=0")
    }

    @Test("a socket in the abstract namespace is reached")
    func abstract() throws {
        #expect(try delivered(to: "@gongbao-\(UUID().uuidString)", ["WATCHDOG=1"]) == "WATCHDOG=1")
    }

    @Test("nobody listening is no failure; no socket named is no notifier")
    func nobody() throws {
        let gone = try #require(SystemdNotifier(environment: ["NOTIFY_SOCKET": "/nonexistent/notify"]))
        #expect(!gone.send(["READY=1"]))
        for name in ["", "@", "relative", "/" + String(repeating: "x", count: 200)] {
            #expect(SystemdNotifier(environment: ["NOTIFY_SOCKET": name]) == nil)
        }
        #expect(SystemdNotifier(environment: [:]) == nil)
    }

    @Test("the watchdog counts only for the process that it names")
    func watchdog() throws {
        func limit(_ more: [String: String]) -> Duration? {
            SystemdNotifier(environment: ["NOTIFY_SOCKET": "/x"].merging(more) { $1 }, process: 7)?.watchdog
        }
        #expect(limit(["WATCHDOG_USEC": "3000000"]) == .seconds(3))
        #expect(limit(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "7"]) == .seconds(3))
        #expect(limit(["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "8"]) == nil)
        #expect(limit(["WATCHDOG_USEC": "soon"]) == nil && limit([:]) == nil)
    }
}

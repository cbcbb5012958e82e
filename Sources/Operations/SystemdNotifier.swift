import Foundation
import Glibc
import Synchronization

/// Tells systemd how a service is doing: one datagram a message, to the socket that
/// `NOTIFY_SOCKET` names (`sd_notify(3)`). Any thread may use it.
///
/// A message that cannot be sent is dropped: a service does not fail because nobody listens,
/// and a watchdog that hears nothing is what the watchdog is for.
public final class SystemdNotifier: Sendable {
    private let path: [UInt8]
    private let descriptor: Int32
    /// How often the watchdog must hear of the service; nil where none watches.
    public let watchdog: Duration?

    /// The notifier of this process; nil where systemd did not ask for any.
    ///
    /// `WATCHDOG_USEC` counts only where `WATCHDOG_PID` is absent or names this process.
    public init?(environment: [String: String], process: Int32 = getpid()) {
        guard let socketPath = environment["NOTIFY_SOCKET"] else { return nil }
        var path = Array(socketPath.utf8)
        // A leading @ stands for the zero byte of a socket in the abstract namespace.
        switch path.first {
        case UInt8(ascii: "@"): path[0] = 0
        case UInt8(ascii: "/"): break
        default: return nil
        }
        guard path.count > 1, path.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        self.path = path
        self.descriptor = descriptor
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(process) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdog = isOurs && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    deinit { close(descriptor) }

    /// Sends assignments such as `READY=1`, one a line; line feeds in values become spaces.
    ///
    /// - Returns: whether the socket took them.
    @discardableResult public func send(_ assignments: [String]) -> Bool {
        let lines = assignments.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
        let message = Array(lines.joined(separator: "\n").utf8)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        // The name of an abstract socket ends with the address, not with a zero.
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2
        let length = socklen_t(offset + path.count + (path[0] == 0 ? 0 : 1))
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                sendto(
                    descriptor, message, message.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), pointer,
                    length)
            }
        }
        return sent == message.count
    }
}

import Foundation

/// Where the operations endpoint listens.
public enum ListenAddress: Sendable, Equatable {
    /// On the loopback address, at the port of the kind of worker.
    case automatic
    /// Nowhere.
    case off
    /// At this address; port 0 is any that is free.
    case at(host: String, port: Int)

    /// Reads `auto`, `off`, `HOST:PORT` or `[IPV6]:PORT`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "auto": self = .automatic
        case "off": self = .off
        default:
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65_535).contains(port), text[text.index(after: colon)...].first?.isNumber == true
            else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("[") && host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") {
                return nil
            }
            guard !host.isEmpty, host.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else { return nil }
            self = .at(host: String(host), port: port)
        }
    }

    /// As it is written.
    public var text: String {
        switch self {
        case .automatic: "auto"
        case .off: "off"
        case .at(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}

/// Why the endpoint cannot listen: one sentence.
public struct ListenError: Error, Sendable, CustomStringConvertible {
    /// What, where, what to do.
    public let description: String
}

/// A socket that listens.
struct ListeningSocket {
    let descriptor: Int32
    /// The port, chosen by the system where 0 was asked for.
    let port: Int

    /// Binds and listens; neither blocks later nor is inherited.
    init(host: String, port: Int) throws {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_family = AF_UNSPEC
        #if os(Linux)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0, let found = list?.pointee else {
            throw ListenError(
                description: "operations.listen: \(host) is no address of this machine: "
                    + "\(String(cString: gai_strerror(status))).")
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(found.ai_family, found.ai_socktype, found.ai_protocol)
        guard descriptor >= 0 else { throw Self.failure("cannot be opened", host, port) }
        var on: Int32 = 1
        _ = setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, found.ai_addr, found.ai_addrlen) == 0, listen(descriptor, 128) == 0 else {
            defer { Foundation.close(descriptor) }
            throw Self.failure("cannot be used", host, port)
        }
        Self.prepare(descriptor)
        self.descriptor = descriptor
        self.port = Self.port(of: descriptor) ?? port
    }

    /// Calls on the socket return at once, and programs that this one starts do not get it.
    static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    private static func port(of descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { storage -> Int? in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int? in
                guard getsockname(descriptor, address, &size) == 0 else { return nil }
                // The port stands at the same place for both families, highest byte first.
                return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    Int(UInt16(bigEndian: $0.pointee.sin_port))
                }
            }
        }
    }

    private static func failure(_ what: String, _ host: String, _ port: Int) -> ListenError {
        let address = ListenAddress.at(host: host, port: port).text
        let reason = String(cString: strerror(errno))
        return ListenError(
            description: "operations.listen: \(address) \(what): \(reason); choose another port, or off.")
    }
}

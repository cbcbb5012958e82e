import CRdKafka
import Foundation
import Synchronization
import Testing

/// Stands between a client and a broker, and loses what it is told to lose.
///
/// The broker does what it was asked and only its answer is lost, or it never hears the question: from
/// the client both look the same, and a mock cluster can show neither, as it does what it is asked or
/// answers with an error. Every broker address in answers about the cluster is replaced with the
/// proxy's, so that no connection goes round it. For a broker that is alone.
///
/// `@unchecked Sendable`: what threads share is behind ``state``; sockets are closed once, by `close()`
/// or the thread that reads them.
final class BrokerProxy: @unchecked Sendable {
    /// What happens to a request.
    enum Fate: Equatable, CustomTestStringConvertible {
        /// The broker takes it; the answer never comes, and the connection stays.
        case loseAnswer
        /// The broker takes it, and the connection breaks before the answer.
        case breakBeforeAnswer
        /// The broker never hears of it, and the connection stays.
        case loseRequest
        /// The broker ends the transaction, and the answer says that it could not.
        case denyEnd(rd_kafka_resp_err_t)

        var testDescription: String {
            switch self {
            case .loseAnswer: "the answer is lost"
            case .breakBeforeAnswer: "the connection breaks before the answer"
            case .loseRequest: "the request is lost"
            case .denyEnd(let code): "the answer is " + String(cString: rd_kafka_err2name(code))
            }
        }
    }

    private struct State {
        var rules: [Int16: (fate: Fate, times: Int)] = [:]
        var taken: [Int16: Int] = [:]
        var sockets: Set<Int32> = []
        var isOpen = true
    }

    /// Where clients connect, as host:port.
    let address: String
    private let listener: Int32
    private let port: UInt16
    private let host: String
    private let brokerPort: UInt16
    private let state = Mutex(State())

    init(to broker: String) throws {
        let parts = broker.split(separator: ":")
        host = parts[0] == "localhost" ? "127.0.0.1" : String(parts[0])
        brokerPort = try UInt16(String(parts[1]), format: .number)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var place = Self.place("0.0.0.0", 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        port = UInt16(bigEndian: place.sin_port)
        address = "127.0.0.1:\(port)"
        Thread.detachNewThread { [self] in accept() }
    }

    /// What becomes of the next requests of that kind; after so many they pass again.
    func treat(_ request: MockCluster.Request, _ fate: Fate, times: Int = .max) {
        state.withLock { $0.rules[request.rawValue] = (fate, times) }
    }

    /// Lets every request of that kind pass from now on.
    func pass(_ request: MockCluster.Request) { state.withLock { $0.rules[request.rawValue] = nil } }

    /// How many requests of that kind met their fate.
    func lost(_ request: MockCluster.Request) -> Int { state.withLock { $0.taken[request.rawValue] ?? 0 } }

    /// Breaks all connections and takes no more.
    func close() {
        let sockets = state.withLock { state in
            state.isOpen = false
            return state.sockets
        }
        shutdown(listener, Int32(SHUT_RDWR))
        for socket in sockets { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    // MARK: connections

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else { break }
            let broker = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var place = Self.place(host, brokerPort)
            let isConnected = withUnsafePointer(to: &place) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(broker, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
            let isWanted = state.withLock { state in
                if state.isOpen { state.sockets.formUnion([client, broker]) }
                return state.isOpen
            }
            guard isConnected, isWanted else {
                Glibc.close(client)
                Glibc.close(broker)
                continue
            }
            let connection = Connection(client: client, broker: broker)
            Thread.detachNewThread { [self] in forward(connection) }
            Thread.detachNewThread { [self] in answer(connection) }
        }
        Glibc.close(listener)
    }

    private final class Connection: Sendable {
        let client: Int32
        let broker: Int32
        /// By correlation id, what was asked and whether its answer is wanted.
        let asked = Mutex<[Int32: (kind: Int16, fate: Fate?)]>([:])
        private let ends = Atomic(0)

        init(client: Int32, broker: Int32) {
            self.client = client
            self.broker = broker
        }

        /// Whether both directions have ended.
        func end() -> Bool {
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(broker, Int32(SHUT_RDWR))
            return ends.add(1, ordering: .acquiringAndReleasing).newValue == 2
        }
    }

    private func end(_ connection: Connection) {
        guard connection.end() else { return }
        state.withLock { $0.sockets.subtract([connection.client, connection.broker]) }
        Glibc.close(connection.client)
        Glibc.close(connection.broker)
    }

    private func forward(_ connection: Connection) {
        defer { end(connection) }
        while let frame = Self.frame(from: connection.client), frame.count >= 12 {
            let kind = Int16(frame[4]) << 8 | Int16(frame[5])
            let fate = fate(of: kind)
            if fate == .loseRequest { continue }
            connection.asked.withLock { $0[Self.integer(frame, at: 8)] = (kind, fate) }
            guard Self.write(frame, to: connection.broker) else { return }
        }
    }

    private func answer(_ connection: Connection) {
        defer { end(connection) }
        while var frame = Self.frame(from: connection.broker), frame.count >= 8 {
            let asked = connection.asked.withLock { $0.removeValue(forKey: Self.integer(frame, at: 4)) }
            switch asked?.fate {
            case .breakBeforeAnswer: return
            case .loseAnswer: continue
            case .denyEnd(let code):
                // Correlation id, throttle time, error code: version 1 of this answer.
                frame[12] = UInt8(truncatingIfNeeded: code.rawValue >> 8)
                frame[13] = UInt8(truncatingIfNeeded: code.rawValue)
            default: break
            }
            if asked?.kind == 3 || asked?.kind == MockCluster.Request.findCoordinator.rawValue { redirect(&frame) }
            guard Self.write(frame, to: connection.client) else { return }
        }
    }

    private func fate(of kind: Int16) -> Fate? {
        state.withLock { state in
            guard let rule = state.rules[kind], rule.times > 0 else { return nil }
            state.rules[kind] = (rule.fate, rule.times - 1)
            state.taken[kind, default: 0] += 1
            return rule.fate
        }
    }

    /// Puts the proxy's port where the broker's follows a host's name.
    private func redirect(_ frame: inout [UInt8]) {
        let old = [0, 0, UInt8(brokerPort >> 8), UInt8(brokerPort & 255)]
        var index = 9
        while index + 4 <= frame.count {
            let isName = (48...122).contains(frame[index - 1])
            if isName, Array(frame[index..<index + 4]) == old {
                frame[index + 2] = UInt8(port >> 8)
                frame[index + 3] = UInt8(port & 255)
            }
            index += 1
        }
    }

    // MARK: bytes

    private static func place(_ host: String, _ port: UInt16) -> sockaddr_in {
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &place.sin_addr)
        return place
    }

    private static func integer(_ bytes: [UInt8], at index: Int) -> Int32 {
        bytes[index..<index + 4].reduce(0) { $0 << 8 | Int32($1) }
    }

    /// One message with the four bytes of its length; nil when the connection has ended.
    private static func frame(from socket: Int32) -> [UInt8]? {
        guard let head = read(4, from: socket) else { return nil }
        let length = Int(integer(head, at: 0))
        guard (0...(1 << 28)).contains(length), let body = read(length, from: socket) else { return nil }
        return head + body
    }

    private static func read(_ count: Int, from socket: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let part = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress! + got, count - got, 0) }
            guard part > 0 else { return nil }
            got += part
        }
        return bytes
    }

    private static func write(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let part = bytes.withUnsafeBytes {
                send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard part > 0 else { return false }
            sent += part
        }
        return true
    }
}

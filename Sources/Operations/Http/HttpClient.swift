import Foundation

/// Asks an operations endpoint for a page: one GET, then done.
public enum HttpClient {
    /// The most that is read of an answer.
    private static let limit = 16 << 20

    /// The status code and body of a page; nil when nobody answers with one in time.
    ///
    /// Blocks for `time` at most, the look-up of a host's name aside.
    public static func get(_ path: String, host: String, port: Int, within time: Duration) -> (
        status: Int, body: String
    )? {
        let deadline = ContinuousClock.now + time
        guard let descriptor = connect(host, port, deadline) else { return nil }
        defer { close(descriptor) }
        let host = ListenAddress.at(host: host, port: port).text
        var request = Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n".utf8)[...]
        while !request.isEmpty {
            guard wait(descriptor, Int16(POLLOUT), deadline) else { return nil }
            let count = request.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, noSignal) }
            if count < 0 && errno != EAGAIN && errno != EINTR { return nil }
            request = request.dropFirst(max(0, count))
        }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while answer.count < limit {
            guard wait(descriptor, Int16(POLLIN), deadline) else { return nil }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 && (errno == EAGAIN || errno == EINTR) { continue }
            if count <= 0 { break }
            answer += buffer[..<count]
        }
        return parse(String(decoding: answer, as: UTF8.self))
    }

    /// Status code and body of an answer; nil for what is none of HTTP/1.
    static func parse(_ answer: String) -> (status: Int, body: String)? {
        guard answer.hasPrefix("HTTP/1."), let end = answer.range(of: "\r\n\r\n") else { return nil }
        let words = answer[..<end.lowerBound].prefix { !$0.isNewline }.split(separator: " ")
        guard words.count >= 2, let status = Int(words[1]) else { return nil }
        return (status, String(answer[end.upperBound...]))
    }

    private static func connect(_ host: String, _ port: Int, _ deadline: ContinuousClock.Instant) -> Int32? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICSERV
        #if os(Linux)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0 else { return nil }
        defer { freeaddrinfo(list) }
        var next = list
        while let found = next?.pointee {
            next = found.ai_next
            let descriptor = socket(found.ai_family, found.ai_socktype, found.ai_protocol)
            guard descriptor >= 0 else { continue }
            ListeningSocket.prepare(descriptor)
            let status = Foundation.connect(descriptor, found.ai_addr, found.ai_addrlen)
            if status == 0 { return descriptor }
            if errno == EINPROGRESS, wait(descriptor, Int16(POLLOUT), deadline) {
                var error: Int32 = 0
                var size = socklen_t(MemoryLayout<Int32>.size)
                if getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0, error == 0 { return descriptor }
            }
            close(descriptor)
        }
        return nil
    }

    private static func wait(_ descriptor: Int32, _ event: Int16, _ deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return false }
            var entry = pollfd(fd: descriptor, events: event, revents: 0)
            let count = poll(&entry, 1, Int32(min(left.rounded(.up), 60_000)))
            if count > 0 { return true }
            if count < 0 && errno != EINTR { return false }
        }
    }

    #if os(Linux)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #else
        private static let noSignal: Int32 = 0
    #endif
}

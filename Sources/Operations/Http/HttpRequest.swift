/// What a request asks for: the first line, as far as it matters here.
struct HttpRequest: Equatable {
    /// `GET` or `HEAD`.
    let method: String
    /// The path without its query.
    let path: String
    /// The host that the request is meant for, without its port and in small letters; nil where it names none.
    let host: String?

    /// The most bytes that a request's head may have.
    static let limit = 8 << 10

    /// What the bytes of a connection so far mean.
    enum Parsed: Equatable {
        /// The head is not complete yet.
        case incomplete
        /// A request.
        case request(HttpRequest)
        /// None; the status says why.
        case refused(HttpStatus)
    }

    /// Reads the head of a request; a body is left alone.
    static func parse(_ bytes: [UInt8]) -> Parsed {
        guard let end = end(of: bytes) else {
            return bytes.count >= limit ? .refused(.headTooLarge) : .incomplete
        }
        if end > limit { return .refused(.headTooLarge) }
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        guard line.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return .refused(.badRequest) }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[1].hasPrefix("/"), words[2].hasPrefix("HTTP/") else {
            return .refused(.badRequest)
        }
        guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { return .refused(.badVersion) }
        guard words[0] == "GET" || words[0] == "HEAD" else { return .refused(.badMethod) }
        return .request(
            HttpRequest(
                method: String(words[0]), path: String(words[1].prefix { $0 != "?" }), host: host(bytes[..<end])))
    }

    private static func host(_ head: ArraySlice<UInt8>) -> String? {
        for line in head.split(separator: 0x0A) {
            let text = String(decoding: line, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"), text[..<colon].lowercased() == "host" else { continue }
            let value = text[text.index(after: colon)...].filter { !$0.isWhitespace }.lowercased()
            if value.hasPrefix("[") { return String(value.prefix { $0 != "]" }) + "]" }
            return String(value.prefix { $0 != ":" })
        }
        return nil
    }

    /// Whether the host is one by which this machine is asked. A page of the web whose name was made to lead here
    /// names its own, which has a dot; addresses and names of the local network are not for strangers to give.
    func isForUs(_ names: Set<String>) -> Bool {
        guard let host, !host.isEmpty else { return true }
        if host.hasPrefix("[") || !host.contains(".") || names.contains(host) { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Where the empty line after the head ends.
    private static func end(of bytes: [UInt8]) -> Int? {
        var feeds = 0
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A:
                feeds += 1
                if feeds == 2 { return index + 1 }
            case 0x0D: break
            default: feeds = 0
            }
        }
        return nil
    }
}

/// The status of an answer.
public enum HttpStatus: String, Sendable {
    /// All is well.
    case ok = "200 OK"
    /// No request of HTTP.
    case badRequest = "400 Bad Request"
    /// No such page.
    case notFound = "404 Not Found"
    /// Asked by a name that is not this machine's.
    case misdirected = "421 Misdirected Request"
    /// Neither GET nor HEAD.
    case badMethod = "405 Method Not Allowed"
    /// More than a request needs.
    case headTooLarge = "431 Request Header Fields Too Large"
    /// Not well, as the body says.
    case unavailable = "503 Service Unavailable"
    /// A version of HTTP that is not spoken here.
    case badVersion = "505 HTTP Version Not Supported"
}

/// An answer.
public struct HttpResponse: Sendable, Equatable {
    /// The status.
    public let status: HttpStatus
    /// The media type of the body.
    public let contentType: String
    /// The body.
    public let body: String

    /// Puts an answer together.
    public init(_ status: HttpStatus, contentType: String = "text/plain; charset=utf-8", _ body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// As it goes over the wire; the body only where it was asked for.
    func bytes(withBody: Bool) -> [UInt8] {
        let body = Array(body.utf8)
        var head = "HTTP/1.1 \(status.rawValue)\r\nContent-Type: \(contentType)\r\nContent-Length: \(body.count)\r\n"
        if status == .badMethod { head += "Allow: GET, HEAD\r\n" }
        head += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + (withBody ? body : [])
    }
}

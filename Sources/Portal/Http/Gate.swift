import Foundation

/// Who may ask, and how: what is checked of every request before anything else looks at it.
public struct Gate: Sendable {
    /// How people and programs prove that they may.
    public enum Admission: Sendable, Equatable {
        /// Everybody who reaches the port.
        case open
        /// Who has the token: as bearer, or as the password of basic authentication under any name.
        case token(String)
        /// Who comes through a proxy that sets this header, in small letters.
        case proxy(header: String)
    }

    private let hosts: Set<String>
    private let admission: Admission

    /// - Parameter hosts: names and addresses by which the portal may be asked, without ports; loopback ones always may.
    public init(hosts: Set<String> = [], admission: Admission = .open) {
        self.hosts = Set(hosts.map { $0.lowercased() }).union(["localhost", "127.0.0.1", "[::1]", "::1"])
        self.admission = admission
    }

    /// What is answered at once; nil where the request may go on.
    ///
    /// A page of another site that has its own name point here (DNS rebinding) sends that name as host; a page of
    /// another site that asks directly sends its origin. Neither gets an answer.
    func refusal(_ request: PortalRequest) -> Refusal? {
        guard let host = request.headers["host"], hosts.contains(Self.name(host)) else { return .host }
        if let origin = request.headers["origin"] {
            guard let slashes = origin.range(of: "://"),
                hosts.contains(Self.name(String(origin[slashes.upperBound...])))
            else { return .origin }
        }
        guard request.method == "GET" || request.method == "HEAD" else { return .method }
        if request.path == ["livez"] || request.path == ["readyz"] { return nil }
        switch admission {
        case .open: return nil
        case .proxy(let header): return request.headers[header]?.isEmpty == false ? nil : .proxy
        case .token(let token): return Self.credential(request).map { Self.same($0, token) } == true ? nil : .token
        }
    }

    /// Why a request goes no further.
    enum Refusal: String, CaseIterable {
        case host
        case origin
        case method
        case token
        case proxy

        var status: Int {
            switch self {
            case .host: 421
            case .origin, .proxy: 403
            case .method: 405
            case .token: 401
            }
        }
    }

    /// A host without its port.
    static func name(_ host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return host[...end].lowercased() }
        return host.split(separator: ":", maxSplits: 1).first.map { $0.lowercased() } ?? ""
    }

    private static func credential(_ request: PortalRequest) -> String? {
        let parts = (request.headers["authorization"] ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "bearer": return String(parts[1])
        case "basic":
            guard let data = Data(base64Encoded: String(parts[1])), let text = String(validating: data, as: UTF8.self),
                let colon = text.firstIndex(of: ":")
            else { return nil }
            return String(text[text.index(after: colon)...])
        default: return nil
        }
    }

    /// Compares in a time that does not tell where the two differ.
    private static func same(_ a: String, _ b: String) -> Bool {
        let (a, b) = (Array(a.utf8), Array(b.utf8))
        var difference = UInt8(a.count == b.count ? 0 : 1)
        for place in a.indices { difference |= a[place] ^ (b.isEmpty ? 1 : b[place % b.count]) }
        return difference == 0 && !b.isEmpty
    }
}

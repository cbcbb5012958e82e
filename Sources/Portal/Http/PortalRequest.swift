/// A request as the portal looks at it: what is asked for, by whom, in which language.
public struct PortalRequest: Sendable {
    /// `GET`, `HEAD` or another method.
    public let method: String
    /// The path in pieces, decoded; empty for the root.
    public let path: [String]
    /// The path as it was sent, for messages and redirections; only what a URI's path may have.
    public let rawPath: String
    /// The query's names and values, decoded, in order.
    public let query: [(name: String, value: String)]
    /// The headers by name in small letters; of several with one name the first.
    public let headers: [String: String]

    /// Reads a request's target; nil where it is no path with or without a query, is too long, or has escapes that
    /// are none or are not UTF-8.
    public init?(method: String, target: String, headers: [(name: String, value: String)] = []) {
        guard target.utf8.count <= Self.longestTarget, target.hasPrefix("/") else { return nil }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].utf8.allSatisfy(Self.isOfPath), parts.last?.utf8.allSatisfy(Self.isOfTarget) == true else {
            return nil
        }
        var path: [String] = []
        for piece in parts[0].split(separator: "/") {
            guard let decoded = Self.decoded(piece, plusIsBlank: false) else { return nil }
            path.append(decoded)
        }
        var query: [(String, String)] = []
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(halves[0], plusIsBlank: true),
                let value = Self.decoded(halves.count > 1 ? halves[1] : "", plusIsBlank: true),
                query.count < Self.mostParameters
            else { return nil }
            query.append((name, value))
        }
        self.method = method
        self.path = path
        rawPath = String(parts[0])
        self.query = query
        self.headers = Dictionary(
            headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The first value of a name in the query; nil where it is not there.
    public subscript(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// All values of a name that are not empty.
    public func all(_ name: String) -> [String] { query.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    /// A value that is not empty.
    public func filled(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// The value of a cookie.
    func cookie(_ name: String) -> String? {
        headers["cookie"]?.split(separator: ";").lazy.compactMap { part -> String? in
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, halves[0].filter({ $0 != " " }) == name else { return nil }
            return String(halves[1].filter { $0 != " " })
        }.first
    }

    private static let longestTarget = 8_000
    private static let mostParameters = 200

    private static func isOfPath(_ byte: UInt8) -> Bool { isOfTarget(byte) && byte != UInt8(ascii: "?") }

    private static func isOfTarget(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && ![0x22, 0x23, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D].contains(byte)
    }

    private static func decoded(_ text: Substring, plusIsBlank: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+"), plusIsBlank {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let high = digit(rest.removeFirst()), let low = digit(rest.removeFirst()) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(byte)
            }
        }
        // U+0000 is in no text of the database, and ends texts elsewhere.
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

/// Text as a piece of a path or a query.
enum Escaped {
    /// Every byte that is no letter, digit, `-`, `.`, `_` or `~` becomes an escape.
    static func component(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                escaped += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return escaped
    }

    /// A path with a query of these names and values.
    static func link(_ path: String, _ query: [(name: String, value: String)]) -> String {
        guard !query.isEmpty else { return path }
        return path + "?" + query.map { component($0.name) + "=" + component($0.value) }.joined(separator: "&")
    }
}

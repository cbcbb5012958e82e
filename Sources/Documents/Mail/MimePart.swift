import Foundation

/// One part of a message after RFC 5322 and MIME (RFC 2045 to 2047), with its headers, decoded.
struct MimePart {
    /// Header fields in their order, names in lower case, values unfolded.
    let headers: [(name: String, value: String)]
    /// The body's bytes, its transfer encoding undone.
    let body: [UInt8]
    /// The parts of a `multipart`; else none.
    let parts: [MimePart]

    /// Whether it, or a part of it, has more parts than are read, or deeper ones.
    let hasMoreParts: Bool

    /// The most parts that a part has.
    static let mostParts = 1000
    /// How deep parts are nested.
    static let mostDepth = 16

    /// Reads a part; nil where it has no headers.
    init?(_ bytes: ArraySlice<UInt8>, depth: Int = 0) {
        guard let (headers, start) = Self.headers(bytes) else { return nil }
        self.headers = headers
        let raw = bytes[start...]
        let type = Self.value(headers, "content-type") ?? "text/plain"
        let isMultiple = type.lowercased().hasPrefix("multipart/")
        if isMultiple, depth < Self.mostDepth, let boundary = Self.parameter(type, "boundary"), !boundary.isEmpty {
            let pieces = Self.split(raw, boundary)
            let parts = pieces.prefix(Self.mostParts).compactMap { MimePart($0, depth: depth + 1) }
            self.parts = parts
            hasMoreParts = pieces.count > Self.mostParts || parts.contains(where: \.hasMoreParts)
            body = []
        } else {
            parts = []
            hasMoreParts = isMultiple && depth >= Self.mostDepth
            body = Self.decoded(raw, Self.value(headers, "content-transfer-encoding") ?? "")
        }
    }

    /// The media type in lower case, without parameters.
    var type: String {
        let value = Self.value(headers, "content-type") ?? "text/plain"
        return value.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The character set that the part names.
    var charset: String { Self.value(headers, "content-type").flatMap { Self.parameter($0, "charset") } ?? "" }

    /// A header, its encoded words decoded.
    func header(_ name: String) -> String? { Self.value(headers, name).map(EncodedWord.decode) }

    /// The file's name; nil where the part is no attachment.
    var fileName: String? {
        let disposition = Self.value(headers, "content-disposition") ?? ""
        let name =
            Self.parameter(disposition, "filename") ?? Self.parameter(Self.value(headers, "content-type") ?? "", "name")
        if let name, !name.isEmpty { return EncodedWord.decode(name) }
        return disposition.lowercased().hasPrefix("attachment") ? "attachment" : nil
    }

    /// Whether the part says that it is an attachment, and not shown in the message.
    var isAttached: Bool { (Self.value(headers, "content-disposition") ?? "").lowercased().hasPrefix("attachment") }

    /// Whether bytes begin with header fields of a message.
    static func isMessage(_ bytes: [UInt8]) -> Bool {
        let known: Set = [
            "from", "to", "subject", "date", "received", "mime-version", "message-id", "return-path", "content-type",
            "delivered-to", "x-mailer", "snapshot-content-location",
        ]
        guard let (headers, _) = headers(bytes[...].prefix(64 << 10)), headers.count >= 2 else { return false }
        return headers.prefix(12).count { known.contains($0.name) } >= 2
    }

    private static func value(_ headers: [(name: String, value: String)], _ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The header fields, and where the body begins.
    private static func headers(_ bytes: ArraySlice<UInt8>) -> (headers: [(name: String, value: String)], body: Int)? {
        var headers: [(name: String, value: String)] = []
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let end = bytes[i...].firstIndex(of: 10) ?? bytes.endIndex
            var line = bytes[i..<end]
            if line.last == 13 { line.removeLast() }
            i = min(end + 1, bytes.endIndex)
            if line.isEmpty { return headers.isEmpty ? nil : (headers, i) }
            let text =
                TextBytes.decode(Array(line), charset: "utf-8") ?? TextBytes.decode(Array(line), charset: "gb18030")
                ?? ""
            if line.first == 0x20 || line.first == 9 {
                guard !headers.isEmpty, headers[headers.count - 1].value.utf8.count < 1 << 16 else { return nil }
                headers[headers.count - 1].value += " " + text.trimmingCharacters(in: .whitespaces)
                continue
            }
            guard let colon = text.firstIndex(of: ":"), headers.count < 1000 else { return nil }
            let name = text[..<colon]
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
            headers.append((name.lowercased(), text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)))
        }
        return headers.isEmpty ? nil : (headers, bytes.endIndex)
    }

    /// A parameter of a header's value, also one that is set in pieces with a character set (RFC 2231).
    static func parameter(_ value: String, _ name: String) -> String? {
        var found: [String: String] = [:]
        for piece in pieces(value).dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let key = piece[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            var text = piece[piece.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
                text = String(text.dropFirst().dropLast())
            }
            found[key] = found[key] ?? text
        }
        if let plain = found[name] { return plain }
        if let extended = found[name + "*"] { return percentDecoded(extended) }
        var joined = ""
        var n = 0
        while let next = found["\(name)*\(n)"] ?? found["\(name)*\(n)*"] {
            joined += next
            n += 1
        }
        guard n > 0 else { return nil }
        return found["\(name)*0*"] == nil ? joined : percentDecoded(joined)
    }

    private static func pieces(_ value: String) -> [String] {
        var pieces = [""]
        var isQuoted = false
        for character in value {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        return pieces
    }

    private static func percentDecoded(_ text: String) -> String {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return text.removingPercentEncoding ?? text }
        var bytes: [UInt8] = []
        var rest = Array(parts[2].utf8)[...]
        while let first = rest.popFirst() {
            if first == 0x25, rest.count >= 2,
                let byte = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(first)
            }
        }
        return TextBytes.decode(bytes, charset: String(parts[0])) ?? text
    }

    /// The parts between the lines of a boundary.
    private static func split(_ bytes: ArraySlice<UInt8>, _ boundary: String) -> [ArraySlice<UInt8>] {
        let mark = Array("--".utf8) + Array(boundary.utf8)
        var parts: [ArraySlice<UInt8>] = []
        var start: Int?
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let end = bytes[i...].firstIndex(of: 10) ?? bytes.endIndex
            if let isLast = isBoundary(bytes[i..<end], mark) {
                if let start {
                    // The line feed in front of a boundary is the boundary's.
                    var last = max(start, i - 1)
                    if last > start, bytes[last - 1] == 13 { last -= 1 }
                    parts.append(bytes[start..<last])
                }
                start = min(end + 1, bytes.endIndex)
                if isLast { return parts }
                if parts.count > mostParts { return parts }
            }
            i = end + 1
        }
        if let start, start < bytes.endIndex { parts.append(bytes[start...]) }
        return parts
    }

    /// Whether a line is the last boundary; nil where it is none. One may begin like another.
    private static func isBoundary(_ line: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool? {
        guard line.starts(with: mark) else { return nil }
        let rest = line.dropFirst(mark.count).filter { ![0x20, 0x09, 0x0D].contains($0) }
        return rest.isEmpty ? false : rest.elementsEqual("--".utf8) ? true : nil
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding.trimmingCharacters(in: .whitespaces).lowercased() {
        case "base64": Array(Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters) ?? Data())
        case "quoted-printable": QuotedPrintable.decode(bytes)
        default: Array(bytes)
        }
    }
}

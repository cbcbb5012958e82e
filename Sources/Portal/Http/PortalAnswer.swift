import Crypto

/// What the portal answers: a status, headers that are safe to send, and bytes.
public struct PortalAnswer: Sendable {
    /// The status code.
    public var status: Int
    /// The media type.
    public var contentType: String
    /// Further headers, in order.
    public var headers: [(name: String, value: String)] = []
    /// The bytes.
    public var body: [UInt8]
    /// How long others may keep it without asking again, in seconds; nil is not at all.
    var maximumAge: Int?
    /// Hashes of style sheets inside the page that may be used, for the content security policy.
    var styles: [String] = []

    init(_ status: Int = 200, _ contentType: String, _ body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// A page.
    init(_ status: Int = 200, _ html: Html) {
        self.init(status, "text/html; charset=utf-8", Array(html.markup.utf8))
    }

    /// A file to be saved and not shown. The name may be of any origin.
    static func attachment(_ name: String, _ contentType: String, _ bytes: [UInt8]) -> PortalAnswer {
        var answer = PortalAnswer(200, contentType, bytes)
        answer.headers.append(("content-disposition", disposition(name)))
        return answer
    }

    /// `Content-Disposition` after RFC 6266: a plain name for old programs, the whole one escaped. Nothing of the name
    /// can end the header, name a directory, or be taken for another type.
    static func disposition(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let whole = String(
            last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(120).map(Character.init))
        let name = whole.isEmpty || whole.allSatisfy({ $0 == "." }) ? "file" : whole
        let plain = String(
            name.unicodeScalars.map { scalar -> Character in
                let isPlain =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic || "0123456789.-_".unicodeScalars.contains(scalar))
                return isPlain ? Character(scalar) : "_"
            })
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(Escaped.component(name))"
    }

    /// To another place of the portal.
    static func redirection(to path: String) -> PortalAnswer {
        var answer = PortalAnswer(303, "text/plain; charset=utf-8", [])
        answer.headers.append(("location", path))
        return answer
    }

    /// A strong validator of the bytes.
    var tag: String {
        let digest = SHA256.hash(data: body).prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return "\"" + digest.joined() + "\""
    }

    /// The header of a name.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

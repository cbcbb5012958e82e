/// The headers of a record in CloudEvents 1.0 binary mode for Kafka, with gongbao's own.
///
/// `id` with `source` is unique for each event: an indicator that a newer engine reads
/// again has the same id and another source.
public struct CloudEvent: Sendable, Equatable {
    /// What the record says.
    public let schema: MessageSchema
    /// `ce_id`: the identifier of the bulletin, article or indicator.
    public let id: String
    /// `ce_source`: a URI reference, what it was made from.
    public let source: String
    /// `ce_time`: RFC 3339, when the bulletin was received; the same for all that follows
    /// from it, so that nothing made from it depends on when it was made.
    public let time: String
    /// W3C trace context; all that follows from one bulletin is one trace.
    public let traceparent: String?
    /// What made the record.
    public let engine: EngineVersion
    /// What besides the engine made the text of the bulletin, with its version; nil where nothing did.
    public let decoder: String?

    /// Gathers the headers.
    public init(
        schema: MessageSchema, id: String, source: String, time: String, traceparent: String?, engine: EngineVersion,
        decoder: String? = nil
    ) {
        self.schema = schema
        self.id = id
        self.source = source
        self.time = time
        self.traceparent = traceparent
        self.engine = engine
        self.decoder = decoder
    }

    /// Names and values, in the order in which they are written.
    public var headers: [(name: String, value: String)] {
        var list = [
            ("ce_specversion", "1.0"), (Self.idHeader, id), ("ce_type", schema.rawValue), ("ce_source", source),
            ("ce_time", time), ("content-type", schema.contentType),
        ]
        if let traceparent { list.append(("traceparent", traceparent)) }
        list.append((Self.engineHeader, String(engine.number)))
        list.append((Self.lexiconHeader, engine.lexicon))
        if let decoder { list.append((Self.decoderHeader, decoder)) }
        return list
    }

    /// The header with ``id``.
    public static let idHeader = "ce_id"
    /// The header with ``EngineVersion/number``.
    public static let engineHeader = "gongbao_engine"
    /// The header with ``EngineVersion/lexicon``.
    public static let lexiconHeader = "gongbao_lexicon"
    /// The header with ``decoder``.
    public static let decoderHeader = "gongbao_decoder"

    /// The bulletin that this one stood in: an archive, or a message. That one's bytes have this one's.
    public static let containerHeader = "gongbao_container"

    /// The trace that a bulletin without one belongs to: derived from its identifier, so
    /// that it is the same wherever and whenever the bulletin is offered.
    public static func traceparent(for bulletin: BulletinID) -> String {
        let digits = bulletin.rawValue
        return "00-\(digits.prefix(32))-\(digits.dropFirst(32).prefix(16))-01"
    }

    /// Whether a text from outside is a W3C trace parent of version 00.
    public static func isTraceparent(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [2, 32, 16, 2], parts[0].elementsEqual("00".utf8) else { return false }
        let areDigits = parts.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
        return areDigits && parts[1].contains { $0 != 0x30 } && parts[2].contains { $0 != 0x30 }
    }

    /// A bulletin's source (a file name, `stdin`, a URI) as the URI reference of `ce_source`:
    /// UTF-8, percent-encoded but for letters, digits and `-._~/`.
    public static func reference(_ source: String) -> String {
        var text = ""
        for byte in source.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f, 0x7e:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default: text += "%" + hexadecimal([byte]).uppercased()
            }
        }
        return text.isEmpty ? "." : text
    }

    /// The bulletin's source that ``reference(_:)`` made this of; nil where it made no such text.
    public static func source(ofReference reference: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(reference.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// A JSON document read into memory, for messages, which are small and come from outside.
public indirect enum JSONValue: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without point and exponent that fits.
    case integer(Int)
    /// Any other number.
    case number(Double)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object's members in the order in which they stand; names are unique.
    case object([Member])

    /// One member of an object.
    public struct Member: Sendable, Equatable {
        /// The name.
        public let name: String
        /// The value.
        public let value: JSONValue
    }

    /// Reads one document that fills `bytes` but for white space around it.
    ///
    /// - Throws: ``MessageError`` with code `broken_json` for anything that RFC 8259 does not
    ///   allow, for two members of one name, and for nesting deeper than 64.
    public init(parsing bytes: [UInt8]) throws(MessageError) {
        let read = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, MessageError> in
            var parser = JSONParser(buffer)
            do throws(MessageError) { return .success(try parser.document()) } catch { return .failure(error) }
        }
        self = try read.get()
    }

    /// The value of an object's member; nil where there is none or this is no object.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// What it is, for messages: `a string`, `an object` …
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a truth value"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

private struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func document() throws(MessageError) -> JSONValue {
        skipSpace()
        let value = try value()
        skipSpace()
        guard at == bytes.count else { throw broken("something follows the value") }
        return value
    }

    private mutating func value() throws(MessageError) -> JSONValue {
        guard let byte = peek else { throw broken("it ends too early") }
        switch byte {
        case UInt8(ascii: "{"): return try nested { parser throws(MessageError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(MessageError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw broken("no value begins like this")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(MessageError) -> JSONValue
    ) throws(MessageError) -> JSONValue {
        guard depth < 64 else { throw broken("it is nested too deeply") }
        depth += 1
        at += 1
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws(MessageError) -> JSONValue {
        var members: [JSONValue.Member] = []
        var names: Set<String> = []
        if take(UInt8(ascii: "}")) { return .object([]) }
        while true {
            guard peek == UInt8(ascii: "\"") else { throw broken("a member's name is missing") }
            let name = try string()
            guard !isTaken(name, members, &names) else { throw broken("two members have one name") }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw broken("a colon is missing") }
            skipSpace()
            members.append(.init(name: name, value: try value()))
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw broken("a comma is missing") }
            skipSpace()
        }
    }

    /// Messages have few members, for which looking at all is faster than hashing; objects
    /// from outside may have many.
    private func isTaken(_ name: String, _ members: [JSONValue.Member], _ names: inout Set<String>) -> Bool {
        if members.count < 32 { return members.contains { $0.name == name } }
        if names.isEmpty { names = Set(members.map(\.name)) }
        return !names.insert(name).inserted
    }

    private mutating func array() throws(MessageError) -> JSONValue {
        var elements: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array([]) }
        while true {
            elements.append(try value())
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw broken("a comma is missing") }
            skipSpace()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(MessageError) -> JSONValue {
        let fits = word.withUTF8Buffer { expected in
            at + expected.count <= bytes.count && expected.indices.allSatisfy { bytes[at + $0] == expected[$0] }
        }
        guard fits else { throw broken("no value begins like this") }
        at += word.utf8CodeUnitCount
        return value
    }

    private mutating func number() throws(MessageError) -> JSONValue {
        let start = at
        var isInteger = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw broken("a number is too large") }
        return .number(number)
    }

    private mutating func digits() throws(MessageError) {
        let start = at
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { at += 1 }
        guard at > start else { throw broken("a digit is missing") }
    }

    /// Collects stretches between escapes; UTF-8 is checked once over the whole string.
    private mutating func string() throws(MessageError) -> String {
        at += 1
        let first = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\"), bytes[at] >= 0x20 {
            at += 1
        }
        if peek == UInt8(ascii: "\"") {
            at += 1
            return try text(bytes[first..<(at - 1)])
        }
        var unescaped = Array(bytes[first..<at])
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped)
            case UInt8(ascii: "\\"): try escape(into: &unescaped)
            case 0..<0x20: throw broken("a control character stands in a string")
            default: unescaped.append(byte)
            }
        }
        throw broken("a string does not end")
    }

    private func text(_ utf8: some Sequence<UInt8>) throws(MessageError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw broken("a string is not UTF-8") }
        return text
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws(MessageError) {
        guard let byte = peek else { throw broken("a string does not end") }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "n"): unescaped.append(0x0a)
        case UInt8(ascii: "f"): unescaped.append(0x0c)
        case UInt8(ascii: "r"): unescaped.append(0x0d)
        case UInt8(ascii: "u"): unescaped.append(contentsOf: String(try scalar()).utf8)
        default: throw broken("an escape is unknown")
        }
    }

    private mutating func scalar() throws(MessageError) -> Character {
        var code = try fourDigits()
        if (0xd800..<0xdc00).contains(code) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw broken("half a surrogate pair") }
            let low = try fourDigits()
            guard (0xdc00..<0xe000).contains(low) else { throw broken("half a surrogate pair") }
            code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
        }
        guard let scalar = Unicode.Scalar(code) else { throw broken("half a surrogate pair") }
        return Character(scalar)
    }

    private mutating func fourDigits() throws(MessageError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw broken("an escape has too few digits")
            }
            code = code << 4 | UInt32(digit)
            at += 1
        }
        return code
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0a).contains(byte) || byte == 0x0d { at += 1 }
    }

    private func broken(_ what: String) -> MessageError {
        MessageError(.brokenJSON, "is not JSON: \(what) (byte \(at))")
    }
}

/// Writes canonical JSON: no white space, keys in the order of the calls, everything that
/// JSON lets stand unescaped left as UTF-8. The same calls give the same bytes everywhere.
///
/// The caller keeps the nesting right; the writer only places commas and escapes strings.
public struct JSONWriter: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// An empty writer with room for `capacity` bytes.
    public init(capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object, as the document, as a member's value or as an element.
    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// Closes the innermost object.
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    /// Opens an array, as the document, as a member's value or as an element.
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// Closes the innermost array.
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: StaticString) {
        separate()
        bytes.append(Self.quote)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(Self.quote)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that is not known when the program is built; its value must follow.
    public mutating func name(_ name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string, or null for nil.
    public mutating func value(_ text: String?) {
        separate()
        guard var text else { return append("null") }
        bytes.append(Self.quote)
        text.withUTF8 { utf8 in
            let piece = 4096
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 6 * min(piece, utf8.count) + 1) { room in
                guard let start = room.baseAddress else { return }
                for from in stride(from: 0, to: utf8.count, by: piece) {
                    let part = UnsafeBufferPointer(rebasing: utf8[from..<min(from + piece, utf8.count)])
                    bytes.append(contentsOf: room[..<JSONText.escape(part, to: start)])
                }
            }
        }
        bytes.append(Self.quote)
    }

    /// Writes an integer.
    public mutating func value(_ number: Int) {
        separate()
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes a number as the shortest decimal that reads back as the same value; what is
    /// not finite becomes 0, because JSON has no word for it.
    public mutating func value(_ number: Double) {
        separate()
        if let whole = Int(exactly: number) {
            bytes.append(contentsOf: String(whole).utf8)
        } else {
            bytes.append(contentsOf: (number.isFinite ? number.description : "0").utf8)
        }
    }

    /// Writes `true` or `false`.
    public mutating func value(_ flag: Bool) {
        separate()
        append(flag ? "true" : "false")
    }

    /// Writes `null`.
    public mutating func null() {
        separate()
        append("null")
    }

    /// Writes a member whose value is a string, or null for nil.
    public mutating func member(_ name: StaticString, _ text: String?) {
        key(name)
        value(text)
    }

    /// Writes a member whose value is an integer.
    public mutating func member(_ name: StaticString, _ number: Int) {
        key(name)
        value(number)
    }

    /// Writes a member whose value is a number.
    public mutating func member(_ name: StaticString, _ number: Double) {
        key(name)
        value(number)
    }

    /// Ends a line, for formats with one value on each; the next value stands alone.
    public mutating func endLine() {
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private static let quote = UInt8(ascii: "\"")

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(_ word: StaticString) {
        word.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}

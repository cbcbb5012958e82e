import Crypto

/// The name of one bulletin, article or indicator, the same on every machine.
///
/// The phantom parameter keeps the three apart at compile time; on the wire and in
/// the database an identifier is its lower-case hexadecimal `rawValue`.
public struct Identifier<Subject>: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Lower-case hexadecimal digits: 64 for a bulletin, 32 for an article or an indicator.
    public let rawValue: String

    /// Wraps digits that another run derived; nothing is checked.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads the identifier from its bare string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the identifier as its bare string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The digits.
    public var description: String { rawValue }
}

/// Names a bulletin: the SHA-256 of its bytes, so that `sha256sum FILE` prints it.
public typealias BulletinID = Identifier<Bulletin>

/// Names an article: derived from its bulletin and its span in the decoded text.
public typealias ArticleID = Identifier<Article>

/// Names an indicator: derived from its article, its span and its place among the
/// indicators that share the span.
public typealias IndicatorID = Identifier<Indicator>

extension Identifier where Subject == Bulletin {
    /// The identifier of the bulletin that consists of exactly these bytes.
    public init(bytes: some Sequence<UInt8>) {
        var hasher = SHA256()
        if bytes.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hasher.update(data: Array(bytes))
        }
        self.init(rawValue: hexadecimal(hasher.finalize()))
    }
}

extension Identifier where Subject == Article {
    /// The identifier of the article at `start..<end` (Unicode scalars of the decoded text).
    public init(bulletin: BulletinID, start: Int, end: Int) {
        self.init(rawValue: derived("article", bulletin.rawValue, start, end, 0))
    }
}

extension Identifier where Subject == Indicator {
    /// The identifier of the indicator number `repetition` (from 0) among those of
    /// `article` that have the span `start..<end`.
    ///
    /// The reading (value, name, …) is left out on purpose: two engine versions that
    /// read one figure differently give it the same identifier, so that they compare.
    public init(article: ArticleID, start: Int, end: Int, repetition: Int) {
        self.init(rawValue: derived("indicator", article.rawValue, start, end, repetition))
    }
}

private func derived(_ domain: String, _ parent: String, _ start: Int, _ end: Int, _ repetition: Int) -> String {
    var hasher = SHA256()
    // Each number is a line feed and at most twenty digits.
    let most = 16 + domain.utf8.count + parent.utf8.count + 3 * 21
    withUnsafeTemporaryAllocation(byteCount: most, alignment: 1) { input in
        var count = 0
        func put(_ text: String) {
            for byte in text.utf8 { put(byte) }
        }
        func put(_ byte: UInt8) {
            input[count] = byte
            count += 1
        }
        func put(_ number: Int) {
            put(UInt8(10))
            var power = 1
            while number / power >= 10 { power *= 10 }
            while power > 0 {
                put(UInt8(truncatingIfNeeded: 0x30 + number / power % 10))
                power /= 10
            }
        }
        put("gongbao ")
        put(domain)
        put(" v1\n")
        put(parent)
        put(start)
        put(end)
        put(repetition)
        hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: input[..<count]))
    }
    return hasher.finalize().withUnsafeBytes { hexadecimal($0[..<16]) }
}

/// Lower-case hexadecimal digits of `bytes`, two for each.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.withContiguousStorageIfAvailable(digits(of:)) ?? Array(bytes).withUnsafeBufferPointer(digits(of:))
}

private func digits(of bytes: UnsafeBufferPointer<UInt8>) -> String {
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    return String(unsafeUninitializedCapacity: bytes.count * 2) { text in
        for (i, byte) in bytes.enumerated() {
            text[2 * i] = digit(byte >> 4)
            text[2 * i + 1] = digit(byte & 15)
        }
        return bytes.count * 2
    }
}

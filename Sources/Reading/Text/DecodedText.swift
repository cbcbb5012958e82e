import BulletinModel

/// A bulletin's text: what every offset in articles and indicators counts.
public struct DecodedText: Sendable, Equatable {
    /// How the bytes were encoded.
    public enum Encoding: String, Sendable {
        /// UTF-8, with or without a byte order mark.
        case utf8 = "UTF-8"
        /// UTF-16, little endian.
        case utf16LittleEndian = "UTF-16LE"
        /// UTF-16, big endian.
        case utf16BigEndian = "UTF-16BE"
        /// GB 18030, which contains GBK and GB 2312.
        case gb18030 = "GB18030"
        /// Big5, with the supplement of Hong Kong.
        case big5 = "Big5"
        /// HZ, GB 2312 in seven bits.
        case hz = "HZ-GB-2312"
    }

    /// How the text is marked up, as its articles tell it.
    public typealias Form = Article.Form

    /// The Unicode scalars, without a byte order mark.
    public let scalars: [UInt32]
    /// How the bytes were encoded.
    public let encoding: Encoding
    /// How the text is marked up.
    public let form: Form
    /// Whether the bytes are an archive or a message of which only the documents in it have text: then there
    /// is nothing to read here, and no fault in that.
    public let isContainer: Bool
    /// What of the document is not in the text although somebody may look for it, as sentences.
    public var notes: [String] = []
    /// How sure optical recognition was of it; nil where the text was not recognised but read.
    public let scan: ScanQuality?

    /// Wraps scalars; the caller guarantees that each is a Unicode scalar value.
    public init(scalars: [UInt32], encoding: Encoding, form: Form, isContainer: Bool = false, scan: ScanQuality? = nil)
    {
        self.scan = scan
        self.scalars = scalars
        self.encoding = encoding
        self.form = form
        self.isContainer = isContainer
    }

    /// The text of a span, verbatim.
    public func string(_ span: Range<Int>) -> String {
        Scalars.string(scalars[span])
    }
}

/// Small helpers over arrays of Unicode scalar values.
public enum Scalars {
    /// The string of these scalars; values that are no scalar become U+FFFD.
    public static func string(_ scalars: some Collection<UInt32>) -> String {
        let text = scalars.withContiguousStorageIfAvailable { scalars in
            // Short strings take no memory of their own where they are made with their very size.
            let bytes = scalars.reduce(0) { $0 + size(of: $1) }
            return String(unsafeUninitializedCapacity: bytes) { encode(scalars, into: $0) }
        }
        return text ?? string(Array(scalars))
    }

    /// How many bytes of UTF-8 a scalar takes; what is none is shown by one that takes three.
    @inline(__always) private static func size(of c: UInt32) -> Int {
        1 + (c >= 0x80 ? 1 : 0) + (c >= 0x800 ? 1 : 0) + (c >= 0x10000 && c <= 0x10FFFF ? 1 : 0)
    }

    /// Writes UTF-8 into a buffer that has room for it; how many bytes it took.
    private static func encode(_ scalars: UnsafeBufferPointer<UInt32>, into buffer: UnsafeMutableBufferPointer<UInt8>)
        -> Int
    {
        var end = 0
        func put(_ byte: UInt32) {
            buffer[end] = UInt8(truncatingIfNeeded: byte)
            end += 1
        }
        for value in scalars {
            let c = value & 0xFFFF_F800 == 0xD800 || value > 0x10FFFF ? 0xFFFD : value
            if c < 0x80 {
                put(c)
            } else if c < 0x800 {
                put(0xC0 | c >> 6)
                put(0x80 | c & 0x3F)
            } else if c < 0x10000 {
                put(0xE0 | c >> 12)
                put(0x80 | c >> 6 & 0x3F)
                put(0x80 | c & 0x3F)
            } else {
                put(0xF0 | c >> 18)
                put(0x80 | c >> 12 & 0x3F)
                put(0x80 | c >> 6 & 0x3F)
                put(0x80 | c & 0x3F)
            }
        }
        return end
    }

    /// The scalars of a string.
    public static func of(_ text: String) -> [UInt32] {
        var text = text
        return text.withUTF8(valid)
    }

    /// Whether a text ends with these very scalars.
    ///
    /// `hasSuffix` asks for canonical equivalence, character by character, which Chinese does not need.
    static func ends(_ text: String, with tail: String) -> Bool {
        text.utf8.count >= tail.utf8.count && text.utf8.suffix(tail.utf8.count).elementsEqual(tail.utf8)
    }

    /// The scalars with full-width digits and points as plain ones, each in its place.
    static func withPlainDigits(_ scalars: [UInt32]) -> [UInt32] {
        guard scalars.contains(where: { $0 >= 0xFF0E && $0 <= 0xFF19 }) else { return scalars }
        return scalars.map { ($0 >= 0xFF10 && $0 <= 0xFF19) || $0 == 0xFF0E ? $0 - 0xFEE0 : $0 }
    }

    /// So many zeros, to be written over. `Array(repeating:count:)` takes longer to begin with, as it asks for its own
    /// type each time.
    static func zeros(_ count: Int) -> [UInt32] {
        var zeros: [UInt32] = []
        zeros.append(contentsOf: repeatElement(0, count: count))
        return zeros
    }

    /// The scalars of UTF-8 that is known to be valid, as that of strings is.
    private static func valid(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32] {
        var scalars = zeros(bytes.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) })
        var i = 0
        for k in scalars.indices {
            let first = UInt32(bytes[i])
            if first < 0x80 {
                scalars[k] = first
                i += 1
            } else if first < 0xE0 {
                scalars[k] = (first & 0x1F) << 6 | UInt32(bytes[i + 1]) & 0x3F
                i += 2
            } else {
                let two = UInt32(bytes[i + 1] & 0x3F) << 6 | UInt32(bytes[i + 2]) & 0x3F
                let isLong = first >= 0xF0
                scalars[k] =
                    isLong ? (first & 7) << 18 | two << 6 | UInt32(bytes[i + 3]) & 0x3F : (first & 15) << 12 | two
                i += isLong ? 4 : 3
            }
        }
        return scalars
    }

    /// The scalars of UTF-8; nil where the bytes are none: overlong forms, surrogates, values
    /// beyond U+10FFFF, bytes that are missing or too many.
    static func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt32]? {
        var isValid = true
        let scalars = [UInt32](unsafeUninitializedCapacity: bytes.count) { buffer, count in
            var i = 0
            var end = 0
            // The buffer holds one scalar for each byte, and every scalar consumes at least one.
            while i < bytes.count {
                let first = UInt32(bytes[i])
                // Three bytes make nearly all of Chinese: U+1000 to U+CFFF, which has no exception.
                if first &- 0xE1 < 0x0C, i + 2 < bytes.count {
                    let (second, third) = (UInt32(bytes[i + 1]), UInt32(bytes[i + 2]))
                    if second & 0xC0 == 0x80, third & 0xC0 == 0x80 {
                        buffer[end] = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F
                        end += 1
                        i += 3
                        continue
                    }
                }
                var c = first
                if first >= 0x80 {
                    let more = first < 0xC2 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : 0
                    guard more > 0, i + more < bytes.count else {
                        isValid = false
                        break
                    }
                    c = first & (0x3F >> UInt32(more))
                    for k in 1...more {
                        let next = UInt32(bytes[i + k])
                        if next & 0xC0 != 0x80 { isValid = false }
                        c = c << 6 | next & 0x3F
                    }
                    let isShort = more == 2 && c < 0x800 || more == 3 && c < 0x10000
                    if !isValid || isShort || c > 0x10FFFF || c & 0xFFFF_F800 == 0xD800 {
                        isValid = false
                        break
                    }
                    i += more
                }
                buffer[end] = c
                end += 1
                i += 1
            }
            count = end
        }
        return isValid ? scalars : nil
    }
}

import BulletinModel

/// What is searched of an article, and how: pairs of neighbouring characters, as Chinese has no blanks between words.
///
/// Blanks do not count, full-width letters and digits are plain ones, and capitals are small. Each character is written
/// as four letters and digits, so that any tokenizer keeps a pair as one word.
enum SearchWords {
    /// The characters that count.
    static func folded(_ text: String) -> [UInt32] {
        var folded: [UInt32] = []
        folded.reserveCapacity(text.utf8.count / 3 + 8)
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0...0x20, 0x7F...0xA0, 0xAD, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x3000, 0xFEFF:
                continue
            case 0x41...0x5A: folded.append(scalar.value + 0x20)
            case 0xFF01...0xFF5E:
                let plain = scalar.value - 0xFEE0
                folded.append((0x41...0x5A).contains(plain) ? plain + 0x20 : plain)
            default: folded.append(scalar.value)
            }
        }
        return folded
    }

    /// What a reader sees of an article: its headline and its text, without markup.
    static func visible(_ article: Article) -> [UInt32] {
        let text = article.form == .html ? withoutMarkup(article.text) : article.text
        // What stands between the two is in no text, so that no pair reaches over it.
        return folded(article.headline ?? "") + [1] + folded(text)
    }

    /// The pairs of a text in order; the last character has one with nothing behind it.
    static func pairs(_ folded: [UInt32]) -> [String] {
        folded.indices.map { word(folded[$0]) + word($0 + 1 < folded.count ? folded[$0 + 1] : 0) }
    }

    /// The pairs of a text in order with blanks between them, as they go into the index.
    static func pairText(_ folded: [UInt32]) -> String {
        var letters: [UInt8] = []
        letters.reserveCapacity(folded.count * 9)
        for place in folded.indices {
            if place > 0 { letters.append(0x20) }
            append(folded[place], to: &letters)
            append(place + 1 < folded.count ? folded[place + 1] : 0, to: &letters)
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// One character as four letters and digits.
    static func word(_ scalar: UInt32) -> String {
        var letters: [UInt8] = []
        append(scalar, to: &letters)
        return String(decoding: letters, as: UTF8.self)
    }

    private static func append(_ scalar: UInt32, to letters: inout [UInt8]) {
        letters.append(digits[Int(scalar / 46_656 % 36)])
        letters.append(digits[Int(scalar / 1296 % 36)])
        letters.append(digits[Int(scalar / 36 % 36)])
        letters.append(digits[Int(scalar % 36)])
    }

    private static let digits = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    /// The text of a page without tags, comments, scripts and styles; the commonest character references are resolved.
    private static func withoutMarkup(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var i = 0
        while i < bytes.count {
            if bytes[i] == 0x3C {
                if let end = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")].lazy.compactMap({
                    behind($0.0, $0.1, bytes, i)
                }).first {
                    i = end
                    continue
                }
                guard let end = bytes[i...].firstIndex(of: 0x3E) else { break }
                i = end + 1
                continue
            }
            if bytes[i] == 0x26,
                let (character, length) = references.first(where: { begins($0.0, bytes, i) }).map({
                    ($0.1, $0.0.utf8.count)
                })
            {
                plain += Array(character.utf8)
                i += length
                continue
            }
            plain.append(bytes[i])
            i += 1
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static let references = [
        ("&nbsp;", " "), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&shy;", ""),
        ("&ldquo;", "“"), ("&rdquo;", "”"), ("&middot;", "·"), ("&mdash;", "—"), ("&permil;", "‰"), ("&ensp;", " "),
        ("&emsp;", " "),
    ]

    /// The place behind what opens here and closes further on; nil where it does not open here.
    private static func behind(_ open: String, _ close: String, _ bytes: [UInt8], _ start: Int) -> Int? {
        guard begins(open, bytes, start) else { return nil }
        var i = start + open.utf8.count
        while i < bytes.count {
            if begins(close, bytes, i) { return (bytes[i...].firstIndex(of: 0x3E) ?? bytes.count - 1) + 1 }
            i += 1
        }
        return bytes.count
    }

    private static func begins(_ word: String, _ bytes: [UInt8], _ start: Int) -> Bool {
        let letters = word.utf8
        guard start + letters.count <= bytes.count else { return false }
        return zip(letters, bytes[start...]).allSatisfy { letter, byte in
            letter == byte || ((0x41...0x5A).contains(byte) && letter == byte + 0x20)
        }
    }
}

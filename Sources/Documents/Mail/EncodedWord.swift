import Foundation

/// Words of headers with a character set: `=?utf-8?B?…?=` (RFC 2047).
enum EncodedWord {
    /// The text with all words decoded; blanks between two of them go.
    static func decode(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        var wasWord = false
        while let start = rest.range(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[3].hasPrefix("="), let word = word(String(parts[0]), parts[1], parts[2])
            else {
                result += before + "=?"
                rest = rest[start.upperBound...]
                wasWord = false
                continue
            }
            if !(wasWord && before.allSatisfy(\.isWhitespace)) { result += before }
            result += word
            rest = parts[3].dropFirst()
            wasWord = true
        }
        return result + rest
    }

    private static func word(_ charset: String, _ encoding: Substring, _ text: Substring) -> String? {
        let bytes: [UInt8]
        switch encoding.lowercased() {
        case "b":
            guard let data = Data(base64Encoded: Data(text.utf8), options: .ignoreUnknownCharacters) else { return nil }
            bytes = Array(data)
        case "q": bytes = QuotedPrintable.decode(Array(text.replacing("_", with: " ").utf8)[...])
        default: return nil
        }
        // A language may stand behind the set: `utf-8*zh`.
        return TextBytes.decode(bytes, charset: String(charset.prefix { $0 != "*" }))
    }
}

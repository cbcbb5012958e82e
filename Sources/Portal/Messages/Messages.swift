import Foundation

/// The words of the portal in one language, from the one catalogue.
///
/// A message may hold places, `{count}`, and words that depend on a number, `{count?figure:figures}`: the first where
/// the number is 1.
struct Messages: Sendable {
    let language: Language
    private let texts: [String: String]

    /// The words of a language.
    init(_ language: Language) {
        self.language = language
        texts = language == .chinese ? Catalogue.chinese : Catalogue.english
    }

    /// A message without places.
    func callAsFunction(_ key: String) -> String { texts[key] ?? key }

    /// A message with its places filled.
    func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        guard let text = texts[key] else { return key }
        var filled = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            filled += rest[..<open]
            filled += Self.filled(rest[rest.index(after: open)..<close], values)
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    /// A message that may not be in the catalogue, such as that of a code; nil where it is not.
    func known(_ key: String) -> String? { texts[key] }

    private static func filled(_ place: Substring, _ values: KeyValuePairs<String, String>) -> String {
        let halves = place.split(separator: "?", maxSplits: 1)
        let value = values.first { $0.key == halves[0] }?.value ?? ""
        guard halves.count == 2 else { return value }
        let words = halves[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return String(value == "1" ? words[0] : words.count > 1 ? words[1] : "")
    }
}

/// The table of messages: a key, Chinese and English on each line, with tabs between.
struct Catalogue: Sendable {
    /// Its lines in order.
    let entries: [(key: String, chinese: String, english: String)]

    /// The one that was built in.
    static let shared = Catalogue(String(decoding: PackageResources.messages_tsv, as: UTF8.self))

    /// Its messages by key.
    static let chinese = shared.texts(.chinese)
    /// Its messages by key.
    static let english = shared.texts(.english)

    /// Reads a table; lines that begin with # and empty ones say nothing.
    init(_ table: String) {
        entries = table.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#") else { return nil }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            return cells.count == 3 ? (cells[0], cells[1], cells[2]) : (cells[0], "", "")
        }
    }

    /// The messages of a language by key.
    func texts(_ language: Language) -> [String: String] {
        var texts: [String: String] = [:]
        for entry in entries { texts[entry.key] = language == .chinese ? entry.chinese : entry.english }
        return texts
    }
}

import MessageTables

/// The tables of messages: on each line a key, Chinese and English, with tabs between.
///
/// A message may hold places: `{path}`, verbatim; `{count:number}`, digits; `{reason:text}`, which is itself a sentence
/// of the catalogue; `{count?figure:figures}`, the first word where the number is 1. A line feed is written `\n`.
public struct Catalogue: Sendable {
    /// A line of a table.
    public struct Entry: Sendable {
        /// The table that it is in, such as `portal`.
        public let area: String
        /// What the program asks for it by.
        public let key: String
        /// The Chinese.
        public let chinese: String
        /// The English.
        public let english: String

        /// The text of a language.
        public func text(_ language: Language) -> String { language == .chinese ? chinese : english }
    }

    /// All lines, table by table.
    public let entries: [Entry]

    /// Tables whose messages are asked for by key alone; of the others the English stands in the source.
    static let keyed: Set<String> = ["portal", "interface", "codes", "sheets"]

    /// What was built in.
    public static let shared = Catalogue(
        tables.map { (String(cString: $0.name), String(decoding: bytes(of: $0), as: UTF8.self)) })

    /// Reads tables, each with the name of its area; lines that begin with # and empty ones say nothing.
    public init(_ tables: [(area: String, table: String)]) {
        var entries: [Entry] = []
        for (area, table) in tables {
            for line in table.split(separator: "\n") where !line.hasPrefix("#") {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.unescaped)
                entries.append(
                    cells.count == 3
                        ? Entry(area: area, key: cells[0], chinese: cells[1], english: cells[2])
                        : Entry(area: area, key: cells[0], chinese: "", english: ""))
            }
        }
        self.entries = entries
    }

    /// The messages of a language by key.
    func texts(_ language: Language) -> [String: String] {
        var texts: [String: String] = [:]
        texts.reserveCapacity(entries.count)
        for entry in entries { texts[entry.key] = entry.text(language) }
        return texts
    }

    private static func unescaped(_ cell: Substring) -> String {
        String(cell.contains("\\") ? cell.replacing("\\n", with: "\n") : cell)
    }

    private static var tables: UnsafeBufferPointer<message_table> {
        var count = 0
        return UnsafeBufferPointer(start: message_tables(&count), count: count)
    }

    private static func bytes(of table: message_table) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: table.bytes, count: table.count)
    }
}

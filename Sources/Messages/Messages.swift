/// What is said to people in one language, from the one catalogue.
public struct Messages: Sendable {
    /// The language.
    public let language: Language
    private let texts: [String: String]

    /// The messages of a language.
    public init(_ language: Language) {
        self.language = language
        texts = language == .chinese ? Self.chinese : Self.english
    }

    /// The messages in the language of the process.
    public static var current: Messages { Messages(.current) }

    /// A message without places.
    public func callAsFunction(_ key: String) -> String { texts[key] ?? key }

    /// A message with its places filled.
    public func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        guard let text = texts[key] else { return key }
        return Template.filled(text) { name in values.first { $0.key == name }?.value ?? "" }
    }

    /// A message that may not be in the catalogue, such as that of a code; nil where it is not.
    public func known(_ key: String) -> String? { texts[key] }

    /// A code or a short word of a kind, such as the head of a column, in this language; as it is where there is none.
    ///
    /// Its key is the kind, a full stop and the word with hyphens for blanks.
    public func word(_ kind: String, _ code: String) -> String {
        language == .english ? code : texts["\(kind).\(code.replacing(" ", with: "-"))"] ?? code
    }

    /// A sentence that the program has made in English, in this language; as it is where the catalogue has none like it.
    ///
    /// Errors, records and logs hold their sentences in English, whoever reads them later; they are put into the
    /// reader's language where they are shown.
    public func said(_ english: String) -> String {
        language == .english ? english : Sentences.chinese.translated(english)
    }

    private static let chinese = Catalogue.shared.texts(.chinese)
    private static let english = Catalogue.shared.texts(.english)
}

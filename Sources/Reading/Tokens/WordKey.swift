/// A word as a key of a dictionary, by its bytes.
///
/// Strings are hashed and compared by what they are in one normal form, which takes most of the time that a table of
/// Chinese words is read in; the words of the tables are written one way.
struct WordKey: Hashable, Sendable {
    /// The word.
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: WordKey, b: WordKey) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

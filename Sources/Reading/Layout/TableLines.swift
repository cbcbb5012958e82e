/// The lines of a lexicon table, as whatever editor leaves them.
enum TableLines {
    /// Hands on number and cells of each line that is neither empty nor a comment. A mark of the byte
    /// order in front and carriage returns at the ends of lines say nothing.
    static func forEach(
        of text: String, _ body: (Int, [String]) throws(LexiconError) -> Void
    ) throws(LexiconError) {
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in try body(row.number, row.texts) }
    }
}

/// The lines of a lexicon table, as whatever editor leaves them.
enum TableLines {
    /// Hands on number and cells of each line that is neither empty nor a comment. A mark of the byte
    /// order in front and carriage returns at the ends of lines say nothing.
    static func forEach(
        of text: String, _ body: (Int, [String]) throws(LexiconError) -> Void
    ) throws(LexiconError) {
        var number = 0
        // Bytes, because a carriage return and a line feed are one character together.
        var bytes = text.utf8[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        for whole in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            let line = whole.last == 0x0D ? whole.dropLast() : whole
            if line.isEmpty || line.first == 0x23 { continue }
            let cells = line.split(separator: 0x09, omittingEmptySubsequences: false)
            try body(number, cells.map { String(Substring($0)) })
        }
    }
}

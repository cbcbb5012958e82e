import Operations

/// Rows in aligned columns, as terminals show them: a Chinese character is two cells wide.
struct ColumnTable {
    private let heads: [String]
    private let rightAligned: Set<Int>
    private let widest: Int

    /// Heads of the columns in English, shown in the language of the process; those whose cells stand to the right, and
    /// the most cells that one column may take.
    init(_ heads: [String], rightAligned: Set<Int> = [], widest: Int = 44) {
        self.heads = heads.map { Say.word("head", $0) }
        self.rightAligned = rightAligned
        self.widest = widest
    }

    /// The table as lines without trailing blanks. Control characters are made harmless, and
    /// what is too wide is cut with an ellipsis.
    func lines(_ rows: [[String]]) -> [String] {
        let cells = ([heads] + rows).map { row in row.map { Self.cut(Terminal.safe($0), to: widest) } }
        let widths = heads.indices.map { column in cells.map { Self.width($0[column]) }.max() ?? 0 }
        return cells.map { row in
            let padded = row.indices.map { column in
                let blanks = String(repeating: " ", count: widths[column] - Self.width(row[column]))
                return rightAligned.contains(column) ? blanks + row[column] : row[column] + blanks
            }
            let line = padded.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// The cells that a text takes.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func cut(_ text: String, to limit: Int) -> String {
        guard width(text) > limit else { return text }
        var kept = ""
        var used = 1
        for scalar in text.unicodeScalars {
            used += isWide(scalar) ? 2 : 1
            if used > limit { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept + "…"
    }

    /// East Asian Wide and Fullwidth of Unicode's annex 11, as far as bulletins use them.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

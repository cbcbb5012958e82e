/// The simplified forms of traditional ideographs, of `variants.tsv`.
struct VariantTable: Sendable {
    private static let first: UInt32 = 0x4E00
    private static let last: UInt32 = 0x9FFF
    /// For each ideograph of the basic block its simplified form; 0 where it has no other. Empty where the table is.
    private var simplified: [UInt16] = []

    /// Reads lines of traditional and simplified form.
    ///
    /// - Throws: ``LexiconError``, which names the line.
    init(_ text: String) throws(LexiconError) {
        var simplified: [UInt16] = []
        try TableRow.forEach(of: text) { (row) throws(LexiconError) in
            let (from, to) = (Self.ideograph(row.text(0)), Self.ideograph(row.text(1)))
            guard let from, let to, from != to else {
                throw LexiconError(message: "variants.tsv:\(row.number): needs an ideograph and its simplified form.")
            }
            if simplified.isEmpty { simplified = Array(repeating: 0, count: Int(Self.last - Self.first) + 1) }
            simplified[Int(from - Self.first)] = UInt16(to)
        }
        self.simplified = simplified
    }

    private static func ideograph(_ cell: String) -> UInt32? {
        guard let scalar = cell.unicodeScalars.first?.value, cell.unicodeScalars.count == 1,
            (first...last).contains(scalar)
        else { return nil }
        return scalar
    }

    /// Whether the table has no row.
    var isEmpty: Bool { simplified.isEmpty }

    /// The simplified form of a traditional ideograph; all else is its own.
    @inline(__always) func folded(_ c: UInt32) -> UInt32 {
        guard c >= Self.first, c <= Self.last, !simplified.isEmpty else { return c }
        let form = simplified[Int(c - Self.first)]
        return form == 0 ? c : UInt32(form)
    }
}

/// A text in traditional script, as the tables' words are found in it.
///
/// Every scalar has one in its place, so that offsets hold. What is told of the text in words is given back in the forms
/// that it prints.
struct TraditionalScript {
    /// The text in simplified forms.
    let scalars: [UInt32]
    /// For each simplified form the one that the text prints most.
    private let printed: [UInt32: UInt32]

    /// Nil for a text that is not in traditional script: of its ideographs fewer than one in twelve have another
    /// simplified form. Of traditional text it is one in three; simplified text has a few in names and quotations.
    init?(_ s: [UInt32], _ table: VariantTable) {
        guard !table.isEmpty else { return nil }
        var (ideographs, traditional) = (0, 0)
        for c in s where Glyph.isHan(c) {
            ideographs += 1
            if table.folded(c) != c { traditional += 1 }
        }
        guard traditional >= Self.least, traditional * Self.share >= ideographs else { return nil }
        scalars = s.map(table.folded)
        var counts: [UInt32: [UInt32: Int]] = [:]
        for (from, to) in zip(s, scalars) where from != to { counts[to, default: [:]][from, default: 0] += 1 }
        // A form that stands for itself elsewhere in the text, too (后, 里), has to be the rarer one.
        for c in s where counts[c] != nil { counts[c]?[c, default: 0] += 1 }
        printed = counts.mapValues { forms in
            forms.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        }
    }

    private static let least = 4
    private static let share = 12

    /// The words in the forms that the text prints.
    func printed(_ words: String) -> String {
        Scalars.string(Scalars.of(words).map { printed[$0] ?? $0 })
    }
}

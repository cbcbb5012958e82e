/// Superscripts and subscripts, which are no part of the number that they stand at.
enum HtmlScript {
    /// What a superscript's or subscript's text becomes behind the text before it; nil where it is a note's mark and goes.
    static func read(_ text: [UInt32], behind before: ArraySlice<UInt32>, isSuper: Bool) -> [UInt32]? {
        guard !text.isEmpty else { return text }
        let isNumber = text.allSatisfy { Glyph.isDigit($0) || $0 == 0x2D || $0 == 0x2212 }
        guard isNumber else {
            // PM<sub>2.5</sub> is read; [1], ①, * and 注 lead to a note.
            if !isSuper { return text }
            let isMark = text.allSatisfy { c in
                Glyph.isDigit(c) || brackets.contains(c) || (0x2460...0x24FF).contains(c) || c == 0x2C || c == 0x20
            }
            return isMark ? nil : text
        }
        guard let last = before.last else { return nil }
        if Glyph.isLetter(last) || last == 0x3BC || last == 0xB5 {
            // km<sup>2</sup>, CO<sub>2</sub>, s<sup>-1</sup>
            return isSuper ? raised(text) : text
        }
        guard isSuper else { return nil }
        // 10<sup>8</sup> is a power, 120.3<sup>4</sup> a number and a mark.
        let digits = before.reversed().prefix { Glyph.isDigit($0) || $0 == 0x2E || $0 == 0x2C }
        return digits.elementsEqual([0x30, 0x31]) ? raised(text) : nil
    }

    private static let brackets: Set<UInt32> = [
        0x28, 0x29, 0xFF08, 0xFF09, 0x5B, 0x5D, 0x3010, 0x3011, 0x3014, 0x3015, 0x2A, 0x203B, 0x6CE8, 0x2020,
    ]

    private static func raised(_ text: [UInt32]) -> [UInt32] {
        text.map { c in
            switch c {
            case 0x31: 0xB9
            case 0x32: 0xB2
            case 0x33: 0xB3
            case 0x30, 0x34...0x39: 0x2070 + (c - 0x30)
            default: 0x207B
            }
        }
    }
}

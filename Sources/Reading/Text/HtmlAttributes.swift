/// The attributes of one start tag, in the words of HTML5's tokenizer.
struct HtmlAttributes {
    private var values: [(name: String, value: Range<Int>)] = []
    private let s: [UInt32]

    /// Tags with more attributes have the rest left out.
    private static let most = 40

    /// The attributes of the tag that stands at `range`, `<` and `>` included.
    init(_ s: [UInt32], _ range: Range<Int>) {
        self.s = s
        var i = range.lowerBound + 1
        let end = range.upperBound
        while i < end, !Self.isSpace(s[i]), s[i] != 0x2F, s[i] != 0x3E { i += 1 }
        while i < end, values.count < Self.most {
            while i < end, Self.isSpace(s[i]) || s[i] == 0x2F { i += 1 }
            guard i < end, s[i] != 0x3E else { return }
            let first = i
            // A leading = belongs to the name.
            i += 1
            while i < end, !Self.isSpace(s[i]), s[i] != 0x2F, s[i] != 0x3E, s[i] != 0x3D { i += 1 }
            let name = Scalars.string(s[first..<i].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
            while i < end, Self.isSpace(s[i]) { i += 1 }
            var value = i..<i
            if i < end, s[i] == 0x3D {
                i += 1
                while i < end, Self.isSpace(s[i]) { i += 1 }
                if i < end, s[i] == 0x22 || s[i] == 0x27 {
                    let quote = s[i]
                    let from = i + 1
                    i = from
                    while i < end, s[i] != quote { i += 1 }
                    value = from..<i
                    i = min(end, i + 1)
                } else {
                    let from = i
                    while i < end, !Self.isSpace(s[i]), s[i] != 0x3E { i += 1 }
                    value = from..<i
                }
            }
            if !values.contains(where: { $0.name == name }) { values.append((name, value)) }
        }
    }

    /// The value of an attribute, character references read; nil where there is none of the name.
    subscript(_ name: String) -> [UInt32]? {
        values.first { $0.name == name }.map { HtmlEntity.decoded(s, $0.value) }
    }

    /// Whether there is an attribute of the name.
    func has(_ name: String) -> Bool { values.contains { $0.name == name } }

    static func isSpace(_ c: UInt32) -> Bool { c == 0x20 || (9...13).contains(c) && c != 11 }
}

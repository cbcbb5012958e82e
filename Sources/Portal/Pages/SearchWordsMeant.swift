import Reading

/// What the words in the search box may mean besides themselves.
struct Meant {
    /// A number with its unit, magnitude words multiplied out: 1162.95亿元.
    var figure: (number: Double, unit: String)?
    /// A division that the words, or one of them, name.
    var division: Division?
    /// Measures that the words, or what is left beside the division, name.
    var measures: [Measure] = []
    /// A year among the words.
    var year: Int?

    init(_ text: String, _ names: PortalNames) {
        figure = Self.figure(text)
        var rest: [String] = []
        for word in text.split(whereSeparator: \.isWhitespace).prefix(8).map(String.init) {
            let digits = word.hasSuffix("年") ? String(word.dropLast()) : word
            if division == nil, word.count >= 2, let found = names.division(word) {
                division = found
            } else if year == nil, digits.utf8.count == 4, let number = Int(digits), (1900...2100).contains(number) {
                year = number
            } else {
                rest.append(word)
            }
        }
        if rest.count == 1, division == nil {
            // 洛阳市地区生产总值, in one word: the longest name in front.
            let letters = Array(rest[0])
            for end in stride(from: min(letters.count - 1, 10), to: 1, by: -1) {
                guard let found = names.division(String(letters[..<end])) else { continue }
                let left = String(letters[end...])
                if names.measure(left) != nil {
                    division = found
                    rest = [left]
                }
                break
            }
        }
        for word in rest {
            if let measure = names.measure(word) {
                measures.append(measure)
            } else if word.count >= 2 {
                measures += names.measures.search(word).prefix(4)
            }
        }
        var seen: Set<String> = []
        measures = Array(measures.filter { seen.insert($0.code).inserted }.prefix(6))
    }

    /// Reads `1162.95亿元`, `5.2%`, `1,162万人`; nil for what is no number, and for one without a unit or a point,
    /// which is more often a year or a code.
    static func figure(_ text: String) -> (number: Double, unit: String)? {
        let text = text.filter { !$0.isWhitespace && $0 != "," && $0 != "，" }
        let digits = text.prefix { ($0.isASCII && $0.isNumber) || $0 == "." || $0 == "-" }
        guard var number = Double(digits), number.isFinite else { return nil }
        var unit = text.dropFirst(digits.count)
        if unit.isEmpty && !digits.contains(".") { return nil }
        for (word, factor) in [("万亿", 1e12), ("亿", 1e8), ("万", 1e4), ("千", 1e3)] where unit.hasPrefix(word) {
            if word == "千", unit.hasPrefix("千瓦") || unit.hasPrefix("千克") { break }
            number = (number * factor * 1e6).rounded() / 1e6
            unit = unit.dropFirst(word.count)
            break
        }
        let plain = unit == "％" ? "%" : String(unit)
        return plain.count <= 8 ? (number, plain) : nil
    }
}

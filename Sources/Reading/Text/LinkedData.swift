/// What a page says of itself in JSON-LD (`<script type="application/ld+json">`), of which few fields count: they are read
/// by their names, so that what is no whole JSON is read too.
struct LinkedData {
    /// `headline`, else nil.
    private(set) var headline: [UInt32]?
    /// `datePublished`.
    private(set) var published: [UInt32]?
    /// `publisher`, a name or an object with one.
    private(set) var publisher: [UInt32]?

    /// More is read of no page.
    private static let longest = 20_000
    /// How far behind `publisher` its name may stand.
    private static let reach = 300

    /// Reads what stands from `start` up to the end of the script.
    init(_ s: [UInt32], from start: Int) {
        var end = start
        let limit = min(s.count, start + Self.longest)
        while end + 1 < limit, s[end] != 0x3C || s[end + 1] != 0x2F { end += 1 }
        headline = Self.value(of: "headline", in: s, start..<end)
        published = Self.value(of: "datePublished", in: s, start..<end)
        guard let place = Self.place(of: "publisher", in: s, start..<end) else { return }
        publisher =
            Self.string(s, at: place, end)
            ?? Self.value(of: "name", in: s, place..<min(end, place + Self.reach))
    }

    private static func value(of key: String, in s: [UInt32], _ range: Range<Int>) -> [UInt32]? {
        place(of: key, in: s, range).flatMap { string(s, at: $0, range.upperBound) }
    }

    /// Where the value of `"key":` begins.
    private static func place(of key: String, in s: [UInt32], _ range: Range<Int>) -> Int? {
        let name = Scalars.of("\"" + key + "\"")
        guard range.count > name.count else { return nil }
        for i in range.lowerBound..<range.upperBound - name.count
        where s[i] == 0x22 && s[i..<i + name.count].elementsEqual(name) {
            var j = skipBlanks(s, i + name.count, range.upperBound)
            guard j < range.upperBound, s[j] == 0x3A else { continue }
            j = skipBlanks(s, j + 1, range.upperBound)
            return j
        }
        return nil
    }

    /// The string that begins at `i`; nil where none does.
    private static func string(_ s: [UInt32], at i: Int, _ end: Int) -> [UInt32]? {
        guard i < end, s[i] == 0x22 else { return nil }
        var value: [UInt32] = []
        var j = i + 1
        while j < end, s[j] != 0x22 {
            guard s[j] == 0x5C, j + 1 < end else {
                value.append(s[j])
                j += 1
                continue
            }
            // \u4e00 and \"
            let digits = s[j + 2..<max(j + 2, min(end, j + 6))].compactMap(hexadecimal)
            if s[j + 1] == 0x75, digits.count == 4 {
                let scalar = digits.reduce(0) { $0 * 16 + $1 }
                // Halves of a pair are no scalars.
                if Unicode.Scalar(scalar) != nil { value.append(scalar) }
                j += 6
            } else {
                value.append(s[j + 1] == 0x6E ? 0x20 : s[j + 1])
                j += 2
            }
        }
        return j < end && !value.isEmpty ? value : nil
    }

    private static func hexadecimal(_ c: UInt32) -> UInt32? {
        switch c {
        case 0x30...0x39: c - 0x30
        case 0x41...0x46: c - 0x37
        case 0x61...0x66: c - 0x57
        default: nil
        }
    }

    private static func skipBlanks(_ s: [UInt32], _ start: Int, _ end: Int) -> Int {
        var i = start
        while i < end, Glyph.isBlank(s[i]) || s[i] == 10 || s[i] == 13 { i += 1 }
        return i
    }
}

/// The names of those who publish: authorities and papers.
enum Publisher {
    /// The longest name.
    private static let longest = 40

    /// Whether a line is the name of an authority and nothing else: 海州市统计局, 海州市统计局 国家统计局海州调查队.
    static func isAuthority(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        guard (4...longest).contains(range.count) else { return false }
        var part = range.lowerBound
        var names = 0
        for i in range.lowerBound...range.upperBound {
            let isEnd = i == range.upperBound
            guard isEnd || Glyph.isBlank(s[i]) || s[i] == 0x3001 else { continue }
            if i > part {
                guard i - part >= 3, isOneAuthority(s, part..<i, lexicon) else { return false }
                names += 1
            }
            part = i + 1
        }
        return names > 0 && names <= 3
    }

    private static func isOneAuthority(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Bool {
        s[range].allSatisfy { Glyph.isHan($0) || $0 == 0xB7 }
            && lexicon[.authorityEnd].ends(s, before: range.upperBound, start: range.lowerBound) > 0
            && lexicon[.noAuthority].first(s, in: range) == nil
    }

    /// Where the name of a paper, agency or site ends that a stretch begins with; nil where it does not.
    static func mediaName(_ s: [UInt32], _ range: Range<Int>, _ lexicon: Lexicon) -> Int? {
        // 新华社北京: what follows an agency's name is the place.
        let agency = lexicon[.agency].begins(s, at: range.lowerBound, end: range.upperBound)
        if agency > 0 { return range.lowerBound + agency }
        var end: Int?
        for i in range {
            let word = lexicon[.mediaEnd].begins(s, at: i, end: range.upperBound)
            if word > 0, i + word - range.lowerBound >= 3 { end = max(end ?? 0, i + word) }
        }
        return end
    }

    /// The name that a label like 来源： leads to, from `start` on; nil where it leads to none.
    static func labelled(_ s: [UInt32], at start: Int, end: Int, _ lexicon: Lexicon) -> Range<Int>? {
        var a = start
        while a < end, Glyph.isBlank(s[a]) || s[a] == 0x2D || s[a] == 0x2014 || opens(s[a]) { a += 1 }
        var b = a
        while b < end, b - a < longest, isPart(s[b]) {
            // 来源：海州日报作者：王: the next label ends a name.
            if b > a, lexicon[.nextLabel].begins(s, at: b, end: end) > 0 { break }
            b += 1
        }
        while b > a, s[b - 1] == 0xB7 || s[b - 1] == 0x2D { b -= 1 }
        guard b - a >= 2, !lexicon[.nobody].contains(Array(s[a..<b])), s[a..<b].contains(where: Glyph.isHan) else {
            return nil
        }
        return a..<b
    }

    private static func isPart(_ c: UInt32) -> Bool {
        Glyph.isHan(c) || Glyph.isLetter(c) || c == 0xB7 || c == 0xFF08 || c == 0xFF09 || c == 0x26 || c == 0x201C
            || c == 0x201D || c == 0x2D
    }

    private static func opens(_ c: UInt32) -> Bool { c == 0x300A || c == 0x201C || c == 0x3010 || c == 0x5B }
}

/// Quotes as people read them.
public enum QuoteText {
    /// A quote of a web page without the markup inside, character references resolved, breaks as blanks. Quotes of
    /// other texts come out as they are, but for breaks.
    public static func plain(_ quote: String) -> String {
        guard quote.utf8.contains(where: { $0 == 0x3C || $0 == 0x26 || $0 == 0x0A || $0 == 0x0D }) else { return quote }
        let s = Scalars.of(quote)
        var plain: [UInt32] = []
        var i = 0
        while i < s.count {
            if s[i] == 0x3C, i + 1 < s.count, isTagStart(s[i + 1]), let end = s[i...].firstIndex(of: 0x3E) {
                i = end + 1
            } else if s[i] == 0x26, let found = HtmlEntity.read(s, at: i, end: s.count) {
                plain.append(found.value.first)
                if found.value.second != 0 { plain.append(found.value.second) }
                i = found.end
            } else {
                plain.append(s[i] == 0x0A || s[i] == 0x0D ? 0x20 : s[i])
                i += 1
            }
        }
        return Scalars.string(plain).split(separator: " ").joined(separator: " ")
    }

    /// `<b`, `</b`, `<!--`
    private static func isTagStart(_ c: UInt32) -> Bool {
        c == 0x2F || c == 0x21 || (0x41...0x5A).contains(c) || (0x61...0x7A).contains(c)
    }
}

/// A table of HTML inside a Markdown text.
enum MarkupTable {
    /// The first table that begins at or behind `start`, with its tags and the tables in it; nil where none does.
    static func first(in s: [UInt32], from start: Int) -> Range<Int>? {
        var i = start
        var open: (start: Int, depth: Int)?
        while i < s.count {
            guard s[i] == 0x3C, let tag = InlineTag.read(s, at: i) else {
                i += 1
                continue
            }
            if tag.name == "table" {
                if let (start, depth) = open {
                    let now = depth + (tag.isClosing ? -1 : 1)
                    if now == 0 { return start..<tag.end }
                    open = (start, now)
                } else if !tag.isClosing {
                    open = (i, 1)
                }
            }
            i = tag.end
        }
        // A table that nothing closes goes to the end.
        return open.map { $0.start..<s.count }
    }
}

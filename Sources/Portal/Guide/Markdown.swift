/// The Markdown of the guide as HTML: headings, paragraphs, lists, tables, code, links and emphasis.
///
/// It is as much of CommonMark and its tables as the guide uses; what it does not know stays text. Text is escaped as
/// everywhere, and links lead to pages of the guide and to addresses alone.
struct Markdown {
    private let lines: [Substring]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    func write(to html: inout Html) {
        var at = 0
        while at < lines.count {
            let line = lines[at]
            if line.allSatisfy(\.isWhitespace) {
                at += 1
            } else if line.hasPrefix("```") {
                let end = lines[(at + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
                Self.code(lines[(at + 1)..<end], &html)
                at = end + 1
            } else if line.hasPrefix("    ") {
                let end = lines[at...].firstIndex { !$0.hasPrefix("    ") && !$0.isEmpty } ?? lines.count
                Self.code(lines[at..<end].map { $0.dropFirst(4) }[...], &html)
                at = end
            } else if line.hasPrefix("#") {
                let level = line.prefix { $0 == "#" }.count
                let text = line.dropFirst(level).drop { $0 == " " }
                switch level {
                case 1: html.element("h1") { Self.inline(text, &$0) }
                case 2: html.element("h2") { Self.inline(text, &$0) }
                default: html.element("h3") { Self.inline(text, &$0) }
                }
                at += 1
            } else if line.hasPrefix("|") {
                let end = lines[at...].firstIndex { !$0.hasPrefix("|") } ?? lines.count
                Self.table(Array(lines[at..<end]), &html)
                at = end
            } else if Self.item(line) != nil {
                let end = lines[at...].firstIndex { Self.item($0) == nil && !$0.hasPrefix("  ") } ?? lines.count
                Self.list(lines[at..<end], &html)
                at = end
            } else {
                let end = lines[at...].firstIndex(where: Self.endsParagraph) ?? lines.count
                html.element("p") { Self.inline(Self.joined(lines[at..<max(end, at + 1)]), &$0) }
                at = max(end, at + 1)
            }
        }
    }

    private static func endsParagraph(_ line: Substring) -> Bool {
        line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") || line.hasPrefix("|") || line.hasPrefix("```")
            || item(line) != nil
    }

    /// Lines of a paragraph as one; between Chinese characters a line's end is no blank.
    private static func joined(_ lines: ArraySlice<Substring>) -> Substring {
        lines.reduce(into: "") { text, line in
            let line = line.drop { $0 == " " }
            if let last = text.last, !(isWide(last) && line.first.map(isWide) ?? false) { text += " " }
            text += line
        }[...]
    }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
    }

    /// What stands behind an item's mark, and whether it is numbered.
    private static func item(_ line: Substring) -> (text: Substring, isNumbered: Bool)? {
        if line.hasPrefix("- ") { return (line.dropFirst(2), false) }
        let digits = line.prefix { $0.isNumber }
        guard !digits.isEmpty, line.dropFirst(digits.count).hasPrefix(". ") else { return nil }
        return (line.dropFirst(digits.count + 2), true)
    }

    private static func list(_ lines: ArraySlice<Substring>, _ html: inout Html) {
        var items: [[Substring]] = []
        for line in lines {
            if let item = item(line) { items.append([item.text]) } else { items[items.count - 1].append(line) }
        }
        func write(_ html: inout Html) {
            for item in items { html.element("li") { inline(joined(item[...]), &$0) } }
        }
        if lines.first.flatMap(item)?.isNumbered == true {
            html.element("ol", [:], write)
        } else {
            html.element("ul", [:], write)
        }
    }

    private static func table(_ lines: [Substring], _ html: inout Html) {
        let rows = lines.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast().map(\.trimmed)
        }
        html.element("div", ["class": "wide", "tabindex": "0"]) { html in
            html.element("table") { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for cell in rows.first ?? [] { html.element("th", ["scope": "col"]) { inline(cell, &$0) } }
                    }
                }
                html.element("tbody") { html in
                    for row in rows.dropFirst(2) {
                        html.element("tr") { html in
                            for cell in row { html.element("td") { inline(cell, &$0) } }
                        }
                    }
                }
            }
        }
    }

    private static func code(_ lines: ArraySlice<Substring>, _ html: inout Html) {
        let text = lines.joined(separator: "\n").trimmingSuffix { $0 == "\n" }
        html.element("pre", ["tabindex": "0"]) { $0.element("code", String(text)) }
    }

    /// Code, links and emphasis in a line.
    private static func inline(_ text: Substring, _ html: inout Html) {
        var rest = text
        var plain = ""
        func flush(_ html: inout Html) {
            html.text(plain)
            plain = ""
        }
        while let first = rest.first {
            if first == "`", let end = rest.dropFirst().firstIndex(of: "`") {
                flush(&html)
                let code = String(rest[rest.index(after: rest.startIndex)..<end])
                // An option is not to be parted behind its hyphens.
                html.element("code", ["class": code.hasPrefix("--") && code.count < 30 ? "option" : nil], code)
                rest = rest[rest.index(after: end)...]
            } else if rest.hasPrefix("**"), let end = rest.dropFirst(2).range(of: "**") {
                flush(&html)
                html.element("strong") { inline(rest.dropFirst(2)[..<end.lowerBound], &$0) }
                rest = rest[end.upperBound...]
            } else if first == "[", let close = rest.range(of: "]("),
                let end = rest[close.upperBound...].firstIndex(of: ")")
            {
                flush(&html)
                let target = String(rest[close.upperBound..<end])
                let label = rest.dropFirst()[..<close.lowerBound]
                if let address = address(target) {
                    html.element("a", ["href": address]) { inline(label, &$0) }
                } else {
                    inline(label, &html)
                }
                rest = rest[rest.index(after: end)...]
            } else {
                plain.append(first)
                rest = rest.dropFirst()
            }
        }
        flush(&html)
    }

    /// Where a link leads: another page of the guide (`panel.md`), a page of the portal, or an address elsewhere.
    private static func address(_ target: String) -> String? {
        if target.hasSuffix(".md"), !target.contains("/") { return "/guide/" + target.dropLast(3) }
        return target.hasPrefix("/") && !target.hasPrefix("//") || target.hasPrefix("https://")
            || target.hasPrefix("http://127.0.0.1") ? target : nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop { $0 == " " }
        while text.last == " " { text = text.dropLast() }
        return text
    }

    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

extension String {
    fileprivate func trimmingSuffix(_ isEnd: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, isEnd(last) { text = text.dropLast() }
        return text
    }
}

import Messages

/// The frame of every page: one file without scripts and references, which may be kept for
/// years, sent around, and printed.
enum Page {
    /// Text as it stands in HTML, in elements and in quoted attributes; control characters that
    /// HTML does not allow become U+FFFD.
    static func escape(_ text: String) -> String {
        var html = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            case "\t", "\n", "\r": html.unicodeScalars.append(scalar)
            // Marks that turn the direction of text could make a figure read differently.
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
                _ where (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value):
                html.unicodeScalars.append("\u{FFFD}")
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html
    }

    /// A field's value, or that there is none.
    static func value(_ text: String?, _ messages: Messages) -> String {
        text.map { $0.isEmpty ? "<i>\(messages.said("empty"))</i>" : escape($0) } ?? "<i>null</i>"
    }

    /// A whole page.
    static func document(title: String, language: Language, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(language.tag)"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escape(title))</title>
        <style>
        \(style)
        </style></head>
        <body><main>
        \(body)</main></body></html>

        """
    }

    private static let style = """
        :root { --ink: #1d2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --wash: #f5f7f9; --good: #1b6e4b;
          --bad: #b3261e; --mark: #fff1b8; --tampered: #b3261e; --changed: #a35200; --missing: #6b3fa0; --extra: #1f5fa8;
          --other: #55606e; }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--wash); color: var(--ink);
          font: 15px/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
        section, header { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.5rem 1.75rem;
          margin-bottom: 1.25rem; }
        header { border-top: 6px solid var(--good); } header.bad { border-top-color: var(--bad); }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: .2rem 0 1rem; color: var(--good); } .bad h1 { color: var(--bad); }
        h2 { font-size: 1.2rem; margin: 0 0 .8rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .6rem; font-weight: 600; }
        .product { margin: 0; color: var(--soft); letter-spacing: .04em; } .note, .asides { color: var(--soft); margin: .4rem 0; }
        .asides { padding-left: 1.2rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; } dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        .tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem; }
        .tiles div { border-left: 3px solid var(--good); padding-left: .8rem; }
        .tiles b { font-size: 1.5rem; font-variant-numeric: tabular-nums; } .tiles span { font-weight: 600; }
        .tiles small { display: block; color: var(--soft); }
        .tag { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; color: #fff; font-size: .85rem;
          font-weight: 600; background: var(--other); }
        .tag.tampered { background: var(--tampered); } .tag.changed { background: var(--changed); }
        .tag.missing { background: var(--missing); } .tag.extra { background: var(--extra); }
        .finding { border-left: 4px solid var(--other); padding: .1rem 0 .1rem 1rem; margin: 0 0 1.1rem; break-inside: avoid; }
        .finding.tampered { border-color: var(--tampered); } .finding.changed { border-color: var(--changed); }
        .finding.missing { border-color: var(--missing); } .finding.extra { border-color: var(--extra); }
        .finding p { margin: .2rem 0; overflow-wrap: anywhere; }
        .place { color: var(--soft); font-size: .85rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
        blockquote { margin: .5rem 0; padding: .5rem .8rem; background: var(--wash); white-space: pre-wrap; }
        table { border-collapse: collapse; font-size: .9rem; } th, td { text-align: left; padding: .25rem .9rem .25rem 0;
          border-bottom: 1px solid var(--line); vertical-align: top; } thead th { color: var(--soft); font-weight: 500; }
        tbody th { font-weight: 500; } .fields td { overflow-wrap: anywhere; } .was { color: var(--bad); } .is { color: var(--good); }
        .offsets td { text-align: right; font-variant-numeric: tabular-nums; }
        .offsets thead th:not(:first-child) { text-align: right; } .lost { color: var(--bad); font-weight: 600; }
        .wide { overflow-x: auto; } .figures { width: 100%; margin-top: .8rem; }
        .figures td:nth-child(3) { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .figures td:nth-child(6), .figures td:nth-child(1), .figures td:last-child { white-space: nowrap; }
        .figures td:nth-child(7) { min-width: 4.5em; }
        .figures td:first-child { color: var(--soft); } .figures td:last-child { color: var(--good); }
        tr.tampered td, tr.changed td, tr.missing td, tr.extra td, tr.other_engine td { background: #fdecea; }
        tr[class] td:last-child { color: var(--bad); font-weight: 600; }
        .sheet { border-top: 1px solid var(--line); padding-top: .4rem; margin-top: 1.6rem; }
        .sheet h3 { font-size: 1.1rem; margin-bottom: .2rem; }
        .text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.9; padding: .8rem 1rem; background: var(--wash);
          border-radius: 8px; }
        mark { background: var(--mark); color: inherit; border-radius: 3px; padding: 0 .15em; border-bottom: 2px solid #d8ae2f; }
        mark sup { color: var(--soft); font-size: .65em; margin-left: .15em; line-height: 0; }
        mark.tampered, mark.changed, mark.missing, mark.extra, mark.other_engine { background: #fbd5d1;
          border-bottom: 3px double var(--bad); }
        ol.proof li { margin: .35rem 0; } code { font-size: .92em; } footer { color: var(--soft); font-size: .9rem; }
        @media (max-width: 40rem) { .tiles { grid-template-columns: 1fr 1fr; } main { padding: 1rem .75rem; }
          section, header { padding: 1.1rem; } }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa6b5; --line: #333c48; --paper: #1a2029;
          --wash: #12171e; --good: #5cc79a; --bad: #ff8a80; --mark: #4b4117; --tampered: #b8372e; }
          tr.tampered td, tr.changed td, tr.missing td, tr.extra td, tr.other_engine td { background: #3a1f1d; }
          mark.tampered, mark.changed, mark.missing, mark.extra, mark.other_engine { background: #5c2420; } }
        @media print { @page { margin: 18mm 16mm; } :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --wash: #fff;
          --good: #000; --bad: #000; --mark: #fff; }
          body { font-size: 10pt; background: #fff; } main { max-width: none; padding: 0; }
          section, header { border: 0; border-radius: 0; padding: 0; margin: 0 0 1.2rem; } header { border-bottom: 2px solid #000; }
          .text, blockquote { padding: 0 0 0 .8rem; border-left: 2px solid #bbb; border-radius: 0; }
          .tag[class] { color: #000; background: none; border: 1px solid #000; } h2, h3 { break-after: avoid; }
          tr, .finding { break-inside: avoid; } thead { display: table-header-group; } .wide { overflow: visible; }
          mark { border-bottom: 1px solid #000; } mark[class] { background: none; border-bottom: 3px double #000; font-weight: 700; }
          tr[class] td { background: none; font-weight: 700; } .is { font-weight: 700; } .figures { font-size: 8.5pt; } }
        """
}

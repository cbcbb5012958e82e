/// HTML as it is written, element by element.
///
/// Markup is only ever a literal of the program; whatever comes from outside goes through ``text(_:)`` or
/// an attribute's value, which escape it. So no text of a bulletin can become markup.
struct Html {
    /// What has been written.
    fileprivate(set) var markup = ""

    /// A name in markup and what it is set to; nil leaves the attribute out, an empty string leaves it bare.
    typealias Attributes = KeyValuePairs<StaticString, String?>

    /// Literal markup.
    mutating func literal(_ markup: StaticString) { self.markup += markup.description }

    /// Text of any origin.
    mutating func text(_ text: String) { Self.escape(text, into: &markup) }

    /// An element with what `body` writes inside.
    mutating func element(_ name: StaticString, _ attributes: Attributes = [:], _ body: (inout Html) -> Void) {
        begin(name, attributes)
        body(&self)
        end(name)
    }

    /// An element with text inside.
    mutating func element(_ name: StaticString, _ attributes: Attributes = [:], _ content: String) {
        element(name, attributes) { $0.text(content) }
    }

    /// An element without attributes, with text inside.
    mutating func element(_ name: StaticString, _ content: String) { element(name, [:], content) }

    /// Opens an element; for those without content it is all there is.
    mutating func begin(_ name: StaticString, _ attributes: Attributes = [:]) {
        markup += "<" + name.description
        for (name, value) in attributes {
            guard let value else { continue }
            markup += " " + name.description
            if value.isEmpty { continue }
            markup += "=\""
            Self.escape(value, into: &markup)
            markup += "\""
        }
        markup += ">"
    }

    /// An attribute of an element that is being opened with literals, as XML needs it.
    mutating func attribute(_ name: StaticString, _ value: String) {
        markup += " " + name.description + "=\""
        Self.escape(value, into: &markup)
        markup += "\""
    }

    /// Closes an element.
    mutating func end(_ name: StaticString) { markup += "</" + name.description + ">" }

    /// Text as it stands in elements and in quoted attributes. Control characters, which HTML does not allow, and
    /// marks that turn the direction of text, which could make a figure read differently, become U+FFFD.
    private static func escape(_ text: String, into html: inout String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            case "\t", "\n": html.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value),
                _ where (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value),
                "\u{200E}", "\u{200F}", "\u{061C}":
                html.unicodeScalars.append("\u{FFFD}")
            default: html.unicodeScalars.append(scalar)
            }
        }
    }
}

extension Html {
    /// Markup that another writer of this type made.
    mutating func append(_ other: Html) { markup += other.markup }
}

import BulletinModel
import Foundation
import Reading

/// How one figure was read: its mark in the text, the strip that shows on hover and focus, its entry in the list.
struct ReadingView {
    let phrases: Phrases
    /// The number of the article, which makes names on the page unique.
    let article: Int
    /// The number of the article's first figure.
    let firstFigure: Int
    /// Where each figure has a page of its own; nil where it has none.
    var link: (@Sendable (Indicator) -> String)?

    // MARK: Figures

    /// Opens the mark of figures that share a place; `places` are their places in the article's list.
    func open(_ figures: [(place: Int, indicator: Indicator)], isFirst: Bool, _ html: inout Html) {
        guard let first = figures.first else { return }
        // The mark shows the least sure of them.
        let least = figures.map(\.indicator.confidence).min() ?? 1
        html.begin(
            "a",
            [
                "class": "fig \(Sureness(least).rawValue)", "id": isFirst ? "f\(number(first.place))" : nil,
                "href": "#r\(number(first.place))", "aria-describedby": "t\(number(first.place))",
            ])
    }

    /// The strip of those figures, behind the closed mark.
    func tip(
        _ figures: [(place: Int, indicator: Indicator)], _ shown: ShownNumbers, _ html: inout Html
    ) {
        guard let first = figures.first else { return }
        html.element(
            "span",
            [
                "class": "tip", "id": "t\(number(first.place))", "role": "tooltip", "lang": phrases.language.tag,
                "hidden": "",
            ]
        ) { html in
            for (place, indicator) in figures {
                html.element("span", ["class": "reading"]) { html in
                    html.element("b", ["class": "no"], "\(number(place))")
                    summary(indicator, shown.figures[place], &html)
                    chips(indicator, &html)
                }
            }
        }
    }

    /// An entry of the list; `shown` is what the text shows of it, nil where it does not.
    func entry(_ place: Int, _ indicator: Indicator, shown: String?, _ html: inout Html) {
        let sureness = Sureness(indicator.confidence)
        html.element("li", ["id": "r\(number(place))", "class": sureness.rawValue]) { html in
            html.element("div", ["class": "line"]) { html in
                if shown == nil {
                    html.element("b", ["class": "no"], "\(number(place))")
                } else {
                    html.element("a", ["class": "no", "href": "#f\(number(place))"], "\(number(place))")
                }
                summary(indicator, shown, &html)
            }
            html.element("div", ["class": "line"]) { html in
                chips(indicator, &html)
                if let link {
                    html.element("a", ["class": "own", "href": link(indicator)], phrases.ownPage)
                }
                html.element("details") { html in
                    html.element("summary", phrases.why)
                    html.element("p", ["class": "why"]) { html in
                        let found = indicator.rules.compactMap(phrases.rule)
                        html.text(found.joined(separator: phrases.language == .chinese ? "；" : "; "))
                        guard let code = indicator.code else { return }
                        html.literal(" ")
                        html.element("span", ["class": "chip"], "\(phrases.code) \(code)")
                    }
                }
            }
        }
    }

    /// Name and value, as printed and as read.
    private func summary(_ indicator: Indicator, _ shown: String?, _ html: inout Html) {
        let printed = shown ?? indicator.quote
        html.element("b", ["class": "name", "lang": "zh"], indicator.name)
        html.literal(" ")
        html.element("span", ["class": "value", "lang": "zh"], printed)
        let value = Self.grouped(indicator.value) + (indicator.valueTo.map { " – " + Self.grouped($0) } ?? "")
        let normal = value + (indicator.unit.isEmpty ? "" : " " + indicator.unit)
        guard normal.filter({ $0 != " " && $0 != "," }) != printed else { return }
        html.literal(" ")
        html.element("span", ["class": "normal"], "= " + normal)
    }

    /// What the figure is of, and how sure that is.
    private func chips(_ indicator: Indicator, _ html: inout Html) {
        html.literal(" ")
        html.element("span", ["class": "chips"]) { html in
            for chip in [phrases.kind(indicator)] + phrases.remarks(indicator) {
                html.element("span", ["class": "chip"], chip)
                html.literal(" ")
            }
            html.element(
                "span", ["class": indicator.period == nil ? "chip none" : "chip"],
                indicator.period.map(phrases.span) ?? phrases.noPeriod)
            html.literal(" ")
            html.element(
                "span", ["class": indicator.region == nil ? "chip none" : "chip"],
                indicator.region?.name ?? phrases.noRegion)
            html.literal(" ")
            let sureness = Sureness(indicator.confidence)
            html.element(
                "span", ["class": "chip sureness \(sureness.rawValue)"],
                "\(phrases.name(sureness)) \(Int((indicator.confidence * 100).rounded()))%")
        }
    }

    /// A decimal string with its thousands set apart.
    static func grouped(_ value: String) -> String {
        let parts = value.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return value }
        let sign = whole.hasPrefix("-") ? "−" : ""
        let digits = whole.drop { $0 == "-" }
        guard digits.count > 4, digits.allSatisfy(\.isNumber) else {
            return sign + digits + (parts.count > 1 ? "." + parts[1] : "")
        }
        var grouped = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return sign + grouped + (parts.count > 1 ? "." + parts[1] : "")
    }

    private func number(_ place: Int) -> Int { firstFigure + place }

    // MARK: Numbers that are no figures

    /// Opens the mark of a number that is none.
    func open(_ place: Int, isFirst: Bool, _ html: inout Html) {
        html.begin(
            "a",
            [
                "class": "out", "id": isFirst ? "o\(article)-\(place)" : nil, "href": "#u\(article)-\(place)",
                "aria-describedby": "x\(article)-\(place)",
            ])
    }

    /// Its strip.
    func tip(_ place: Int, _ figure: Unresolved, _ html: inout Html) {
        html.element(
            "span",
            [
                "class": "tip", "id": "x\(article)-\(place)", "role": "tooltip", "lang": phrases.language.tag,
                "hidden": "",
            ]
        ) { html in
            html.element("span", ["class": "reading"]) { html in
                html.element("b", ["class": "name", "lang": "zh"], figure.text)
                html.literal(" ")
                html.element(
                    "span", ["class": "chip"], "\(phrases.leftOut) · \(phrases.reason(figure.reason.rawValue))")
            }
        }
    }

    /// Its entry in the list.
    func entry(_ place: Int, _ figure: Unresolved, shown: String?, _ html: inout Html) {
        html.element("li", ["id": "u\(article)-\(place)"]) { html in
            if let shown {
                html.element("a", ["href": "#o\(article)-\(place)", "lang": "zh"], shown)
            } else {
                html.element("b", ["lang": "zh"], figure.text)
            }
            html.literal(" ")
            html.element("span", ["class": "reason"], phrases.reason(figure.reason.rawValue))
            if shown == nil {
                html.literal(" ")
                html.element("span", ["class": "around", "lang": "zh"], figure.passage)
            }
        }
    }
}

import Messages
import BulletinModel

/// Numbers and units after a language's habit: 1,162.95亿元 and 116.295 billion yuan.
///
/// Digits are never rounded: what is shown is what was printed, moved by powers of ten.
struct FigureText: Sendable {
    let messages: Messages

    /// A value with its unit, as in an indicator: magnitude words multiplied out.
    func value(_ value: String, unit: String) -> String {
        let (number, word) = scaled(value, from: 0)
        return joined(Self.grouped(number), word, unit)
    }

    /// A value in a unit that may have a magnitude word in front, as panels have it.
    func value(_ value: String, panelUnit: String) -> String {
        let (power, plain) = Self.split(panelUnit)
        let (number, word) = scaled(value, from: power)
        return joined(Self.grouped(number), word, plain)
    }

    /// A number of a panel in the unit that a chart or a table's head names.
    func number(_ value: String, panelUnit: String) -> String {
        Self.grouped(Self.shifted(value, by: shift(panelUnit)))
    }

    /// By which power of ten numbers of a panel's unit are shown in ``unit(_:)``.
    func shift(_ panelUnit: String) -> Int {
        let (power, _) = Self.split(panelUnit)
        guard messages.language == .english else { return 0 }
        return power - Self.englishPower(power)
    }

    /// The unit of a panel's column in words: 亿元, billion yuan.
    func unit(_ panelUnit: String) -> String {
        guard messages.language == .english else { return panelUnit }
        let (power, plain) = Self.split(panelUnit)
        let word =
            switch Self.englishPower(power) {
            case 9: "billion "
            case 6: "million "
            case 3: "thousand "
            default: ""
            }
        return word + name(plain)
    }

    /// An indicator's value, with what bounds it.
    func value(_ indicator: Indicator) -> String {
        var text = value(indicator.value, unit: indicator.valueTo == nil ? indicator.unit : "")
        if let to = indicator.valueTo { text += "–" + value(to, unit: indicator.unit) }
        if indicator.kind == .change, indicator.valueTo == nil, indicator.value.first != "-", indicator.value != "0" {
            text = "+" + text
        }
        return text
    }

    private func joined(_ number: String, _ word: String, _ unit: String) -> String {
        switch messages.language {
        case .chinese: return number + word + unit
        case .english:
            let unit = name(unit)
            let isSign = unit == "%" || unit == "‰"
            return number + (word.isEmpty ? "" : " " + word) + (unit.isEmpty ? "" : isSign ? unit : " " + unit)
        }
    }

    /// A unit without a magnitude word in this language; as printed where nobody has translated it.
    private func name(_ unit: String) -> String {
        messages.language == .chinese ? unit : messages.known("unit." + unit) ?? unit
    }

    /// A number of plain units times a power of ten, in the size that people say it in.
    private func scaled(_ value: String, from power: Int) -> (number: String, word: String) {
        let digits = value.drop { $0 == "-" }.prefix { $0 != "." }.count + power
        let steps: [(digits: Int, power: Int, word: String)] =
            messages.language == .chinese
            ? [(9, 8, "亿"), (6, 4, "万")] : [(13, 12, "trillion"), (10, 9, "billion"), (7, 6, "million")]
        let step = steps.first { digits >= $0.digits }
        return (Self.shifted(value, by: power - (step?.power ?? 0)), step?.word ?? "")
    }

    private static func englishPower(_ power: Int) -> Int { power >= 8 ? 9 : power >= 4 ? 6 : power >= 3 ? 3 : 0 }

    /// The magnitude word in front of a unit as a power of ten, and the rest.
    static func split(_ unit: String) -> (power: Int, plain: String) {
        if unit.hasPrefix("千瓦") || unit.hasPrefix("百分点") || unit.hasPrefix("千分点") { return (0, unit) }
        for (word, power) in [("亿", 8), ("万", 4), ("千", 3)] where unit.hasPrefix(word) && unit.count > 1 {
            return (power, String(unit.dropFirst()))
        }
        return (0, unit)
    }

    /// A decimal string times a power of ten.
    static func shifted(_ value: String, by power: Int) -> String {
        guard power != 0 else { return value }
        let sign = value.hasPrefix("-") ? "-" : ""
        let parts = value.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var digits = Array(parts.first ?? "")
        var point = digits.count + power
        if parts.count > 1 { digits += Array(parts[1]) }
        if point > digits.count { digits += Array(repeating: "0", count: point - digits.count) }
        if point < 1 {
            digits = Array(repeating: "0", count: 1 - point) + digits
            point = 1
        }
        var whole = digits[..<point]
        while whole.count > 1, whole.first == "0" { whole = whole.dropFirst() }
        var rest = digits[point...]
        while rest.last == "0" { rest = rest.dropLast() }
        return sign + String(whole) + (rest.isEmpty ? "" : "." + String(rest))
    }

    /// With thousands set apart and a real minus sign.
    static func grouped(_ value: String) -> String {
        let parts = value.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return value }
        let digits = whole.drop { $0 == "-" }
        guard digits.allSatisfy(\.isNumber) else { return value }
        var grouped = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { grouped += "," }
            grouped.append(digit)
        }
        return (whole.hasPrefix("-") ? "−" : "") + grouped + (parts.count > 1 ? "." + parts[1] : "")
    }

    /// A count.
    func count(_ number: Int) -> String { Self.grouped("\(number)") }
}

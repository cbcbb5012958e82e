import Foundation
import Reading

/// How a workbook's styles show numbers: as many decimals, as a percentage, as a date. What a reader sees counts, so that
/// 0.0534 in a column of percentages is 5.3%, as on the screen.
struct NumberFormats {
    /// One format, as far as it matters here.
    enum Format: Equatable {
        case general
        /// A number with so many decimals.
        case decimals(Int)
        /// A hundred times the number, with so many decimals and a percent sign.
        case percent(Int)
        /// A day, or a month where no day is shown.
        case date(hasDay: Bool)
        case text
    }

    private var cells: [Format] = []

    init() {}

    /// The formats of styles, in their order.
    init(_ cells: [Format]) {
        self.cells = cells
    }

    /// The formats of `xl/styles.xml`.
    init(_ bytes: [UInt8]) throws(DecodeError) {
        let xml = try XmlPull(bytes, "xl/styles.xml")
        var custom: [Int: Format] = [:]
        var isCellFormat = false
        while let node = try xml.next() {
            switch node {
            case .start("numFmt", _):
                if let id = xml.attribute("numFmtId").flatMap(Int.init) {
                    custom[id] = Self.format(xml.attribute("formatCode") ?? "")
                }
            case .start("cellXfs", let isEmpty): isCellFormat = !isEmpty
            case .end("cellXfs"): isCellFormat = false
            case .start("xf", _) where isCellFormat:
                let id = xml.attribute("numFmtId").flatMap(Int.init) ?? 0
                cells.append(custom[id] ?? Self.builtIn(id))
            default: break
            }
        }
    }

    /// A stored number as it is shown.
    func shown(_ raw: String, style: Int, uses1904: Bool) -> String {
        let format = cells.indices.contains(style) ? cells[style] : .general
        guard let number = Decimal(string: raw, locale: Locale(identifier: "en_US_POSIX")) else { return raw }
        switch format {
        case .text: return raw
        case .general: return Self.text(Self.rounded(number, to: 10), decimals: nil)
        case .decimals(let count): return Self.text(number, decimals: count)
        case .percent(let count): return Self.text(number * 100, decimals: count) + "%"
        case .date(let hasDay): return Self.day(number, hasDay: hasDay, uses1904: uses1904) ?? raw
        }
    }

    /// The formats that have numbers and no code (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are East Asian dates).
    static func builtIn(_ id: Int) -> Format {
        switch id {
        case 1, 3, 37, 38, 41, 42: .decimals(0)
        case 2, 4, 39, 40, 43, 44: .decimals(2)
        case 9: .percent(0)
        case 10: .percent(2)
        case 14, 15, 16, 22, 28...31, 36, 50, 53, 54, 57, 58: .date(hasDay: true)
        case 17, 27, 51, 52, 55, 56: .date(hasDay: false)
        case 49: .text
        default: .general
        }
    }

    /// What a format code says, by its first section and without what it quotes.
    static func format(_ code: String) -> Format {
        var bare = ""
        var isQuoted = false
        var isBracketed = false
        var skips = false
        for character in code {
            if skips { skips = false; continue }
            if character == "\"" { isQuoted.toggle(); continue }
            if isQuoted { continue }
            if character == "\\" || character == "_" || character == "*" { skips = true; continue }
            if character == "[" { isBracketed = true; continue }
            if character == "]" { isBracketed = false; continue }
            if isBracketed { continue }
            if character == ";" { break }
            bare.append(character)
        }
        let lower = bare.lowercased()
        if lower == "@" { return .text }
        if lower.contains("general") || lower.isEmpty { return .general }
        if lower.contains("y") || (lower.contains("m") && lower.contains("d")) {
            return .date(hasDay: lower.contains("d"))
        }
        let decimals =
            bare.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.prefix {
                $0 == "0" || $0 == "#" || $0 == "?"
            }.count ?? 0
        if bare.contains("%") { return .percent(decimals) }
        return bare.contains("0") || bare.contains("#") ? .decimals(decimals) : .general
    }

    /// A day of the calendar of 1900 or 1904 as it is written in Chinese.
    private static func day(_ serial: Decimal, hasDay: Bool, uses1904: Bool) -> String? {
        let days = Int(truncating: serial as NSDecimalNumber) + (uses1904 ? 1462 : 0)
        // 1900 counts a 29 February that never was; nothing is older than that here.
        guard days > 60, days < 110_000 else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let epoch = Date(timeIntervalSince1970: -2_209_161_600)
        guard let date = calendar.date(byAdding: .day, value: days, to: epoch) else { return nil }
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
        return hasDay ? "\(year)年\(month)月\(day)日" : "\(year)年\(month)月"
    }

    private static func rounded(_ number: Decimal, to scale: Int) -> Decimal {
        var (from, to) = (number, Decimal())
        NSDecimalRound(&to, &from, scale, .plain)
        return to
    }

    /// A number in digits, with so many decimals, or as many as it has.
    private static func text(_ number: Decimal, decimals: Int?) -> String {
        guard let decimals else { return number.description }
        let text = rounded(number, to: min(15, decimals)).description
        guard decimals > 0, !text.contains("e"), !text.contains("E") else { return text }
        let printed = text.split(separator: ".").dropFirst().first?.count ?? 0
        return text + (printed == 0 ? "." : "") + String(repeating: "0", count: max(0, min(15, decimals) - printed))
    }
}

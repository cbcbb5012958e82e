import Foundation

/// Units that measure the same thing, and how they turn into one another.
public struct PanelUnit: Sendable, Hashable {
    /// The unit as written, with its magnitude word (亿元).
    public let name: String
    /// What kind of thing it measures, by its plain unit: 元 for 亿元 and 万元.
    let plain: String
    /// How many plain units it is.
    let factor: Double
    /// The power of ten that ``factor`` is; nil where it is none.
    let power: Int?

    /// Reads a unit, with or without a magnitude word in front.
    public init(_ name: String) {
        var rest = name[...]
        var power = 0
        while let first = rest.first, let more = Self.magnitudes[first], rest.count > 1,
            Self.families[String(rest)] == nil, !Self.wholes.contains(String(rest))
        {
            power += more
            rest = rest.dropFirst()
        }
        self.name = name
        if let (plain, factor) = Self.families[String(rest)] {
            self.plain = plain
            self.factor = factor * pow(10, Double(power))
        } else {
            plain = String(rest)
            factor = pow(10, Double(power))
        }
        let exponent = log10(factor).rounded()
        self.power = pow(10, exponent) == factor ? Int(exponent) : nil
    }

    /// Whether a value in one can be given in the other.
    public func measuresSame(as other: PanelUnit) -> Bool { plain == other.plain }

    /// A decimal string in another unit that measures the same. Where the two are powers of ten apart the digits stay as
    /// they are printed; else there are twelve of them.
    func convert(_ value: String, to other: PanelUnit) -> String {
        if factor == other.factor { return value }
        if let power, let its = other.power { return DecimalText.shift(value, by: power - its) }
        return DecimalText.format((Double(value) ?? .nan) * factor / other.factor, digits: 12)
    }

    /// The unit that people write values of this size in: 元 becomes 亿元 from ten million on, and so on.
    func readable(for median: Double) -> PanelUnit {
        guard let steps = Self.readable[plain] else { return PanelUnit(plain) }
        let plainMedian = median
        return PanelUnit(steps.first { plainMedian >= $0.least }?.unit ?? plain)
    }

    /// Units that begin like a magnitude word.
    private static let wholes: Set = ["百分点", "千分点", "万分点", "千瓦", "千瓦时", "千伏安", "千伏", "千焦", "千帕", "千字"]

    private static let magnitudes: [Character: Int] = ["十": 1, "百": 2, "千": 3, "万": 4, "亿": 8]

    private static let readable: [String: [(least: Double, unit: String)]] = [
        "元": [(1e7, "亿元")], "美元": [(1e7, "亿美元")], "人": [(1e5, "万人")], "人次": [(1e5, "万人次")], "吨": [(1e5, "万吨")],
        "户": [(1e5, "万户")], "平方米": [(1e5, "万平方米")], "千瓦时": [(1e7, "亿千瓦时")], "家": [(1e5, "万家")],
        "公顷": [(1e4, "千公顷")], "辆": [(1e5, "万辆")], "立方米": [(1e7, "亿立方米")],
    ]

    /// Plain units by other names and sizes. 千 in 千米 and 千克 is no magnitude word, so these stand here whole.
    private static let families: [String: (String, Double)] = [
        "圆": ("元", 1), "人民币": ("元", 1), "美金": ("美元", 1), "名": ("人", 1), "口人": ("人", 1), "千克": ("吨", 1e-3),
        "公斤": ("吨", 1e-3), "斤": ("吨", 5e-4), "克": ("吨", 1e-6), "kg": ("吨", 1e-3), "t": ("吨", 1), "公吨": ("吨", 1),
        "克重": ("吨", 1e-6),
        "亩": ("公顷", 1.0 / 15), "平方公里": ("公顷", 100), "平方千米": ("公顷", 100), "km²": ("公顷", 100), "㎡": ("平方米", 1),
        "平米": ("平方米", 1), "m²": ("平方米", 1), "度": ("千瓦时", 1), "度电": ("千瓦时", 1), "kWh": ("千瓦时", 1),
        "千瓦小时": ("千瓦时", 1), "千米": ("公里", 1), "km": ("公里", 1), "米": ("公里", 1e-3), "m³": ("立方米", 1),
        "立方": ("立方米", 1), "方": ("立方米", 1), "％": ("%", 1), "个百分点": ("百分点", 1), "微克每立方米": ("微克/立方米", 1),
        "μg/m³": ("微克/立方米", 1), "吨标煤": ("吨标准煤", 1), "个": ("个", 1),
    ]
}

/// Decimal numbers as text, moved without losing a digit.
enum DecimalText {
    /// The number times a power of ten.
    static func shift(_ text: String, by power: Int) -> String {
        guard power != 0 else { return text }
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var digits = Array((parts.first ?? "").utf8)
        var point = digits.count
        if parts.count > 1 { digits += Array(parts[1].utf8) }
        point += power
        if point > digits.count { digits += Array(repeating: 0x30, count: point - digits.count) }
        if point <= 0 {
            digits = Array(repeating: 0x30, count: 1 - point) + digits
            point = 1
        }
        var whole = digits[..<point]
        while whole.count > 1, whole.first == 0x30 { whole = whole.dropFirst() }
        var rest = digits[point...]
        while rest.last == 0x30 { rest = rest.dropLast() }
        let text =
            String(decoding: whole, as: UTF8.self) + (rest.isEmpty ? "" : "." + String(decoding: rest, as: UTF8.self))
        return (isNegative && text != "0" ? "-" : "") + text
    }

    /// A number with so many significant digits, without trailing zeros or an exponent.
    static func format(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return "" }
        guard number != 0 else { return "0" }
        let places = max(0, digits - 1 - Int(floor(log10(abs(number)))))
        var text = String(format: "%.\(min(places, 20))f", locale: Locale(identifier: "en_US_POSIX"), number)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }
}

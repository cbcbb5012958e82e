/// Tells encodings apart by how often their bytes stand where they do: a text that one converter takes may still be
/// another's.
struct EncodingStatistics {
    /// Pairs of bytes whose first is 0x81 or more, as GBK and its kin have them.
    private(set) var pairs = 0
    /// Those of GB 2312 in common use: marks and the ideographs of its first level.
    private var common = 0
    /// Those of Big5 in common use.
    private var commonBig5 = 0
    /// Those that Big5 cannot have.
    private var notBig5 = 0
    /// Those whose first byte is behind the Hangul of EUC-KR.
    private var behindHangul = 0
    private var hangul = 0
    private var kana = 0

    /// How much of a text is looked at.
    private static let reach = 200_000
    /// Fewer pairs tell nothing.
    private static let fewest = 12

    init(_ bytes: [UInt8]) {
        var i = 0
        let end = min(bytes.count, Self.reach)
        while i + 1 < end {
            let (lead, trail) = (bytes[i], bytes[i + 1])
            guard lead >= 0x81 else {
                i += 1
                continue
            }
            // Four bytes of GB 18030 are rare and no pair.
            if (0x30...0x39).contains(trail) {
                i += 4
                continue
            }
            pairs += 1
            i += 2
            let isHigh = trail >= 0xA1
            if isHigh, (0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead) { common += 1 }
            if (0xA4...0xC6).contains(lead) || (0xA1...0xA3).contains(lead) && (0x40...0x7E).contains(trail) {
                commonBig5 += 1
            }
            if (0x7F...0xA0).contains(trail) { notBig5 += 1 }
            if isHigh, (0xB0...0xC8).contains(lead) { hangul += 1 }
            if isHigh, lead >= 0xC9 { behindHangul += 1 }
            if isHigh, lead == 0xA4 || lead == 0xA5 { kana += 1 }
        }
    }

    private var tells: Bool { pairs >= Self.fewest }

    /// Whether the pairs are those of Big5 and not of GBK.
    var isBig5: Bool { tells && notBig5 * 50 <= pairs && commonBig5 * 100 >= pairs * 85 && common * 100 < pairs * 70 }

    /// Whether they are Hangul of EUC-KR: Chinese has nearly half of its ideographs behind them.
    var isKorean: Bool { tells && hangul * 100 >= pairs * 70 && behindHangul * 100 < pairs * 8 }

    /// Whether a good part are kana, as in EUC-JP.
    var isJapanese: Bool { tells && kana * 100 >= pairs * 25 }

    /// Whether so few are in common use that the bytes are no Chinese at all.
    var isImplausible: Bool { tells && common * 100 < pairs * 40 }

    // MARK: Wide text

    /// How much of bytes read as UTF-16 is what Chinese texts are made of, from 0 to 1.
    static func share16(_ bytes: [UInt8], isBig: Bool) -> Double {
        var units = 0
        var fitting = 0
        var i = 0
        while i + 1 < min(bytes.count, reach) {
            let unit =
                isBig ? UInt16(bytes[i]) << 8 | UInt16(bytes[i + 1]) : UInt16(bytes[i + 1]) << 8 | UInt16(bytes[i])
            i += 2
            units += 1
            switch unit {
            case 9, 10, 13, 0x20...0x7E, 0xA0, 0xB7, 0xD7, 0x2010...0x2040, 0x3000...0x301F, 0x4E00...0x9FA5,
                0xFF01...0xFF5E, 0xFFE5, 0x2103, 0x25A0...0x25FF:
                fitting += 1
            default: break
            }
        }
        return units == 0 ? 0 : Double(fitting) / Double(units)
    }

    // MARK: Text that was encoded twice

    /// Whether a text is UTF-8 that was taken for Latin letters and encoded once more: å…¨å¸‚ for 全市.
    static func isEncodedTwice(_ s: [UInt32]) -> Bool {
        var (marks, wide, leads) = (0, 0, 0)
        for c in s.prefix(reach) where c > 0x20 {
            marks += 1
            guard c >= 0x80 else { continue }
            // A text with ideographs is what it seems.
            if Glyph.isHan(c) || (0x3000...0x30FF).contains(c) || (0xAC00...0xD7A3).contains(c) { return false }
            wide += 1
            // ä to é begin the ideographs of UTF-8, ï and ã its marks.
            if (0xE4...0xE9).contains(c) || c == 0xEF || c == 0xE3 { leads += 1 }
        }
        return wide >= 8 && wide * 10 >= marks * 3 && leads * 6 >= wide
    }

    // MARK: HZ

    /// The bytes of a text in HZ as GB 2312; nil where it is none: ASCII with ideographs between `~{` and `~}`.
    static func fromHz(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        var out: [UInt8] = []
        var isHan = false
        var pairs = 0
        var i = 0
        while i < bytes.count {
            let c = bytes[i]
            let next = i + 1 < bytes.count ? bytes[i + 1] : 0
            if isHan {
                if c == 0x7E, next == 0x7D {
                    isHan = false
                    i += 2
                } else if c == 0x0A || c == 0x0D {
                    out.append(c)
                    i += 1
                } else {
                    guard (0x21...0x77).contains(c), (0x21...0x7E).contains(next) else { return nil }
                    out += [c | 0x80, next | 0x80]
                    pairs += 1
                    i += 2
                }
            } else if c == 0x7E, next == 0x7B {
                isHan = true
                i += 2
            } else if c == 0x7E, next == 0x7E {
                out.append(c)
                i += 2
            } else {
                out.append(c)
                i += 1
            }
        }
        return pairs >= 4 ? out : nil
    }
}

import Foundation

/// Ideographs that stand twice in Unicode: radicals (⼆, ⻓) and forms kept for other standards (U+F9D1). Text made of PDF
/// files and old encodings has them; they are read as the ideographs that they are.
enum HanVariant {
    /// Radicals without a decomposition, and the ideographs that they are, in pairs.
    private static let supplement = Scalars.of("⺟母⺠民⺩王⺫目⺮竹⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟")

    /// For U+2E80 to U+2FDF what each is.
    private static let radicals: [UInt32] = {
        var table = (0x2E80...0x2FDF).map { decomposed($0) }
        for i in stride(from: 0, to: supplement.count - 1, by: 2) where (0x2E80...0x2EFF).contains(supplement[i]) {
            table[Int(supplement[i] - 0x2E80)] = supplement[i + 1]
        }
        return table
    }()

    /// For U+F900 to U+FAFF.
    private static let compatible: [UInt32] = (0xF900...0xFAFF).map { decomposed($0) }
    /// For U+2F800 to U+2FA1F.
    private static let supplementary: [UInt32] = (0x2F800...0x2FA1F).map { decomposed($0) }

    /// The ideograph that a scalar is; itself for all others.
    static func folded(_ c: UInt32) -> UInt32 {
        switch c {
        case 0x2E80...0x2FDF: radicals[Int(c - 0x2E80)]
        case 0xF900...0xFAFF: compatible[Int(c - 0xF900)]
        case 0x2F800...0x2FA1F: supplementary[Int(c - 0x2F800)]
        default: c
        }
    }

    private static func decomposed(_ c: Int) -> UInt32 {
        guard let scalar = Unicode.Scalar(UInt32(c)) else { return UInt32(c) }
        let scalars = Array(String(Character(scalar)).decomposedStringWithCompatibilityMapping.unicodeScalars)
        return scalars.count == 1 ? scalars[0].value : UInt32(c)
    }
}

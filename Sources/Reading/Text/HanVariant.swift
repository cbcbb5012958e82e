import Foundation

/// Ideographs that stand twice in Unicode: radicals (⼆, ⻓) and forms kept for other standards (U+F9D1). Text made of PDF
/// files and old encodings has them; they are read as the ideographs that they are.
enum HanVariant {
    /// Radicals without a decomposition, and the ideographs that they are.
    private static let supplement: [UInt32: UInt32] = [
        0x2E9F: 0x6BCD, 0x2EA0: 0x6C11, 0x2EA9: 0x738B, 0x2EAB: 0x76EE, 0x2EAE: 0x7AF9, 0x2EC4: 0x897F,
        0x2EC5: 0x89C1, 0x2EC6: 0x89D2, 0x2EC9: 0x8D1D, 0x2ECB: 0x8F66, 0x2ED3: 0x957F, 0x2ED4: 0x95E8,
        0x2ED8: 0x9752, 0x2ED9: 0x97E6, 0x2EDA: 0x9875, 0x2EDB: 0x98CE, 0x2EDC: 0x98DE, 0x2EDD: 0x98DF,
        0x2EE2: 0x9A6C, 0x2EE3: 0x9AA8, 0x2EE4: 0x9B3C, 0x2EE5: 0x9C7C, 0x2EE6: 0x9E1F, 0x2EE7: 0x5364,
        0x2EE8: 0x9EA6, 0x2EE9: 0x9EC4, 0x2EEC: 0x9F50, 0x2EEE: 0x9F7F, 0x2EF0: 0x9F99, 0x2EF3: 0x9F9F,
    ]

    /// For U+2E80 to U+2FDF what each is.
    private static let radicals: [UInt32] = {
        var table = (0x2E80...0x2FDF).map { decomposed($0) }
        for (radical, ideograph) in supplement { table[Int(radical - 0x2E80)] = ideograph }
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

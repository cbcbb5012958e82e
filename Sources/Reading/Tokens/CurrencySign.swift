/// Signs that name a currency in front of the amount (¥300, $20万).
enum CurrencySign {
    /// The unit of the sign right before `index`; nil where none stands there.
    static func unit(_ scalars: [UInt32], before index: Int) -> String? {
        guard index > 0 else { return nil }
        switch scalars[index - 1] {
        case 0x24, 0xFF04: return "美元"
        case 0xA5, 0xFFE5: return "元"
        case 0x20AC: return "欧元"
        case 0xA3, 0xFFE1: return "英镑"
        default: return nil
        }
    }
}

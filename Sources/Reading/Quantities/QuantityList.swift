/// Lists of numerals that print their unit once, at the end: 10、20和30万元.
enum QuantityList {
    /// Whether another numeral of the same list follows.
    static func continues(_ scalars: [UInt32], behind index: Int) -> Bool {
        guard index + 1 < scalars.count else { return false }
        switch scalars[index] {
        case 0x3001, 0x548C, 0x4E0E, 0x53CA:  // 、 和 与 及
            return NumeralScalars.arabic(scalars[index + 1]) != nil
        default: return false
        }
    }
}

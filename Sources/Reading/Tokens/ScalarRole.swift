/// What a scalar may begin for the quantity reader, looked up without branching on words.
enum ScalarRole: UInt8 {
    /// Nothing.
    case other
    /// A numeral: a digit, a Chinese digit or a magnitude word.
    case numeral
    /// 第.
    case ordinal
    /// 首.
    case head
    /// An opening bracket of a title or document number.
    case title
    /// An opening quotation mark.
    case quote
    /// A mark that ends a clause.
    case boundary

    /// The role of a scalar.
    @inline(__always)
    static func of(_ scalar: UInt32) -> ScalarRole {
        scalar < 0x10000 ? ScalarRole(rawValue: table[Int(scalar)]) ?? .other : .other
    }

    private static let table: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 0x10000)
        for scalar in UInt32(0)..<0x10000 {
            if NumeralScalars.arabic(scalar) != nil || (NumeralScalars.chinese(scalar) != nil && scalar != 0x25CB)
                || NumeralScalars.magnitude(scalar) != nil || NumeralScalars.tens(scalar) != nil
            {
                table[Int(scalar)] = ScalarRole.numeral.rawValue
            }
        }
        for scalar in Scalars.of("，。；;！!？?\n：") { table[Int(scalar)] = ScalarRole.boundary.rawValue }
        for scalar in Scalars.of("《〔") { table[Int(scalar)] = ScalarRole.title.rawValue }
        for scalar in Scalars.of("“「『") { table[Int(scalar)] = ScalarRole.quote.rawValue }
        table[0x2C] = ScalarRole.boundary.rawValue  // ,
        table[0x7B2C] = ScalarRole.ordinal.rawValue
        table[0x9996] = ScalarRole.head.rawValue
        return table
    }()
}

/// Finds the measured quantities of a passage: numerals with their units, without dates, ordinals in
/// names, slogan counts, codes, ages and whatever else is no indicator.
enum QuantityPass {
    /// The quantities in reading order; their ranges do not overlap.
    ///
    /// Time grows in proportion to the passage's length, whatever it holds.
    static func read(_ tokens: Tokens) -> [Quantity] {
        var reader = QuantityReader(tokens)
        return reader.read()
    }

    /// The same, with the figures that are no quantities and why.
    static func survey(_ tokens: Tokens) -> (quantities: [Quantity], screened: [Screened]) {
        var reader = QuantityReader(tokens)
        let quantities = reader.read()
        return (quantities, (reader.screened + reader.unread()).sorted { $0.range.lowerBound < $1.range.lowerBound })
    }
}

/// Finds the measured quantities of a passage: numerals with their units, without dates, ordinals in
/// names, slogan counts, codes, ages and whatever else is no indicator.
public enum QuantityPass {
    /// The quantities in reading order; their ranges do not overlap.
    ///
    /// Time grows in proportion to the passage's length, whatever it holds.
    public static func read(_ passage: Passage) -> [Quantity] {
        var reader = QuantityReader(passage.scalars)
        return reader.read()
    }

    /// The same, with the figures that are no quantities and why.
    static func survey(_ passage: Passage) -> (quantities: [Quantity], screened: [Screened]) {
        var reader = QuantityReader(passage.scalars)
        let quantities = reader.read()
        return (quantities, (reader.screened + reader.unread()).sorted { $0.range.lowerBound < $1.range.lowerBound })
    }
}

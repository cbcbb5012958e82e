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
}

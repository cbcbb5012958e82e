import BulletinModel

/// One expression of time in a passage, with the days that it means.
struct TimeExpression: Equatable {
    /// How far the expression reaches.
    enum Reach: Equatable {
        /// To what follows in the paragraph, until another expression.
        case paragraph
        /// To the end of its sentence (截至…).
        case sentence
    }

    /// Where it stands.
    let range: Range<Int>
    /// The days that it means; nil for a span of years whose end nothing tells (五年来).
    let period: Indicator.Period?
    /// How far it reaches.
    let reach: Reach
    /// Whether it names its year itself.
    let namesYear: Bool
}

/// What years the words 今年, 全年 and 年末 refer to.
struct YearContext: Equatable {
    /// The year of a heading, of the opening line, or the only one printed.
    var printed: Int?
    /// The year of publication.
    var published: Int?
}

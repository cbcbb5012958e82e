/// What has to stand around a figure for a rule to apply: two small programs, one that is run
/// backwards from the figure and one that is run forwards behind it.
///
/// A pattern is written left to right with `@` for the figure; ``PatternParser`` has the language.
struct Pattern: Sendable {
    /// One step of a program.
    enum Step: Sendable {
        /// These scalars.
        case literal([UInt32])
        /// The longest word of the sets that begins (ends, when run backwards) here.
        case word([WordSet])
        /// One token of the passage with one of the features.
        case token(FeatureSet)
        /// A figure other than the one at hand.
        case figure
        /// Any scalar of the clause, outside figures.
        case inClause
        /// A digit, Arabic or Chinese.
        case digit
        /// Any scalar of the sentence.
        case inSentence
        /// Nothing, where a clause begins, a sentence begins, a clause ends.
        case clauseStart, sentenceStart, clauseEnd
        /// Goes on at the first step; where that fails, at the second.
        case split(Int, Int)
        /// Goes on at a step.
        case jump(Int)
        /// Notes the place for one end of a capture.
        case mark(Int)
        /// Goes on behind the steps up to the index only where these do not match.
        case not(end: Int)
        /// Nothing is left to meet.
        case done
    }

    /// The most captures that a pattern has.
    static let captures = 4

    /// What is met from the figure backwards.
    let left: [Step]
    /// What is met from the figure's end forwards.
    let right: [Step]
    /// How many words and features have to be met: the more, the more it says.
    let specificity: Int
    /// What has to stand somewhere in the sentence of the figure, whatever way the pattern is met; empty for a pattern
    /// that may reach beyond it.
    let needs: [Need]

    /// One of several things.
    struct Need: Sendable, Equatable {
        /// A word with one of these.
        var features = FeatureSet()
        /// One of these.
        var scalars: [UInt32] = []
    }
}

/// A pattern that cannot be read, and why.
struct PatternError: Error {
    let message: String
}

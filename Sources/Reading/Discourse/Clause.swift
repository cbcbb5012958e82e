/// A sentence of a passage.
struct Sentence: Sendable, Equatable {
    /// Where it stands, in scalars, without the mark that ends it.
    var range: Range<Int>
    /// Its tokens, by index.
    var tokens: Range<Int>
    /// Its clauses, by index, those in brackets included.
    var clauses: Range<Int>
    /// The figures that begin in it, by index.
    var figures: Range<Int>
}

/// A stretch of a sentence between two marks that end a clause; brackets hold clauses of their own.
struct Clause: Sendable, Equatable {
    /// What stands at an end of a clause.
    enum Border: Sendable { case sentence, comma, semicolon, colon, bracket, end }

    /// Where it stands, in scalars, without the mark that ends it; brackets in it included.
    var range: Range<Int>
    /// Its tokens, by index.
    var tokens: Range<Int>
    /// The figures that begin in it or in its brackets, by index.
    var figures: Range<Int>
    /// The index of its sentence.
    var sentence: Int
    /// How many brackets it stands in.
    var depth: Int
    /// For a clause in brackets the clause that they stand in, by index.
    var parent: Int?
    /// What stands in front.
    var opening: Border
    /// What stands behind.
    var closing: Border
    /// The mark of a list's item with which it begins.
    var item: ListMark?
    /// It begins with 其中: it tells of parts of what stands before.
    var isAmong: Bool
    /// The token 分别 in it, by index: subjects and figures follow each other in the same order.
    var respectively: Int?
}

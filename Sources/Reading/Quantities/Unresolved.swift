/// A figure that was seen and is no indicator, with the reason: nothing that is printed is silently gone.
///
/// A single Chinese digit inside a word (统一, 万里) is no figure and is not listed.
public struct Unresolved: Sendable, Equatable {
    /// Why a figure is no indicator.
    public enum Reason: String, Sendable, CaseIterable {
        /// A day, month, year or clock time.
        case date
        /// A length of time that places something and measures nothing.
        case duration
        /// A person's age, or an age as a condition.
        case age
        /// 第三产业, 第3条: a number in a name, and no rank.
        case ordinal
        /// Inside a title, a document number, a quotation or a fixed word.
        case name
        /// A code, version, formula, or the base of a rate.
        case code
        /// It enumerates the text's own points (三个重点).
        case slogan
        /// 一个, 一批: an article, no count.
        case determiner
        /// It defines what is counted (5000万元以上项目).
        case threshold
        /// A class, rating or specification (万吨级, 750千伏主变).
        case specification
        /// A number that nothing tells the unit of.
        case noUnit = "no_unit"
        /// A number word with no digit to it (数十, 上百).
        case vague
        /// Digits that form no number.
        case unreadable
        /// A head, a label or a cell of a table that is no single number.
        case table
        /// One of very many figures in a row with no word between them.
        case series
        /// It stands in a menu, a list of links or an imprint around a page's text.
        case navigation
    }

    /// Where it stands in the bulletin's decoded text.
    public let start: Int
    /// One past its last scalar.
    public let end: Int
    /// What stands there.
    public let text: String
    /// Why it is no indicator.
    public let reason: Reason
    /// The words around it, folded for reading.
    public let passage: String
}

/// The same inside a passage, while it is read.
struct Screened: Equatable {
    var range: Range<Int>
    var reason: Unresolved.Reason
}

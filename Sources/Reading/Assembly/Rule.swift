/// One thing that took part in a reading: its family and what it was, as `rules` of an indicator has it.
///
/// Every reading has one rule of each of the families numeral, quantity, unit, kind, name and period, in
/// this order; what is worth knowing beyond that follows as `name:known` and as doubts.
public enum Rule: String, Sendable, CaseIterable {
    /// The numeral is printed in digits.
    case numeralDigits = "numeral:digits"
    /// The numeral is spelled out (三十, 百分之五).
    case numeralSpelled = "numeral:spelled"
    /// Digits with magnitude words (3.5万, 1亿).
    case numeralMixed = "numeral:mixed"
    /// Blanks, line breaks or a wrong point inside the numeral were mended (3,594, 026).
    case numeralRepaired = "numeral:repaired"

    /// A count or amount.
    case quantityAmount = "quantity:amount"
    /// A percentage, fraction or 成.
    case quantityRatio = "quantity:ratio"
    /// A difference of percentages.
    case quantityPoints = "quantity:points"
    /// A multiple.
    case quantityMultiple = "quantity:multiple"
    /// A place in an order.
    case quantityRank = "quantity:rank"

    /// The unit stands behind the numeral.
    case unitPrinted = "unit:printed"
    /// The unit stands behind the last number of a list.
    case unitListed = "unit:list"
    /// A sign in front of the numeral tells the currency.
    case unitSign = "unit:sign"
    /// The noun beside the numeral implies the unit.
    case unitImplied = "unit:implied"
    /// A column of the table, its head or its caption tells the unit.
    case unitTable = "unit:table"
    /// No unit: an index or the like.
    case unitNone = "unit:none"

    /// An amount, count or rate.
    case kindLevel = "kind:level"
    /// A rise or fall.
    case kindChange = "kind:change"
    /// A part of a whole.
    case kindShare = "kind:share"
    /// A place in an order.
    case kindRank = "kind:rank"

    /// The name stands in front of the figure, in its clause.
    case nameFront = "name:front"
    /// The name stands behind the figure.
    case nameBehind = "name:behind"
    /// The name, or part of it, is of an earlier clause.
    case nameParent = "name:parent"
    /// The name is of a list whose members share figures or noun.
    case nameList = "name:list"
    /// The name is the head of a table's row.
    case nameTable = "name:table"
    /// A row of the rule table found the name.
    case nameRule = "name:rule"
    /// Nothing names the figure: it goes on with the one before, or with the headline.
    case nameCarried = "name:carried"

    /// The period is told in the figure's clause.
    case periodClause = "period:clause"
    /// The period is told earlier in the figure's sentence.
    case periodSentence = "period:sentence"
    /// The period is told in an earlier sentence of the paragraph.
    case periodParagraph = "period:paragraph"
    /// The period is that of the heading, the title, the opening line or the bulletin's day.
    case periodHeading = "period:heading"
    /// The period is told by the table's heads or caption.
    case periodTable = "period:table"
    /// No period is told.
    case periodNone = "period:none"

    /// The lexicon knows the name.
    case nameKnown = "name:known"
    /// The name ends with a measure that the lexicon knows (畜肉类价格).
    case nameKin = "name:kin"
    /// The clause in front of the figure holds nothing but the name, and it ends with what is measured.
    case nameClear = "name:clear"
    /// The clause in front of the figure holds nothing but the name of things that are counted one by one.
    case nameCounted = "name:counted"
    /// A change of what the figure right before is of: as sure as that one.
    case nameSame = "name:same"

    /// A doubt: the name is longer than names are.
    case doubtLongName = "doubt:long_name"
    /// A doubt: the name has one character.
    case doubtShortName = "doubt:short_name"
    /// A doubt: the name has marks or particles that names hardly have.
    case doubtOddName = "doubt:odd_name"
    /// A doubt: many figures stand in the same sentence before this one.
    case doubtCrowded = "doubt:crowded"

    /// A doubt: the heads of the figure name no measure.
    case doubtTableName = "doubt:table_name"
    /// A doubt: the name of the row was completed by a row above it or by the table's title.
    case doubtTableRow = "doubt:table_row"
    /// A doubt: nothing in the table tells the unit for sure.
    case doubtTableUnit = "doubt:table_unit"

    /// The text was recognised from a picture: the confidence is lowered by that of the words.
    case textRecognised = "text:recognised"

    /// The family: what stands before the colon.
    public var family: Substring { rawValue.prefix { $0 != ":" } }
}

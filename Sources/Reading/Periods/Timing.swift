import BulletinModel

/// When, against what, and whether it happened: what the context says of a mention.
public struct Timing: Sendable, Equatable {
    /// Where the period was told.
    public enum Source: Sendable {
        /// In the figure's own clause, earlier in its sentence, or earlier in its paragraph.
        case clause, sentence, paragraph
        /// In a heading, the title, the opening line, or by the bulletin's own day.
        case heading
        /// In a table's heads or caption.
        case table
    }

    /// The days that the figure covers.
    public var period: Indicator.Period?
    /// Where they were told, where they were.
    public var source = Source.heading
    /// What a change is measured against.
    public var base: Indicator.Base?
    /// Result or aim.
    public var status: Indicator.Status
    /// What was proposed for base and status, where rules had a say; kept only where somebody asks.
    public var proposals: [Proposal] = []
}

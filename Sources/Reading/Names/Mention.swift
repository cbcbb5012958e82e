import BulletinModel

/// A quantity with the part it plays in its sentence.
public struct Mention: Sendable, Equatable {
    /// What is printed.
    public var quantity: Quantity
    /// Amount, change, share or rank.
    public var kind: Indicator.Kind
    /// The sentence says that it is a fall (下降, 减少, 回落), which the printed number does not show.
    public var negative: Bool
    /// What was proposed for the kind, where rules had a say; kept only where somebody asks.
    public var proposals: [Proposal] = []

    /// Puts a mention together.
    public init(quantity: Quantity, kind: Indicator.Kind, negative: Bool = false) {
        self.quantity = quantity
        self.kind = kind
        self.negative = negative
    }

    /// The value with the sign of a fall, as an indicator carries it.
    public var value: String { signed(quantity.value) }

    /// The upper end with the sign of a fall; nil where no range is stated.
    public var valueTo: String? { quantity.valueTo.map(signed) }

    private func signed(_ text: String) -> String {
        negative && !text.hasPrefix("-") && text != "0" ? "-" + text : text
    }
}

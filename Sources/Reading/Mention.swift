import BulletinModel

/// A quantity with what its clause says of it.
public struct Mention: Sendable, Equatable {
    /// The quantity.
    public var quantity: Quantity
    /// Level, change, share or rank.
    public var kind: Indicator.Kind
    /// Whether the words say a fall; the value is then written with a minus.
    public var negative: Bool

    /// Puts a mention together.
    public init(quantity: Quantity, kind: Indicator.Kind, negative: Bool) {
        self.quantity = quantity
        self.kind = kind
        self.negative = negative
    }
}

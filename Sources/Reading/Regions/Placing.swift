import BulletinModel

/// Where a figure is of, how much of that place it speaks of, and which round of the accounts it is of.
struct Placing: Equatable {
    /// The division; nil where it is not known.
    var region: Indicator.Region?
    /// How much of it; nil where no division is known.
    var scope: Indicator.Scope?
    /// Which round of the accounts; nil where the text says nothing.
    var vintage: Indicator.Vintage?
}

import BulletinModel

/// A word that tells of which place the figures around it are.
struct PlaceCue {
    /// What it tells.
    enum Kind {
        /// A division by its name.
        case division
        /// 全市, 我县: all of a division of the text's own.
        case whole
        /// 市本级, 省级: a level's own budget or body.
        case own
        /// 全国, 我国.
        case nation
        /// 开发区, 市区, 各县区: a part that is no division.
        case part
        /// 全镇, 全校, 全球: something that has no code.
        case other
    }

    let kind: Kind
    /// Where it stands, in scalars.
    let range: Range<Int>
    /// The division that it means; nil where the text does not tell which.
    let region: Region?
    /// What follows belongs to its name: a station, a road, a zone of the place.
    let isFacility: Bool

    /// How much of the division figures speak of.
    var scope: Indicator.Scope {
        switch kind {
        case .own: .own
        case .part: .part
        default: .whole
        }
    }
}

import BulletinModel

/// How sure a reading is, from the ways in which it came about.
///
/// The shares are those of labelled figures whose value, unit, kind and name were right, by
/// where the name was found; what weakens a reading beyond that takes a part away.
enum Confidence {
    /// The confidence, 0 to 1, in steps of a hundredth.
    static func of(_ source: Naming.Source, name: String, indicator kind: Indicator.Kind, hasCode: Bool) -> Double {
        if name.isEmpty { return 0.1 }
        var hundredths = base(source)
        // A measure that the lexicon knows was hardly cut at the wrong place.
        if hasCode { hundredths = max(hundredths, 96) }
        if name.unicodeScalars.count > 24 { hundredths -= 20 }
        if name.unicodeScalars.count < 2 { hundredths -= 30 }
        return Double(max(5, hundredths)) / 100
    }

    private static func base(_ source: Naming.Source) -> Int {
        switch source {
        case .table: 96
        case .front: 93
        case .list: 90
        case .behind: 85
        case .parent: 84
        }
    }
}

/// How sure a reading is, from the rules that took part in it.
///
/// The numbers are shares of labelled figures whose value, unit, kind and name were right, measured on
/// 1,679 figures of 60 bulletins by the rule that found the name, which tells most. They are a few
/// hundredths lower than measured where there were errors at all, as bulletins that nobody had read
/// before had more of them. Doubts take a part away. `.ci/score` holds the result to labelled figures.
enum Confidence {
    /// The confidence, 0 to 1, in steps of a hundredth.
    static func of(_ rules: [Rule]) -> Double {
        var hundredths = 90
        // What a table leaves open stays so, whatever its words are.
        var doubts = 0
        for rule in rules {
            switch rule {
            case .nameTable: hundredths = 97
            case .nameFront: hundredths = 95
            case .nameList: hundredths = 93
            case .nameParent: hundredths = 92
            case .nameBehind: hundredths = 82
            case .nameCarried: hundredths = 10
            // A measure that the lexicon knows was hardly cut at the wrong place.
            case .nameKnown: hundredths = max(hundredths, 98)
            case .doubtOddName: hundredths -= 3
            case .doubtShortName: hundredths -= 10
            case .doubtLongName: hundredths -= 15
            case .doubtTableName: doubts += 10
            case .doubtTableUnit: doubts += 20
            case .doubtTableRow: doubts += 4
            default: continue
            }
        }
        if rules.contains(.numeralSpelled) { hundredths -= 4 }
        return Double(min(99, max(5, hundredths - doubts))) / 100
    }
}

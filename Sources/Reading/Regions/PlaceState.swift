import BulletinModel

/// What holds of place at a point of a passage, from the nearest to the farthest.
struct PlaceState {
    /// A place with how much of it; no scope where nothing tells.
    struct Hold: Equatable {
        var region: Region?
        var scope: Indicator.Scope?
    }

    /// Of the item since the last 、, of the clause, of the sentence.
    var item: Hold?
    var clause: Hold?
    var sentence: Hold?
    /// Places that stand side by side in the sentence.
    var list: [Region] = []
    /// What stands outside of the open brackets.
    private var outside: [(item: Hold?, clause: Hold?, sentence: Hold?)] = []

    /// The nearest that holds.
    var nearest: Hold? { item ?? clause ?? sentence }

    mutating func open() {
        outside.append((item, clause, sentence))
        clause = item ?? clause
        item = nil
    }

    mutating func close() {
        guard let last = outside.popLast() else { return }
        (item, clause, sentence) = last
    }

    mutating func endClause() {
        item = nil
        clause = nil
    }

    mutating func endSentence(keepsPlace: Bool) {
        endClause()
        outside = []
        guard !keepsPlace else { return }
        sentence = nil
        list = []
    }
}

/// The sections that a passage stands in, with what each says for all that stands under it.
struct PlaceSections {
    private struct Section {
        var level: Int
        var place: PlaceState.Hold?
        var vintage: Indicator.Vintage?
        /// It says which round it is of, be it none.
        var hasVintage: Bool
    }

    private var sections: [Section] = []

    /// A numbered paragraph or heading begins: what stood on its level or below it ends. Text without a number
    /// stands below the last number, and numbers of lower levels below it.
    mutating func begin(_ mark: ListMark?, isHeading: Bool) {
        let level: Int
        if let mark {
            level = Self.level(mark.style) * 2
        } else if isHeading {
            level = 1
        } else {
            let numbered = sections.last { $0.level % 2 == 0 }?.level ?? 0
            level = numbered + 1
        }
        // Paragraphs without a number go on with each other.
        if mark == nil, !isHeading {
            sections.removeAll { $0.level > level }
            if sections.last?.level == level { return }
        } else {
            sections.removeAll { $0.level >= level }
        }
        sections.append(Section(level: level, place: nil, vintage: nil, hasVintage: false))
    }

    /// The place that holds here.
    var place: PlaceState.Hold? { sections.last { $0.place != nil }?.place }
    /// The round of the accounts that holds here; nil where no section says one.
    var vintage: Indicator.Vintage?? {
        sections.last { $0.hasVintage }.map(\.vintage)
    }

    /// What was said holds for what follows in this section.
    mutating func hold(_ place: PlaceState.Hold) {
        if !sections.isEmpty { sections[sections.count - 1].place = place }
    }

    mutating func hold(vintage: Indicator.Vintage?) {
        guard !sections.isEmpty else { return }
        sections[sections.count - 1].vintage = vintage
        sections[sections.count - 1].hasVintage = true
    }

    private static func level(_ style: ListMark.Style) -> Int {
        switch style {
        case .outline: 1
        case .bracketed: 2
        case .digits: 3
        case .bracketedDigits: 4
        case .circled: 5
        case .first, .ofThem: 6
        }
    }
}

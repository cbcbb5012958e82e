import BulletinModel

/// How two readings of one article differ, figure by figure. Figures are matched by their
/// identifiers, which follow from their place alone.
public struct ReadingDifference: Sendable, Equatable {
    /// One figure that both have and read differently.
    public struct Change: Sendable, Equatable {
        /// What is stored, or the old reading.
        public let old: Indicator
        /// What it should be, or the new reading.
        public let new: Indicator
        /// The fields that differ.
        public let fields: [Finding.FieldChange]
    }

    /// Figures that only the old reading has.
    public let removed: [Indicator]
    /// Figures that only the new reading has.
    public let added: [Indicator]
    /// Figures that both have and read differently.
    public let changed: [Change]
    /// How many both have and read alike.
    public let same: Int

    /// Whether there is no difference.
    public var isEmpty: Bool { removed.isEmpty && added.isEmpty && changed.isEmpty }

    /// Compares two readings.
    public init(from old: [Indicator], to new: [Indicator]) {
        let byID = Dictionary(new.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let oldIDs = Set(old.map(\.id))
        removed = old.filter { byID[$0.id] == nil }
        added = new.filter { !oldIDs.contains($0.id) }
        var changed: [Change] = []
        var same = 0
        for one in old {
            guard let other = byID[one.id] else { continue }
            let fields = Self.fields(one, other)
            if fields.isEmpty { same += 1 } else { changed.append(Change(old: one, new: other, fields: fields)) }
        }
        self.changed = changed
        self.same = same
    }

    /// The fields in which two indicators differ, by the names that messages use.
    public static func fields(_ old: Indicator, _ new: Indicator) -> [Finding.FieldChange] {
        zip(describe(old), describe(new)).compactMap { a, b in
            a.value == b.value ? nil : Finding.FieldChange(name: a.name, stored: a.value, expected: b.value)
        }
    }

    private static func describe(_ indicator: Indicator) -> [(name: String, value: String?)] {
        [
            ("id", indicator.id.rawValue), ("article", indicator.article.rawValue),
            ("bulletin", indicator.bulletin.rawValue), ("article_ordinal", "\(indicator.articleOrdinal)"),
            ("start", "\(indicator.start)"), ("end", "\(indicator.end)"), ("repetition", "\(indicator.repetition)"),
            ("quote", indicator.quote), ("name", indicator.name), ("value", indicator.value),
            ("value_to", indicator.valueTo), ("unit", indicator.unit), ("kind", indicator.kind.rawValue),
            ("base", indicator.base?.rawValue), ("bound", indicator.bound.rawValue),
            ("status", indicator.status.rawValue),
            ("period", indicator.period.map { "\($0.start) – \($0.end)" }), ("code", indicator.code),
            ("region", indicator.region.map { [$0.name, $0.code].compactMap(\.self).joined(separator: " ") }),
            ("scope", indicator.scope?.rawValue), ("vintage", indicator.vintage?.rawValue),
            ("confidence", "\(indicator.confidence)"), ("rules", indicator.rules.joined(separator: " ")),
        ]
    }

    /// The fields in which two articles differ, by the names that messages use.
    static func fields(_ old: Article, _ new: Article) -> [Finding.FieldChange] {
        func describe(_ article: Article) -> [(name: String, value: String?)] {
            [
                ("bulletin", article.bulletin.rawValue), ("ordinal", "\(article.ordinal)"),
                ("headline", article.headline), ("subheadline", article.subheadline), ("section", article.section),
                ("column", article.column), ("byline", article.byline), ("start", "\(article.start)"),
                ("end", "\(article.end)"), ("form", article.form.rawValue), ("title", article.setting.title),
                ("published", article.setting.published), ("publisher", article.setting.publisher),
                ("text", article.text),
            ]
        }
        return zip(describe(old), describe(new)).compactMap { a, b in
            a.value == b.value ? nil : Finding.FieldChange(name: a.name, stored: a.value, expected: b.value)
        }
    }
}

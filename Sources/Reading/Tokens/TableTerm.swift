/// What tables give words by its name: a feature, a cue.
protocol TableTerm: CaseIterable {
    /// All of them by the names that tables use.
    static var byName: [String: Self] { get }
}

extension TableTerm {
    /// The one of this name; nil where there is none.
    init?(_ name: some StringProtocol) {
        guard let term = Self.byName[String(name)] else { return nil }
        self = term
    }

    /// The name that tables use.
    var name: String { String(describing: self) }

    /// What ``byName`` is to hold.
    static func names() -> [String: Self] { Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) }) }
}

/// How sure a reading is, in as many steps as a person tells apart by colour and line.
enum Sureness: String, CaseIterable {
    /// Hardly ever wrong.
    case sure
    /// Mostly right.
    case likely
    /// A person should look.
    case unsure
    /// More likely wrong than right.
    case weak

    /// The step of a confidence, 0 to 1.
    init(_ confidence: Double) {
        self = Self.allCases.first { confidence >= $0.least } ?? .weak
    }

    /// The least confidence of the step.
    var least: Double {
        switch self {
        case .sure: 0.95
        case .likely: 0.85
        case .unsure: 0.5
        case .weak: 0
        }
    }

    /// Where the step above begins; nil for the highest.
    var below: Double? {
        switch self {
        case .sure: nil
        case .likely: Self.sure.least
        case .unsure: Self.likely.least
        case .weak: Self.unsure.least
        }
    }
}

import Foundation
import Testing
import TopicLog

/// What the suite runs on: how to open the log, and how patient to be with it.
public struct ConformanceBackend: Sendable {
    /// What the backend claims to do.
    public let features: Features
    /// How long anything may take before it counts as not happening.
    public let patience: Duration
    /// What this backend gets wrong that ``features`` has no word for, by the case's name, with why.
    public let exceptions: [String: String]
    let open: @Sendable () throws -> any TopicLog
    let create: (@Sendable (_ topic: String, _ partitions: Int) throws -> Void)?

    /// Describes a backend.
    ///
    /// - Parameters:
    ///   - features: what it claims to do.
    ///   - patience: how long anything may take; generous, as nothing waits longer than it must.
    ///   - exceptions: cases to skip, by name, with why.
    ///   - create: how topics come into being where the log cannot create them itself.
    ///   - open: opens the log; every call within one case opens the same storage.
    public init(
        features: Features, patience: Duration = .seconds(60), exceptions: [String: String] = [:],
        create: (@Sendable (_ topic: String, _ partitions: Int) throws -> Void)? = nil,
        open: @escaping @Sendable () throws -> any TopicLog
    ) {
        self.features = features
        self.patience = patience
        self.exceptions = exceptions
        self.create = create
        self.open = open
    }
}

/// One promise of the contract, and how it is checked.
public struct ConformanceCase: Sendable, CustomTestStringConvertible {
    /// What a user would notice.
    public let name: String
    let requirements: [Requirement]
    let body: @Sendable (ConformanceContext) throws -> Void

    /// The name.
    public var testDescription: String { name }

    init(
        _ name: String, needs requirements: Requirement...,
        body: @escaping @Sendable (ConformanceContext) throws -> Void
    ) {
        self.name = name
        self.requirements = requirements
        self.body = body
    }

    /// Runs the case, or cancels the test with the reason why this backend cannot pass it.
    public func run(on backend: ConformanceBackend) throws {
        if let reason = backend.exceptions[name] {
            try Test.cancel("\(backend.features.backend), \(name): \(reason)")
        }
        for requirement in requirements where !backend.features[keyPath: requirement.feature] {
            try Test.cancel("\(backend.features.backend), \(name): \(requirement.lack)")
        }
        let context = ConformanceContext(backend: backend)
        defer { context.close() }
        try body(context)
    }
}

/// A feature that a case needs, and what to say where it lacks.
struct Requirement: Sendable {
    let feature: any KeyPath<Features, Bool> & Sendable
    let lack: String

    static let admin = Self(feature: \.administersTopics, lack: "does not administer topics")
    static let deletion = Self(feature: \.deletesRecords, lack: "does not delete records")
    static let durability = Self(feature: \.isDurable, lack: "keeps nothing across a restart")
    static let fencing = Self(feature: \.fencesProducers, lack: "does not fence producers")
    static let groupOffsets = Self(feature: \.listsGroupOffsets, lack: "does not list group offsets")
    static let isolation = Self(feature: \.isolatesTransactions, lack: "does not isolate transactions")
    static let offsetsInTransactions = Self(
        feature: \.commitsOffsetsInTransactions, lack: "does not commit offsets in transactions")
    static let refusal = Self(feature: \.refusesUnknownTopics, lack: "creates unknown topics")
    static let reset = Self(feature: \.obeysReset, lack: "does not obey the reset policy")
    static let times = Self(feature: \.findsOffsetsByTime, lack: "does not find offsets by time")
}

/// All cases. A test target runs them as
/// `@Test("…", arguments: Conformance.cases) func keeps(_ promise: ConformanceCase) throws`.
public enum Conformance {
    /// The cases, in the order of the contract.
    public static let cases: [ConformanceCase] =
        recordCases + readingCases + visitingCases + limitCases + groupCases + resetCases + transactionCases
        + adminCases
}

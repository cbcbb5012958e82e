import BulletinModel
import Foundation
import Store

/// What the database holds, at one moment.
struct Glance: Sendable {
    let counts: StoreCounts
    /// How many bulletins came in the last day.
    let today: Int
    /// How many figures each known measure has.
    let measures: [String: Int]
    /// When the bulletin that came last was received.
    let newest: String?
    let deadLetters: [(worker: String, code: String, count: Int)]

    init(_ store: BulletinStore, now: Date) throws {
        counts = try store.quickCounts()
        today = try store.bulletins(since: Self.stamp(now.addingTimeInterval(-86_400)))
        measures = try store.codeCounts()
        newest = try store.newestReceipt()
        deadLetters = try store.deadLetterCounts()
    }

    private static func stamp(_ date: Date) -> String {
        date.formatted(.iso8601)
    }
}

/// How workers and groups stand, as the operations page tells.
public struct OperationsPicture: Sendable {
    /// One worker.
    public struct Worker: Sendable {
        /// Its kind: produce, enrich, sink, archive.
        public var name: String
        /// Where it answers.
        public var address: String
        /// Ready, not ready, outage.
        public var state: String
        /// Records in a second, in and out; nil where nobody knows yet.
        public var rateIn: Double?
        /// Records out a second.
        public var rateOut: Double?
        /// Records still to read.
        public var lag: Int
        /// Records rejected since it started.
        public var rejected: Int
        /// Resident memory in MiB.
        public var memory: Int

        /// Puts a worker together.
        public init(
            name: String, address: String, state: String, rateIn: Double?, rateOut: Double?, lag: Int, rejected: Int,
            memory: Int
        ) {
            self.name = name
            self.address = address
            self.state = state
            self.rateIn = rateIn
            self.rateOut = rateOut
            self.lag = lag
            self.rejected = rejected
            self.memory = memory
        }
    }

    /// One consumer group in one topic.
    public struct Group: Sendable {
        /// The group.
        public var name: String
        /// The topic.
        public var topic: String
        /// Records in the topic.
        public var records: Int64
        /// Records still to read.
        public var lag: Int64

        /// Puts a group together.
        public init(name: String, topic: String, records: Int64, lag: Int64) {
            self.name = name
            self.topic = topic
            self.records = records
            self.lag = lag
        }
    }

    /// The workers that answer.
    public var workers: [Worker] = []
    /// How far the groups are.
    public var groups: [Group] = []
    /// Why nobody knows how far the groups are; nil where it is known.
    public var trouble: String?

    /// Nothing is known.
    public init() {}
}

/// What is known of the archive and of the last audit.
public struct AuditPicture: Sendable {
    /// The signed checkpoint's text; nil where there is none.
    public var checkpoint: String?
    /// Whose signature it is and over how many records; nil where there is none.
    public var origin: String?
    /// How many records the checkpoint is over.
    public var size: Int?
    /// When it was signed, RFC 3339.
    public var signed: String?
    /// Whether the configured public key has signed it; nil where none is configured.
    public var isVerified: Bool?
    /// The archive's directory; nil where there is none.
    public var archive: String?
    /// How many segments the archive has.
    public var segments = 0
    /// When the last audit ended, RFC 3339; nil where none has left a trace.
    public var audited: String?

    /// Nothing is known.
    public init() {}
}

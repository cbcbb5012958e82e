import Audit
import Foundation
import TopicLog
import Workers

/// Where a replay sends records. One queue at a time uses a target.
protocol ReplayTarget {
    /// Takes the records of a batch, all of it or, when it throws, nothing that anybody sees.
    func write(_ records: [Record]) throws
    /// Takes records that were made from others.
    func write(_ made: [Outgoing]) throws
    /// Makes everything visible.
    func finish() throws
}

/// Standard output, as lines of JSON.
struct LinesTarget: ReplayTarget {
    private let lines = ReplayLines()

    func write(_ records: [Record]) throws {
        for record in records { try record.visit(lines) }
    }

    func write(_ made: [Outgoing]) throws {
        for record in made { try lines.write(record) }
    }

    func finish() throws { try lines.flush() }
}

/// Other topics, a batch in one transaction.
struct TopicsTarget: ReplayTarget {
    let producer: any TopicProducer
    /// The topic to write to, for each that is read.
    let names: [String: String]
    /// Whether records are copied as they are, without headers that tell where they were.
    let isVerbatim: Bool

    func write(_ records: [Record]) throws {
        try transact(
            records.map { record in
                Outgoing(
                    topic: names[record.partition.topic] ?? record.partition.topic,
                    partition: record.partition.partition,
                    key: record.key, value: record.value,
                    headers: isVerbatim ? record.headers : record.headers + ReplayOrigin.headers(record),
                    timestamp: record.timestamp)
            })
    }

    func write(_ made: [Outgoing]) throws { try transact(made) }

    func finish() { producer.close() }

    /// An outage leaves nothing behind, and the same is tried again a few times.
    private func transact(_ records: [Outgoing]) throws {
        for attempt in 1... {
            do {
                return try producer.transact(records, consumed: nil)
            } catch let error as Failure where error.kind == .transient && attempt < 8 {
                Thread.sleep(forTimeInterval: 0.1 * Double(1 << attempt))
            }
        }
    }
}

/// The headers that tell where a replayed record stood.
enum ReplayOrigin {
    /// How their names begin.
    static let prefix = "replay.origin."

    static func headers(_ record: Record) -> [Header] {
        [
            Header(prefix + "topic", record.partition.topic),
            Header(prefix + "partition", "\(record.partition.partition)"),
            Header(prefix + "offset", "\(record.offset)"),
            Header(prefix + "timestamp", record.timestamp.rfc3339),
        ]
    }
}

/// Articles become indicators before they go on.
struct EnrichmentTarget: ReplayTarget {
    let enrichment: Enrichment
    /// The topic of the indicators.
    let topic: String
    let next: any ReplayTarget
    /// Called for each article that could not be read.
    let rejected: (Record, Failure) -> Void

    func write(_ records: [Record]) throws {
        // In pieces, as an article makes many indicators.
        for start in stride(from: 0, to: records.count, by: 500) {
            let part = Array(records[start..<min(start + 500, records.count)])
            var made: [Outgoing] = []
            for (record, outcome) in zip(part, enrichment.outcomes(of: part)) {
                switch outcome {
                case .emit(let outgoing): made += outgoing.map { $0.adding(ReplayOrigin.headers(record), to: topic) }
                case .skip: continue
                case .reject(let failure) where failure.kind == .data: rejected(record, failure)
                case .reject(let failure): throw failure
                }
            }
            if !made.isEmpty { try next.write(made) }
        }
    }

    func write(_ made: [Outgoing]) throws { try next.write(made) }

    func finish() throws { try next.finish() }
}

extension Outgoing {
    fileprivate func adding(_ more: [Header], to topic: String) -> Outgoing {
        Outgoing(
            topic: topic, partition: partition, key: key, value: value, headers: headers + more, timestamp: timestamp)
    }
}

import Logging
import TopicLog

/// How far a worker is in a partition.
struct Progress: Sendable, Equatable {
    /// The offset that comes next.
    let next: Int64
    /// The record that was done last, where it is known.
    var mark: RecordMark?
}

/// Records that are gone before a worker had them: found, told, and where it was told to go on without them,
/// counted.
struct Losses {
    private let log: any TopicLog
    private let around: Surroundings
    /// Whether to go on without what is gone.
    let areAccepted: Bool

    init(_ log: any TopicLog, _ around: Surroundings, areAccepted: Bool) {
        self.log = log
        self.around = around
        self.areAccepted = areAccepted
    }

    /// Where to go on in these partitions.
    ///
    /// - Parameter progress: how far the worker is, where it knows.
    /// - Returns: for each partition where to go on, and those for which that is not what the progress says.
    /// - Throws: ``Failure`` of kind `setup`, code `progress_gone`, `progress_ahead` or `other_topic`, that says
    ///   which records are lost and what to do.
    func starts(
        _ partitions: [TopicPartition], _ progress: [TopicPartition: Progress]
    ) throws -> (all: [TopicPartition: Int64], moved: [TopicPartition: Int64]) {
        let bounds = try log.admin.watermarks(partitions)
        let known = progress.filter { partition, progress in
            bounds[partition].map { progress.next <= $0.high } ?? false
        }
        let others = try RecordMark.changed(known.compactMapValues(\.mark), in: log) {
            around.turn(.starting)
            return !around.stop.isStopping
        }
        var (all, moved): ([TopicPartition: Int64], [TopicPartition: Int64]) = ([:], [:])
        for partition in partitions {
            guard let bound = bounds[partition] else { continue }
            guard let next = progress[partition]?.next else {
                all[partition] = bound.low
                continue
            }
            all[partition] = next
            var failure: Failure?
            if next > bound.high {
                failure = ahead(partition, next, bound)
            } else if others.contains(partition) {
                failure = other(partition, progress[partition]?.mark?.offset ?? next)
            } else if next < bound.low {
                failure = gone(partition, next, bound)
            }
            guard let failure else { continue }
            guard areAccepted else { throw failure }
            all[partition] = bound.low
            moved[partition] = bound.low
            accept(failure, partition, next < bound.low ? bound.low - next : 0)
        }
        return (all, moved)
    }

    /// Why a consumer could not read on, for the partitions that it is to read.
    func reason(_ error: Failure, _ consumer: any TopicConsumer) -> Failure {
        guard let bounds = try? log.admin.watermarks(consumer.assignment.sorted()) else { return error }
        for (partition, bound) in bounds.sorted(by: { $0.key < $1.key }) {
            guard let next = consumer.position(partition) else { continue }
            if next < bound.low { return gone(partition, next, bound) }
            if next > bound.high { return ahead(partition, next, bound) }
        }
        return Failure(.setup, code: "progress_gone", error.message)
    }

    private func accept(_ failure: Failure, _ partition: TopicPartition, _ count: Int64) {
        around.logger.error(
            "records are lost, and the worker goes on without them",
            metadata: [
                "failure.code": "\(failure.code)", "failure.reason": "\(failure.message)", "partition": "\(partition)",
            ])
        around.board.update { $0.lost += Int(clamping: max(1, count)) }
    }

    private var worker: String { around.board.snapshot.worker }

    private func gone(_ partition: TopicPartition, _ next: Int64, _ bound: Watermarks) -> Failure {
        Failure(
            .setup, code: "progress_gone",
            "Offsets \(next) to \(bound.low - 1) of \(partition) were deleted before the \(worker) worker had read them. "
                + Self.remedy)
    }

    private func ahead(_ partition: TopicPartition, _ next: Int64, _ bound: Watermarks) -> Failure {
        Failure(
            .setup, code: "progress_ahead",
            "The \(worker) worker goes on at offset \(next) of \(partition), but the log ends at \(bound.high): it is "
                + "another log, or the topic was made anew. " + Self.remedy)
    }

    private func other(_ partition: TopicPartition, _ offset: Int64) -> Failure {
        Failure(
            .setup, code: "other_topic",
            "Offset \(offset) of \(partition) holds another record than the \(worker) worker read there: the topic was "
                + "made anew, or it is another log. " + Self.remedy)
    }

    private static let remedy =
        "Use the log that was read before, or restore it; or go on with what the topic holds with --accept-gap, and "
        + "have gongbao repair read again what is missing."
}

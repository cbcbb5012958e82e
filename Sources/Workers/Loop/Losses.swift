import Logging
import TopicLog

/// How far a worker is in a partition.
struct Progress: Sendable, Equatable {
    /// The offset that comes next.
    let next: Int64
    /// What tells the topic from another of its name, as far as it is known.
    var note = ProgressNote()
}

/// Where a worker goes on in its partitions.
struct Starts {
    /// Where to go on.
    var all: [TopicPartition: Int64] = [:]
    /// The same for those for which that is not what the progress says.
    var moved: [TopicPartition: Int64] = [:]
    /// The first record of each as it is now.
    var firsts: [TopicPartition: RecordMark] = [:]
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
    /// - Throws: ``Failure`` of kind `setup`, code `progress_gone`, `progress_ahead` or `other_topic`, that says
    ///   which records are lost and what to do.
    func starts(
        _ partitions: [TopicPartition], _ progress: [TopicPartition: Progress]
    ) throws -> Starts {
        let bounds = try log.admin.watermarks(partitions)
        var starts = Starts()
        let others = try changed(progress, bounds, &starts)
        for partition in partitions {
            guard let bound = bounds[partition] else { continue }
            guard let next = progress[partition]?.next else {
                starts.all[partition] = bound.low
                continue
            }
            starts.all[partition] = next
            var failure: Failure?
            if next > bound.high {
                failure = ahead(partition, next, bound)
            } else if others[partition] != nil {
                failure = other(partition, others[partition] ?? next)
            } else if next < bound.low {
                failure = gone(partition, next, bound)
            }
            guard let failure else { continue }
            guard areAccepted else { throw failure }
            starts.all[partition] = bound.low
            starts.moved[partition] = bound.low
            accept(failure, partition, next < bound.low ? bound.low - next : 0)
        }
        return starts
    }

    /// Partitions in which something else stands where a marked record stood, with its offset. Where that is gone
    /// by retention nothing can be told by it, and nothing is said.
    private func changed(
        _ progress: [TopicPartition: Progress], _ bounds: [TopicPartition: Watermarks], _ starts: inout Starts
    ) throws -> [TopicPartition: Int64] {
        let turn = {
            around.turn(.starting)
            return !around.stop.isStopping
        }
        var others: [TopicPartition: Int64] = [:]
        starts.firsts = try RecordMark.read(bounds.mapValues(\.low), in: log, turn: turn)
        let known = progress.filter { partition, progress in
            bounds[partition].map { progress.next <= $0.high } ?? false
        }
        let lasts = known.compactMapValues(\.note.last).filter { partition, mark in
            bounds[partition].map { $0.low <= mark.offset && mark.offset < $0.high } ?? false
        }
        // Most partitions begin where they began, and have their first record done last only at the start.
        let unread = lasts.filter { starts.firsts[$0.key]?.offset != $0.value.offset }
        let found = try RecordMark.read(unread.mapValues(\.offset), in: log, turn: turn)
        if around.stop.isStopping { return [:] }
        for (partition, mark) in lasts where (found[partition] ?? starts.firsts[partition]) != mark {
            others[partition] = mark.offset
        }
        for (partition, mark) in known.compactMapValues(\.note.first) where others[partition] == nil {
            guard let bound = bounds[partition], bound.low <= mark.offset else { continue }
            if starts.firsts[partition] != mark { others[partition] = mark.offset }
        }
        return others
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

import TopicLog

/// Accounts for every offset of spans as their records come by, in order within each partition.
struct OffsetAccounts {
    private struct Partition {
        var account: AuditReport.Account
        var next: Int64
        var gaps: [Range<Int64>] = []
    }

    private var partitions: [Partition] = []
    private var places: [TopicPartition: Int] = [:]
    /// Neighbours mostly share a partition, and need not look it up.
    private var last: (partition: TopicPartition, place: Int)?

    init(_ spans: [TopicPartition: Range<Int64>]) {
        for (partition, span) in spans.sorted(by: { $0.key < $1.key }) {
            places[partition] = partitions.count
            partitions.append(
                Partition(account: .init(partition: partition, offsets: span), next: span.lowerBound))
        }
    }

    /// A record came.
    mutating func take(_ partition: TopicPartition, _ offset: Int64) {
        if last?.partition != partition {
            guard let place = places[partition] else { return }
            last = (partition, place)
        }
        guard let place = last?.place else { return }
        let next = partitions[place].next
        if next < offset { partitions[place].gaps.append(next..<offset) }
        partitions[place].next = offset + 1
        partitions[place].account.records += 1
    }

    /// Says what the offsets without records are.
    ///
    /// - Parameters:
    ///   - unreadable: what could not be read.
    ///   - hasMarkers: whether offsets may be skipped that hold no data.
    /// - Returns: an account of each partition, and gaps that must not be.
    func close(unreadable: [UnreadableSpan], hasMarkers: Bool) -> ([AuditReport.Account], [Finding]) {
        var findings: [Finding] = []
        let accounts = partitions.map { partition in
            var account = partition.account
            let name = account.partition
            let lost = unreadable.filter { $0.partition == name }.map(\.offsets)
            let tail = partition.next..<max(partition.next, account.offsets.upperBound)
            for gap in partition.gaps + (tail.isEmpty ? [] : [tail]) {
                if lost.contains(where: { $0.overlaps(gap) }) {
                    account.missing += gap.count
                } else if hasMarkers {
                    if gap.count == 1 { account.markers += 1 } else { account.withoutData += gap.count }
                } else {
                    account.missing += gap.count
                    findings.append(
                        Finding(
                            .missing, .offsets, at: "\(name)@\(gap.lowerBound)",
                            "In \(name) the records at \(describeOffsets(gap)) are missing."))
                }
            }
            return account
        }
        findings += unreadable.map { span in
            Finding(
                span.isTampered ? .tampered : .missing, .offsets, at: "\(span.partition)@\(span.offsets.lowerBound)",
                span.message)
        }
        return (accounts, findings)
    }
}

import TopicLog

/// Notices that a topic was deleted under a member of its group.
///
/// Kafka's client does not tell: the member is left without partitions and waits, as one does that
/// the others left nothing to read. So whoever has nothing of a topic any more asks now and then whether
/// it is still there, and believes what it is told twice, as brokers that start know no topics at first.
struct LostTopics {
    private static let every = Duration.seconds(30)
    private var nextLook: Duration?
    private var missing: Set<String> = []
    /// The topics of which there were partitions to read.
    private var known: Set<String> = []

    /// Looks, when it is time.
    ///
    /// - Throws: ``Failure`` of kind `setup` for a topic that is gone.
    mutating func look(_ assigned: Set<TopicPartition>, _ admin: any TopicAdmin, now: Duration) throws(Failure) {
        let read = Set(assigned.map(\.topic))
        known.formUnion(read)
        let unread = known.subtracting(read)
        guard !unread.isEmpty else {
            (nextLook, missing) = (nil, [])
            return
        }
        guard let time = nextLook else {
            nextLook = now + Self.every
            return
        }
        guard now >= time else { return }
        nextLook = now + Self.every
        guard let found = try? admin.describe(unread.sorted()) else { return }
        let before = missing
        missing = unread.subtracting(found.map(\.name))
        guard let gone = before.intersection(missing).min() else { return }
        throw Failure(
            .setup, code: "unknown_topic",
            "The topic \(gone) has been deleted; create it with gongbao topics create, and fill it from an archive with "
                + "gongbao replay, where there is one.")
    }
}

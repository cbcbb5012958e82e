import TopicLog

/// A record that no worker can use, among the good ones: nobody can read its value, and its headers claim what
/// they like.
struct HostileRecord {
    /// The topic, without its prefix.
    let topic: String
    /// Its value, which no other record has.
    let text: String

    init(number: Int, using random: inout Seeded) {
        topic = ["articles", "indicators", "bulletins"][number % 3]
        text = "poison-\(number)-\(random.next())"
    }

    /// Puts it into its topic.
    func write(to log: any TopicLog, prefix: String) throws {
        let headers = [
            Header("gongbao_attempts", "9223372036854775807"), Header("gongbao_articles", "18446744073709551615"),
            Header("ce_time", String(repeating: "9", count: 60_000)), Header("traceparent", "00-x"),
            Header("gongbao_decoder", String(repeating: "d", count: 400_000)), Header("ce_type", "none.such.v9"),
            Header("dlq.truncated-from", "-9223372036854775808"), Header("dlq.partition", "4294967296"),
        ]
        let producer = try log.producer(transactionalID: prefix + "hostile")
        defer { producer.close() }
        try producer.transact(
            [Outgoing(topic: prefix + topic, key: Array(text.utf8), value: Array(text.utf8), headers: headers)],
            consumed: nil)
    }
}

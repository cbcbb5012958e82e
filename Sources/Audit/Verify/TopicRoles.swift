import BulletinModel

/// What an audit asks of the four topics.
extension Topics {
    /// As much of a value as a dead letter has at least, in bytes, where it was too large for the topic.
    static let letterHead = 64 << 10

    func number(_ topic: String) -> UInt8 { UInt8(all.firstIndex(of: topic) ?? 255) }

    /// Which of the four a topic is, under this prefix or another: the topics may be copies of those that
    /// a dead letter tells of.
    func role(of topic: String) -> UInt8 {
        let prefix = all.dropFirst().reduce(bulletins) { $0.commonPrefix(with: $1) }
        return UInt8(all.firstIndex { topic.hasSuffix($0.dropFirst(prefix.count)) } ?? 255)
    }

    /// What the database keeps of a dead letter and does not depend on the log, as one digest.
    static func digest(of letter: DeadLetter) -> Digest32 {
        var json = JSONWriter()
        json.beginArray()
        for text in [letter.id.rawValue, letter.worker, letter.stage, letter.code, letter.reason, letter.input] {
            json.value(text)
        }
        json.value(letter.origin.map { "\($0.topic)/\($0.partition)@\($0.offset)" })
        json.value(letter.engine ?? -1)
        json.value(letter.attempts)
        json.value(letter.failedAt)
        json.value(letter.truncatedFrom ?? -2)
        json.value(letter.key.map { hexadecimal($0) })
        json.value(letter.value.map { hexadecimal($0) })
        json.endArray()
        return Digest32(of: json.bytes)
    }
}

import BulletinModel
import TopicLog

/// How a dead letter is tried again. The dead letter itself stays where it is.
public enum Requeue: Sendable, Equatable {
    /// Append this to the topic that the record came from.
    case append(Outgoing)
    /// Offer this to a producer, ``ListedInputs``.
    case offer(Input)
    /// It cannot be: one sentence says why.
    case impossible(String)

    /// Decides for a record of the dead-letter topic. Only topics of ours are written to: a dead letter may
    /// name any.
    public init(_ record: Record, topics: Topics) {
        let letter = DeadLetterHeaders.read(record)
        if letter.truncatedFrom != nil {
            self = .impossible(
                "Dead letter \(letter.id) holds only the head of what was rejected; offer the original again.")
        } else if let origin = letter.origin, !topics.all.contains(origin.topic) {
            self = .impossible(
                "Dead letter \(letter.id) names the topic \(origin.topic.prefix(64)), which is none of gongbao's.")
        } else if let origin = letter.origin {
            var headers = DeadLetterHeaders.original(record.headers).filter { $0.name != DeadLetterHeaders.attempts }
            headers.append(Header(DeadLetterHeaders.attempts, String(letter.attempts)))
            self = .append(Outgoing(topic: origin.topic, key: record.key, value: record.value, headers: headers))
        } else if letter.worker == WorkerKind.produce.rawValue, let bytes = record.value {
            self = .offer(
                Input(
                    name: letter.input ?? "", content: .whole(bytes), attempts: letter.attempts,
                    container: RecordHeaders.container(of: record),
                    given: (try? BulletinOffer { record.header($0) })?.given ?? GivenData()))
        } else {
            self = .impossible("Dead letter \(letter.id) does not say where it came from.")
        }
    }
}

import BulletinModel
import TopicLog

/// Headers of a record from outside, of which nothing is passed on unchecked: what goes into every record
/// that is made of one would be paid for thousands of times.
enum RecordHeaders {
    /// How many articles follow a bulletin, in the same transaction: so that their loss shows.
    static let articles = "gongbao_articles"
    /// The bulletin that this one stood in: an archive, or a message. That one's bytes have this one's.
    static let container = CloudEvent.containerHeader
    /// How many documents stood in a bulletin; each was there before it, as a bulletin or a dead letter.
    static let members = "gongbao_members"
    /// The most bytes of the header that names what made a bulletin's text.
    static let decoderBytes = 256
    /// How often a record may claim to have been tried.
    static let mostAttempts = 1_000_000

    /// How many articles a bulletin's record says there are; nil where it does not say.
    static func articleCount(of record: Record) -> Int? {
        record.header(articles).flatMap { Int($0) }.flatMap { (0...1_000_000).contains($0) ? $0 : nil }
    }

    /// When the bulletin was received: `ce_time` where it is a time, else when the log received the record.
    static func time(of record: Record) -> String { statedTime(of: record) ?? record.timestamp.rfc3339 }

    /// The header `ce_time`; nil where there is none that is a time.
    static func statedTime(of record: Record) -> String? {
        record.header("ce_time").flatMap { Timestamp(rfc3339: $0) == nil ? nil : $0 }
    }

    /// The trace of the record; nil where it has none that is one.
    static func trace(of record: Record) -> String? {
        record.header("traceparent").flatMap { CloudEvent.isTraceparent($0) ? $0 : nil }
    }

    /// The bulletin that a record says its own stood in; nil where it says none.
    static func container(of record: Record) -> BulletinID? {
        guard let text = record.header(container), text.utf8.count == 64,
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return BulletinID(rawValue: text)
    }

    /// How often a record was tried before: 0 where it does not say, or says something else than a count.
    static func attempts(_ text: String?) -> Int {
        guard let text, let count = Int(text), count > 0 else { return 0 }
        return min(count, mostAttempts)
    }

    /// What is wrong with the headers that must be passed on as they are; nil where nothing is.
    static func failure(of record: Record) -> Failure? {
        guard let decoder = record.headers.last(where: { $0.name == CloudEvent.decoderHeader })?.value else {
            return nil
        }
        let isText = decoder.count <= decoderBytes && decoder.allSatisfy { (0x20...0x7e).contains($0) }
        if isText { return nil }
        return Failure(
            .badHeader,
            "The record has \(decoder.count) bytes for the header \(CloudEvent.decoderHeader), which is no name of a program."
        )
    }
}

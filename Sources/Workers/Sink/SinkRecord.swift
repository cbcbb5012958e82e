import BulletinModel
import Store
import TopicLog

/// What a record means for the database, before it is put together with others.
enum SinkRecord: Sendable {
    case change(StoreChange)
    case indicator(ReadingKey, Indicator, message: [UInt8])
    case closing(Closing)
    case failed(Failure)

    init(_ record: Record, topics: Topics) {
        do {
            switch record.partition.topic {
            case topics.bulletins: self = .change(try Self.bulletin(record))
            case topics.articles: self = .change(.article(try Article(message: Self.value(record))))
            case topics.deadLetters: self = .change(.deadLetter(DeadLetterHeaders.read(record)))
            default: self = try Self.reading(record)
            }
        } catch {
            self = .failed(Failure(describing: error))
        }
    }

    private static func value(_ record: Record) throws(MessageError) -> [UInt8] {
        guard let value = record.value else { throw MessageError(.missingValue, "has no value") }
        return value
    }

    private static func bulletin(_ record: Record) throws(MessageError) -> StoreChange {
        let bytes = try value(record)
        if let type = record.header("ce_type"), type != MessageSchema.bulletin.rawValue {
            throw MessageError(
                .unknownSchema, "has type \"\(type.prefix(64))\"; expected \(MessageSchema.bulletin.rawValue)")
        }
        let source =
            record.header("ce_source").flatMap { CloudEvent.source(ofReference: String($0.prefix(4096))) } ?? ""
        let bulletin = Bulletin(bytes: bytes, source: source)
        guard let key = record.key, key.elementsEqual(bulletin.id.rawValue.utf8) else {
            throw MessageError(.inconsistent, "has a key that is not the digest of its value")
        }
        let offer: BulletinOffer
        do throws(GivenData.Problem) { offer = try BulletinOffer { record.header($0) } } catch {
            throw MessageError(.badHeader, "has data given with it that are none: \(error.message)")
        }
        return .bulletin(bulletin, received: RecordHeaders.statedTime(of: record), offer)
    }

    private static func reading(_ record: Record) throws -> SinkRecord {
        let message = try value(record)
        switch try ReadingMessage(message: message) {
        case .closing(let closing): return .closing(closing)
        case .indicator(let indicator):
            guard let engine = record.header(CloudEvent.engineHeader).flatMap({ Int($0) }),
                (0...1_000_000).contains(engine)
            else {
                throw Failure(
                    .missingHeader,
                    "The record has no header \(CloudEvent.engineHeader) that names its engine.")
            }
            return .indicator(ReadingKey(article: indicator.article, engine: engine), indicator, message: message)
        }
    }
}

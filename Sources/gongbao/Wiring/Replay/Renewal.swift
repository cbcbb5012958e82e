import BulletinModel
import TopicLog

/// Which articles the topic of indicators does not have as the present engine reads them. The topic itself tells, so
/// that a renewal which was ended goes on where it was, and one that is done does nothing.
struct Renewal {
    private let engine: EngineVersion
    private var last: [ArticleID: EngineVersion] = [:]

    /// Reads the closing records of all readings.
    ///
    /// - Throws: ``Failure`` of the log.
    init(_ log: any TopicLog, indicators topic: String, engine: EngineVersion) throws {
        self.engine = engine
        let reader = TopicReader(log: log)
        let ends = try reader.ends(of: topic)
        var last: [ArticleID: EngineVersion] = [:]
        try reader.read(from: ends.mapValues(\.low), to: ends.mapValues(\.high)) { record in
            guard record.schema == MessageSchema.closing.rawValue,
                let closing = record.value.flatMap({ try? Closing(message: $0) })
            else { return }
            last[closing.article] = closing.engine
        }
        self.last = last
    }

    /// The articles among these records whose last reading is another engine's, or that have none.
    func due(_ records: [Record]) -> [Record] {
        records.filter { record in
            guard let article = record.value.flatMap({ try? Article(message: $0) }) else { return true }
            return last[article.id] != engine
        }
    }
}

extension Record {
    /// What the record says it is.
    fileprivate var schema: String? {
        headers.last { $0.name == "ce_type" }?.value.map { String(decoding: $0, as: UTF8.self) }
    }
}

import BulletinModel
import TopicLog

/// One article in, its indicators and their closing record out.
struct EnrichmentStage: Stage {
    let name = WorkerKind.enrich.rawValue
    let reader: any BulletinReader
    let topics: Topics
    /// How many figures an article may state.
    var mostFigures = Enrichment.defaultMostFigures

    var engineNumber: Int { reader.engine.number }

    func process(_ record: Record) -> Outcome {
        guard let value = record.value else {
            return .reject(Failure(MessageError(.missingValue, "has no value")))
        }
        let article: Article
        do throws(MessageError) {
            article = try Article(message: value)
        } catch {
            return .reject(Failure(error))
        }
        if let failure = RecordHeaders.failure(of: record) { return .reject(failure) }
        // One more than may be shows that there are too many; the rest is not read.
        let indicators = reader.indicators(of: article, atMost: mostFigures &+ 1)
        if indicators.count > mostFigures {
            return .reject(
                Failure(
                    .tooManyFigures,
                    "The article states more than the \(mostFigures) figures that one may. Raise article.most-figures to "
                        + "take it."))
        }
        if let (figure, field) = indicators.lazy.compactMap({ one in one.oversized.map { (one, $0) } }).first {
            return .reject(
                Failure(
                    .badField,
                    "The figure at \(figure.start)..\(figure.end) has more in its field \(field) than a record may."))
        }
        if let lost = Self.misplaced(indicators, in: article) {
            return .reject(
                Failure(
                    .misplacedQuote,
                    "The indicator \(lost.name.prefix(40)) at \(lost.start)..\(lost.end) does not show its quote there."
                ))
        }
        return .emit(encode(indicators, of: article, record))
    }

    private func encode(_ indicators: [Indicator], of article: Article, _ record: Record) -> [Outgoing] {
        let key = Array(article.id.rawValue.utf8)
        let messages = indicators.map { $0.message() }
        let closing = Closing(
            article: article.id, bulletin: article.bulletin, count: messages.count,
            digest: Closing.digest(of: messages), engine: reader.engine)
        let source = "articles/\(article.id)/engine/\(reader.engine.number)"
        // Time and trace are the bulletin's, so that nothing here depends on when it runs.
        let time = RecordHeaders.time(of: record)
        let trace = RecordHeaders.trace(of: record) ?? CloudEvent.traceparent(for: article.bulletin)
        func headers(_ schema: MessageSchema) -> [Header] {
            CloudEvent(
                schema: schema, id: "", source: source, time: time, traceparent: trace, engine: reader.engine,
                decoder: record.header(CloudEvent.decoderHeader)
            ).logHeaders
        }
        let common = headers(.indicator)
        var records = zip(indicators, messages).map { indicator, message in
            Outgoing(
                topic: topics.indicators, key: key, value: message,
                headers: common.identified(indicator.id.rawValue))
        }
        records.append(
            Outgoing(
                topic: topics.indicators, key: key, value: closing.message(),
                headers: headers(.closing).identified("\(article.id)-closing")))
        return records
    }

    /// The first indicator whose place in the article does not read as its quote.
    private static func misplaced(_ indicators: [Indicator], in article: Article) -> Indicator? {
        if indicators.isEmpty { return nil }
        let scalars = Array(article.text.unicodeScalars)
        return indicators.first { indicator in
            let start = indicator.start - article.start
            let end = indicator.end - article.start
            guard start >= 0, start < end, end <= scalars.count else { return true }
            return !indicator.quote.unicodeScalars.elementsEqual(scalars[start..<end])
        }
    }
}

extension CloudEvent {
    /// The headers as a log takes them.
    var logHeaders: [Header] { headers.map { Header($0.name, $0.value) } }
}

extension [Header] {
    /// The headers of an event of that identifier, alike otherwise: as all indicators of an
    /// article share them, the bytes of the others are held once, not once each.
    fileprivate func identified(_ id: String) -> [Header] {
        map { $0.name == CloudEvent.idHeader ? Header($0.name, id) : $0 }
    }
}

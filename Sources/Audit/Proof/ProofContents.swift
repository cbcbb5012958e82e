import BulletinModel
import Messages
import Reading
import TopicLog

/// What the records of a proof say, each held to the others: from the bulletin's bytes to the figure.
struct ProofContents {
    let records: [Record]
    let bulletin: BulletinID
    /// What was said of the bulletin, which holds for the reading.
    let given: GivenData
    let article: Article
    let indicator: Indicator
    let closing: Closing
    /// What besides the engine made the bulletin's text, with its version; nil where nothing did.
    let decoder: String?
    /// The bulletin's text; nil where what made it is not at hand, so that it cannot be made again.
    let text: DecodedText?

    /// Reads the records, in the order of ``ProofBundle/roles``.
    ///
    /// - Throws: ``ProofProblem`` at the first that does not fit.
    init(_ leaves: [ProofBundle.Leaf], indicator id: IndicatorID, bulletin bytes: [UInt8], engine: Engine)
        throws(ProofProblem)
    {
        var records: [Record] = []
        for (role, leaf) in zip(ProofBundle.roles, leaves) {
            guard let record = ArchivedRecord.decode(leaf.bytes), record.value != nil else {
                throw ProofProblem("records/\(role)", "The file records/\(role) is no archived record.")
            }
            records.append(record)
        }
        self.records = records
        let values = records.map { $0.value ?? [] }
        bulletin = BulletinID(bytes: values[0])
        guard values[0] == bytes else {
            throw ProofProblem("bulletin", "The file bulletin is not what the bulletin's record holds.")
        }
        do throws(MessageError) {
            article = try Article(message: values[1])
            indicator = try Indicator(message: values[2])
            closing = try Closing(message: values[3])
        } catch {
            throw ProofProblem("records", "A record of the proof \(error.message).")
        }
        let checks = [
            (
                "bulletin",
                RecordCheck.problem(records[0], schema: .bulletin, id: bulletin.rawValue, key: bulletin.rawValue)
            ),
            (
                "article",
                RecordCheck.problem(records[1], schema: .article, id: article.id.rawValue, key: bulletin.rawValue)
            ),
            (
                "indicator",
                RecordCheck.problem(
                    records[2], schema: .indicator, id: indicator.id.rawValue, key: article.id.rawValue,
                    engine: closing.engine)
            ),
            (
                "closing",
                RecordCheck.problem(
                    records[3], schema: .closing, id: "\(article.id)-closing", key: article.id.rawValue,
                    engine: closing.engine)
            ),
        ]
        for (role, problem) in checks {
            if let problem {
                throw ProofProblem("records/\(role)", "The record of the \(role) does not fit: \(problem).")
            }
        }
        guard indicator.id == id, indicator.article == article.id, indicator.bulletin == bulletin,
            article.bulletin == bulletin, closing.article == article.id, closing.bulletin == bulletin
        else { throw ProofProblem("records", "The records of the proof do not belong to one figure.") }
        guard let offer = try? BulletinOffer(header: { records[0].header($0) }), offer.standing != .further else {
            throw ProofProblem(
                "records/bulletin",
                "The record of the bulletin does not fit: no article follows from what it says of it.")
        }
        given = offer.given
        decoder = records[0].header(CloudEvent.decoderHeader)
        guard decoder == (try? engine.decoder(of: bytes)) ?? nil else {
            text = nil
            try quote(in: Scalars.of(article.text))
            return
        }
        let text: DecodedText
        do throws(DecodeError) { text = try engine.decode(bytes) } catch {
            throw ProofProblem("bulletin", "The bulletin cannot be read: \(error.message)")
        }
        self.text = text
        guard article.end <= text.scalars.count, text.string(article.start..<article.end) == article.text else {
            throw ProofProblem("records/article", "The article is not what stands at its place in the bulletin.")
        }
        guard indicator.end <= text.scalars.count, text.string(indicator.start..<indicator.end) == indicator.quote
        else {
            throw ProofProblem(
                "records/indicator", "The figure's quote is not what stands at its place in the bulletin.")
        }
    }

    /// The quote must at least stand at its place in the article, which the log signed for.
    private func quote(in scalars: [UInt32]) throws(ProofProblem) {
        let (start, end) = (indicator.start - article.start, indicator.end - article.start)
        guard start >= 0, start <= end, end <= scalars.count,
            Scalars.string(scalars[start..<end]) == indicator.quote
        else {
            throw ProofProblem(
                "records/indicator", "The figure's quote is not what stands at its place in the article.")
        }
    }

    /// The file PROOF.txt: the sentences in English, which are a part of the bundle and must not change.
    func proofText(_ bundle: ProofBundle, log: String) -> String {
        sentences(bundle, log: log, in: Messages(.english)).joined(separator: "\n\n") + "\n"
    }

    /// What is proven, in plain sentences; the same for the same bundle and language.
    func sentences(_ bundle: ProofBundle, log: String, in m: Messages) -> [String] {
        let isEnglish = m.language == .english
        let (comma, to) = isEnglish ? (", ", " to ") : ("，", " 至 ")
        func word(_ code: String) -> String { m.word("cell", code) }
        var parts = [word(indicator.kind.rawValue)]
        if let base = indicator.base {
            let isSince = !isEnglish && base.rawValue.hasPrefix("since:")
            parts[0] +=
                " " + (isSince ? m("cell.since", ["year": "\(base.rawValue.dropFirst(6))"]) : word(base.rawValue))
        }
        if indicator.bound != .exact { parts.append(word(indicator.bound.rawValue)) }
        parts.append(word(indicator.status.rawValue))
        if let period = indicator.period { parts.append(period.start + to + period.end) }
        if let region = indicator.region { parts.append(PlainName.shown(region.name)) }
        if let scope = indicator.scope { parts.append(word(scope.rawValue)) }
        if let vintage = indicator.vintage { parts.append(word(vintage.rawValue)) }
        let value = indicator.valueTo.map { indicator.value + to + $0 } ?? indicator.value
        let unit = indicator.unit.isEmpty ? "" : PlainName.shown(indicator.unit)
        let (name, list) = (PlainName.shown(indicator.name), parts.joined(separator: comma))
        let reading = isEnglish ? "\(name): \(value) \(unit) (\(list))" : "\(name)：\(value) \(unit)（\(list)）"
        let places = zip(ProofBundle.roles, records).map { role, record in
            isEnglish
                ? "the \(role) at \(record.place)"
                : m("role.at", ["role": m("role.\(role)"), "place": "\(record.place)"])
        }
        let source = records[0].header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? "a bulletin"
        let received = records[0].header("ce_time").map(PlainName.shown) ?? "an unknown time"
        let members = given.members.map { "\($0.name) \(PlainName.shown($0.text))" }.joined(separator: ", ")
        let said = given.isEmpty ? nil : "With it was given, and holds for the reading: \(members)."
        let sentences: [String?] = [
            "This is proven of the figure \(indicator.id):",
            reading,
            "The log \(PlainName.shown(log)) signed a checkpoint over \(bundle.size) records, which has these four among them: "
                + places.joined(separator: comma) + ".",
            "The bulletin (\(PlainName.shown(source)), \(bundle.bulletin.count) bytes, SHA-256 \(bulletin)) was received at "
                + "\(received), and not a byte of it has changed since.",
            said,
            "Its article \(article.ordinal)\(article.headline.map { " (\(PlainName.shown($0)))" } ?? "") says at scalars \(indicator.start) to "
                + "\(indicator.end) of the text: \(PlainName.shown(indicator.quote))",
            "Engine \(closing.engine.number) with the lexicon \(closing.engine.lexicon) read it so"
                + (decoder.map { ", from the text that \(PlainName.shown($0)) made of the bulletin." } ?? "."),
        ]
        return sentences.compactMap(\.self).map { m.said($0) }
    }

    /// The figure with what stands around it.
    var passage: Finding.Passage? { Finding.Passage(article, start: indicator.start, end: indicator.end, around: 60) }
}

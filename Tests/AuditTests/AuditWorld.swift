import BulletinModel
import Foundation
import Reading
import Store
import TopicLog

@testable import Audit

/// A small log with its database, made as the workers make them, in which tests may change
/// whatever they like before it is written.
final class AuditWorld {
    static let names = Topics(prefix: "t.")
    static let texts = [
        "# 临江区统计公报\n\n2024年，全区地区生产总值386.5亿元，比上年增长6.2%。一般公共预算收入21.7亿元，增长3.1%。\n\n新增城镇就业8600人。",
        "# 云溪县工作报告\n\n2024年，粮食产量42.3万吨，增长1.5%。社会消费品零售总额96.4亿元，增长4.9%。",
        "# 通知\n\n会议于3月召开，请各单位按时参加。",
    ]

    let folder: URL
    let log: MemoryLog
    let store: BulletinStore
    let deriver: Deriver
    let lexicon: [String: String]
    /// What will be written, topic by topic.
    var bulletins: [Outgoing] = []
    var articles: [Outgoing] = []
    var indicators: [Outgoing] = []
    var letters: [Outgoing] = []

    init(
        _ texts: [String] = AuditWorld.texts, lexicon: [String: String] = AuditWorld.lexicon, pdf: PdfText? = nil,
        documents: DocumentText? = nil
    ) throws {
        self.lexicon = lexicon
        folder = FileManager.default.temporaryDirectory.appending(path: "audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        log = MemoryLog()
        store = try BulletinStore(path: folder.appending(path: "db").path)
        deriver = Deriver(Engine(lexicon: try Lexicon(tables: lexicon), pdf: pdf, documents: documents))
        try log.admin.create(Self.names.all.map { TopicSpecification(name: $0, partitions: 2) })
        for (number, text) in texts.enumerated() { try add(text, source: "b\(number).md", with: deriver) }
    }

    deinit {
        store.close()
        log.close()
        try? FileManager.default.removeItem(at: folder)
    }

    static let lexicon = words(with: ["measures.tsv": "gdp\t地区生产总值\t生产总值\n"])

    /// The shipped tables of words and units, with tables of a test's own. Only rows whose words can stand in the texts of
    /// these tests are kept, and no vocabulary: proofs carry their tables, and every byte of a proof is tried.
    static func words(with tables: [String: String], for texts: [String] = texts) -> [String: String] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized
        let letters = Set(texts.joined().unicodeScalars)
        var all = tables
        for name in Lexicon.tableNames
        where all[name] == nil && !["measures.tsv", "regions.tsv", "vocabulary.tsv"].contains(name) {
            let table = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
            let rows = table.split(separator: "\n").filter { row in
                let word = row.prefix { $0 != "\t" }
                return !row.hasPrefix("#")
                    && (name == "confidence.tsv" || word.unicodeScalars.allSatisfy(letters.contains))
            }
            all[name] = rows.map { $0 + "\n" }.joined()
        }
        return all
    }

    /// Adds a bulletin with what this engine makes of it.
    ///
    /// - Parameter offer: what was said of it, and whether that holds.
    func add(_ text: String, source: String, with deriver: Deriver, offer: BulletinOffer = BulletinOffer()) throws {
        let bytes = Array(text.utf8)
        let id = BulletinID(bytes: bytes)
        let decoder = try deriver.engine.decoder(of: bytes)
        func headers(_ schema: MessageSchema, _ name: String, _ source: String) -> [Header] {
            CloudEvent(
                schema: schema, id: name, source: source, time: "2024-07-20T08:00:00.000Z",
                traceparent: CloudEvent.traceparent(for: id), engine: deriver.version, decoder: decoder
            ).headers.map { Header($0.name, $0.value) }
        }
        let key = Array(id.rawValue.utf8)
        bulletins.append(
            Outgoing(
                topic: Self.names.bulletins, key: key, value: bytes,
                headers: headers(.bulletin, id.rawValue, source) + offer.headers.map { Header($0.name, $0.value) }))
        if offer.standing == .further { return }
        for article in try deriver.articles(of: bytes, bulletin: id, given: offer.given) {
            articles.append(
                Outgoing(
                    topic: Self.names.articles, key: key, value: article.message(),
                    headers: headers(.article, article.id.rawValue, "bulletins/\(id)")))
            indicators += reading(article, deriver.engine.extract(article), deriver.version)
        }
    }

    /// The records of a reading: indicators and what closes them.
    func reading(_ article: Article, _ list: [Indicator], _ engine: EngineVersion) -> [Outgoing] {
        let messages = list.map { $0.message() }
        let closing = Closing(
            article: article.id, bulletin: article.bulletin, count: list.count, digest: Closing.digest(of: messages),
            engine: engine)
        func outgoing(_ schema: MessageSchema, _ name: String, _ value: [UInt8]) -> Outgoing {
            let event = CloudEvent(
                schema: schema, id: name, source: "articles/\(article.id)", time: "2024-07-20T08:00:00.000Z",
                traceparent: CloudEvent.traceparent(for: article.bulletin), engine: engine)
            return Outgoing(
                topic: Self.names.indicators, key: Array(article.id.rawValue.utf8), value: value,
                headers: event.headers.map { Header($0.name, $0.value) })
        }
        return zip(list, messages).map { outgoing(.indicator, $0.id.rawValue, $1) }
            + [outgoing(.closing, "\(article.id)-closing", closing.message())]
    }

    /// Writes the topics, and the rows that follow from the records.
    func write(rows: Bool = true) throws {
        let producer = try log.producer(transactionalID: "world")
        defer { producer.close() }
        let records = bulletins + articles + indicators + letters
        if !records.isEmpty { try producer.transact(records, consumed: nil) }
        if rows { try writeRows() }
    }

    private func writeRows() throws {
        var changes: [StoreChange] = []
        for record in bulletins {
            let source = record.headers.first { $0.name == "ce_source" }?.value ?? []
            let time = record.headers.first { $0.name == "ce_time" }?.value
            changes.append(
                .bulletin(
                    Bulletin(bytes: record.value ?? [], source: String(decoding: source, as: UTF8.self)),
                    received: time.map { String(decoding: $0, as: UTF8.self) },
                    (try? BulletinOffer { name in
                        record.headers.first { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
                    }) ?? BulletinOffer()))
        }
        for record in articles { changes.append(.article(try Article(message: record.value ?? []))) }
        var open: [Indicator] = []
        for record in indicators {
            switch try ReadingMessage(message: record.value ?? []) {
            case .indicator(let indicator): open.append(indicator)
            case .closing(let closing):
                changes.append(.reading(closing, open))
                open = []
            }
        }
        let partitions = Self.names.all.flatMap { name in [0, 1].map { TopicPartition(name, $0) } }
        let moves = try log.admin.watermarks(partitions).sorted { $0.key < $1.key }.map { partition, mark in
            ProgressMove(topic: partition.topic, partition: partition.partition, from: nil, to: mark.high)
        }
        try store.apply(changes, moving: moves)
    }

    var source: LogSource {
        LogSource(log, name: "the log", limit: BatchLimit(records: 3, bytes: 1 << 20, wait: .milliseconds(5)))
    }

    /// Audits what was written.
    func verify(
        _ span: Auditor.Span = .init(), source: (any RecordSource)? = nil, with deriver: Deriver? = nil,
        memory: AuditMemory? = nil, sheets: Int = 0, database: Bool = true
    ) throws -> AuditReport {
        let subject = Auditor.Subject(
            source: source ?? self.source, topics: Self.names, store: database ? store : nil,
            letter: { record in
                let origin = record.header("origin").flatMap { Int64($0) }.map {
                    Place(
                        topic: record.header("origin-topic") ?? Self.names.articles,
                        partition: Int32(record.header("origin-partition") ?? "0") ?? 0, offset: $0)
                }
                return DeadLetter(
                    id: DeadLetterID(worker: "w", topic: nil, key: record.key, value: record.value), origin: origin,
                    key: record.key, value: record.value)
            })
        return try Auditor(subject, deriver: deriver ?? self.deriver).verify(
            span, words: "all", memory: memory, sheets: sheets, now: Timestamp(milliseconds: 0))
    }

    /// Changes the database behind the program's back.
    func alter(_ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = [folder.appending(path: "db").path, sql]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}

extension Outgoing {
    /// The same record with another value.
    func with(_ value: [UInt8]) -> Outgoing {
        Outgoing(topic: topic, partition: partition, key: key, value: value, headers: headers, timestamp: timestamp)
    }
}

import BulletinModel
import EmbeddedLog
import Foundation
import Logging
import Store
import Testing
import TopicLog

@testable import Workers

@Suite("The workers on the embedded log")
struct EmbeddedPipelineTests {
    private let texts = ["收入12元，支出34元。\n----\n另有56元。", "没有数字。", "共78元。"]

    private func around(_ worker: String) -> Surroundings {
        Surroundings(worker: worker, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func inputs() -> [Input] {
        texts.enumerated().map { Input(name: "\($0).txt", content: .whole(Array($1.utf8))) }
            + [Input(name: "bad", content: .whole([0xff]))]
    }

    @Test("three workers on queues of their own, side by side, end when all is through")
    func sideBySide() throws {
        let world = try World()
        try world.produce(ListedInputs(inputs()))
        try world.enrich()
        try world.sink()

        let folder = world.folder
        let topics = Topics()
        let log = try EmbeddedLog(path: folder.appendingPathComponent("topics.sqlite").path)
        defer { log.close() }
        try log.admin.create(topics.all.map { TopicSpecification(name: $0, partitions: 3) })
        let store = try BulletinStore(path: folder.appendingPathComponent("embedded").path)
        let limit = BatchLimit(records: 2, bytes: 1 << 20, wait: .milliseconds(20))
        let inputs = inputs()
        let producer = Worker.producer(
            log, reader: PlainReader(), topics: topics,
            settings: ProducerSettings(transactionalID: "produce", limit: limit), around: around("produce")
        ) { ListedInputs(inputs) }
        let enrichment = Worker.enrichment(
            log, reader: PlainReader(), topics: topics, settings: ConsumingSettings(group: "enrich", limit: limit),
            transactionalID: "enrich", around: around("enrich"))
        let sink = Worker.sink(
            log, store: store, topics: topics, settings: ConsumingSettings(group: "sink", limit: limit),
            transactionalID: "sink", engine: 1, around: around("sink"))
        for worker in [sink, enrichment, producer] { worker.start() }
        #expect(producer.wait() == nil)
        enrichment.drain()
        #expect(enrichment.wait() == nil)
        sink.drain()
        #expect(sink.wait() == nil)

        var rows: [String] = []
        try store.comparison { rows.append($0) }
        #expect(try rows == world.rows())
        #expect(sink.status.emitted["indicators"] == 4)
        #expect(producer.status.deadLetters == ["not_text": 1])
        #expect(sink.status.lag.values.allSatisfy { $0 >= 0 })
    }
}

import BulletinModel
import Testing
import TopicLog

@testable import Workers

@Suite("Dead letters")
struct DeadLetterTests {
    private let author = DeadLetterHeaders.Author(worker: "enrich", stage: "process", engine: 3)
    private let topics = Topics(prefix: "t.")
    private let time = Timestamp(milliseconds: 1_721_433_600_000)

    private func record(value: [UInt8]? = [1, 2], headers: [Header] = [Header("a", "b")]) -> Record {
        Record(
            partition: TopicPartition("t.articles", 4), offset: 17, timestamp: Timestamp(milliseconds: 5), key: [9],
            value: value, headers: headers)
    }

    private func letter(_ record: Record, reason: String = "It is bad.", largest: Int = 100) -> Outgoing {
        DeadLetterHeaders.letter(
            for: record, Failure(.data, code: "bad", reason), by: author, to: "dead", at: time, largest: largest)
    }

    private func stored(_ letter: Outgoing) -> Record {
        Record(
            partition: TopicPartition("dead", 0), offset: 0, timestamp: time, key: letter.key, value: letter.value,
            headers: letter.headers)
    }

    @Test("key, value and headers stay as they were, and why follows them")
    func written() {
        let letter = letter(record())
        #expect(letter.key == [9])
        #expect(letter.value == [1, 2])
        let texts = letter.headers.map { "\($0.name)=\(String(decoding: $0.value ?? [], as: UTF8.self))" }
        #expect(texts[0] == "a=b")
        #expect(
            texts.dropFirst(2) == [
                "dlq.origin.topic=t.articles", "dlq.origin.partition=4", "dlq.origin.offset=17",
                "dlq.origin.timestamp=5",
                "dlq.worker=enrich", "dlq.version=3", "dlq.stage=process", "dlq.code=bad", "dlq.reason=It is bad.",
                "dlq.attempts=1", "dlq.failed-at=2024-07-20T00:00:00.000Z",
            ])
        let read = DeadLetterHeaders.read(stored(letter))
        #expect(read.origin == Place(topic: "t.articles", partition: 4, offset: 17))
        #expect(read.worker == "enrich")
        #expect(read.code == "bad")
        #expect(read.engine == 3)
        #expect(read.value == [1, 2])
    }

    @Test("the same record makes the same dead letter, wherever it stood")
    func identity() {
        let other = Record(
            partition: TopicPartition("t.articles", 0), offset: 99, timestamp: time, key: [9], value: [1, 2],
            headers: [])
        #expect(letter(record()).headers[1] == letter(other).headers[0])
        #expect(letter(record(value: nil)).headers[1] != letter(record(value: [])).headers[1])
    }

    @Test("a long reason is cut between scalars, a value too large to its head")
    func bounds() {
        let long = letter(
            record(value: Array(repeating: 7, count: 200_000)), reason: String(repeating: "错", count: 900))
        let read = DeadLetterHeaders.read(stored(long))
        #expect(read.reason?.unicodeScalars.count == 341)
        #expect(read.value?.count == 64 << 10)
        #expect(read.truncatedFrom == 200_000)
        guard case .impossible = Requeue(stored(long), topics: topics) else {
            Issue.record("a head must not be requeued")
            return
        }
    }

    @Test("requeueing gives back the original, headers that look like ours included")
    func requeue() {
        let original = [Header("dlq.code", "theirs"), Header("x", bytes: nil)]
        let first = stored(letter(record(headers: original)))
        guard case .append(let again) = Requeue(first, topics: topics) else {
            Issue.record("it can be requeued")
            return
        }
        #expect(again.topic == "t.articles")
        #expect(again.key == [9])
        #expect(again.value == [1, 2])
        #expect(again.headers == original + [Header("gongbao_attempts", "1")])
        let second = stored(letter(record(headers: again.headers)))
        #expect(DeadLetterHeaders.read(second).attempts == 2)
        guard case .append(let third) = Requeue(second, topics: topics) else { return }
        #expect(third.headers == original + [Header("gongbao_attempts", "2")])
    }

    @Test("a dead letter that names a topic of others is not requeued there")
    func otherTopic() {
        guard case .impossible(let reason) = Requeue(stored(letter(record())), topics: Topics(prefix: "u.")) else {
            Issue.record("it was written by who knows whom")
            return
        }
        #expect(reason.contains("t.articles"))
    }

    @Test(
        "a count of attempts that is none, or too great, neither stops the worker nor grows",
        arguments: ["9223372036854775807", "-9223372036854775808", "99999999999999999999", "", "x", "1e3"])
    func attempts(_ text: String) {
        let letter = letter(record(headers: [Header("gongbao_attempts", text)]))
        let attempts = DeadLetterHeaders.read(stored(letter)).attempts
        #expect((1...1_000_001).contains(attempts))
        let forged = record(headers: [Header("dlq.id", "x"), Header("dlq.attempts", text)])
        #expect((1...1_000_000).contains(DeadLetterHeaders.read(forged).attempts))
    }

    @Test("more headers, or a longer key, than a record of ours has are not carried on")
    func manyHeaders() {
        let header = Header("h", bytes: Array(repeating: 1, count: 1000))
        let flooded = Record(
            partition: TopicPartition("t.articles", 0), offset: 1, timestamp: time,
            key: Array(repeating: 2, count: 100_000),
            value: [1], headers: Array(repeating: header, count: 4000))
        let letter = letter(flooded)
        #expect(letter.size < 100_000)
        #expect(letter.headers.contains { $0.name == "dlq.headers-dropped" })
        let read = DeadLetterHeaders.read(stored(letter))
        #expect(read.code == "bad" && read.truncatedFrom == 1)
        guard case .impossible = Requeue(stored(letter), topics: topics) else {
            Issue.record("it is not whole any more")
            return
        }
    }

    @Test("what a forged dead letter says is bounded before the database gets it")
    func forged() {
        let long = String(repeating: "9", count: 20_000)
        let names = [
            "dlq.id", "dlq.code", "dlq.worker", "dlq.reason", "dlq.failed-at", "dlq.version", "dlq.origin.topic",
        ]
        let read = DeadLetterHeaders.read(record(headers: names.map { Header($0, long) }))
        #expect(read.id.rawValue.utf8.count == 32)
        #expect(read.code?.utf8.count == 64 && read.worker?.utf8.count == 64)
        #expect(read.reason?.utf8.count == 1024 && read.failedAt == nil && read.engine == nil && read.origin == nil)
    }

    @Test("a record of the topic that is no dead letter of ours is still one")
    func foreign() {
        let foreign = record(headers: [Header("dlq.attempts", "x"), Header("dlq.id", bytes: nil)])
        let read = DeadLetterHeaders.read(foreign)
        #expect(read.worker == nil)
        #expect(read.attempts == 1)
        #expect(read.id == DeadLetterHeaders.read(foreign).id)
        guard case .impossible = Requeue(foreign, topics: topics) else {
            Issue.record("nobody knows where it came from")
            return
        }
    }
}

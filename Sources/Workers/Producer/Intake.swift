import BulletinModel
import Synchronization
import TopicLog

/// Makes of inputs what goes to the log: a bulletin with its articles, or a dead letter.
struct Intake: Sendable {
    let reader: any BulletinReader
    let topics: Topics
    /// The largest bulletin that is taken, in bytes.
    let largest: Int
    /// The largest value that the log takes, in bytes.
    let largestRecord: Int

    init(reader: any BulletinReader, topics: Topics, largest: Int, largestRecord: Int) {
        self.reader = reader
        self.topics = topics
        self.largest = largest
        self.largestRecord = largestRecord
    }

    /// What became of an input.
    struct Result: Sendable {
        let id: BulletinID
        /// What was said of it, and whether that holds.
        let offer: BulletinOffer
        /// What to write, in order and in one transaction.
        let records: [Outgoing]
        /// Why `records` are a dead letter; nil when they are a bulletin and its articles.
        let failure: Failure?
    }

    /// An input that the log does not have, or not with what is said of it now.
    struct Fresh: Sendable {
        let id: BulletinID
        let input: Input
        /// How it stands to what the log has.
        var standing = BulletinOffer.Standing.first
        /// Why what stands in it could not be taken; then it is a dead letter itself.
        var refusal: Failure?
        /// How many documents stand in it.
        var members = 0
    }

    /// How often a program was killed that made text of an input, while this process runs.
    private let kills = KillCounts()

    /// Works on many inputs at once; the results are in the order of the inputs.
    ///
    /// - Parameter tookOne: called on any thread after each input.
    func take(
        _ inputs: [Fresh], at time: Timestamp, tookOne: @Sendable () -> Void = {}
    ) -> [Result] {
        concurrentMap(inputs) { input in
            defer { tookOne() }
            return take(input, at: time)
        }
    }

    /// What a program was killed over once may have been in the way of others; what it is killed over twice
    /// would hold up all that comes after it.
    private func judged(_ failure: Failure, of id: BulletinID) -> Failure {
        guard failure.kind == .transient, failure.code == DeadLetterCode.decoderKilled.rawValue, kills.note(id) >= 2
        else { return failure }
        return Failure(.decoderKilled, "Twice: \(failure.message)")
    }

    private func take(_ fresh: Fresh, at time: Timestamp) -> Result {
        let (id, input) = (fresh.id, fresh.input)
        do throws(Failure) {
            return Result(
                id: id, offer: BulletinOffer(input.given, standing: fresh.standing), records: try read(fresh, at: time),
                failure: nil)
        } catch {
            let error = judged(error, of: id)
            let (bytes, truncated): ([UInt8], Int?) =
                switch input.content {
                case .tooLarge(let head, let size): (head, size ?? -1)
                case .whole(let bytes) where bytes.count > largest:
                    (Array(bytes.prefix(InputFile.headBytes)), bytes.count)
                case .whole(let bytes): (bytes, nil)
                }
            let letter = DeadLetterHeaders.letter(
                forInput: input.name, in: input.container, given: input.given, key: id, bytes: bytes,
                truncatedFrom: truncated,
                attempts: input.attempts + 1,
                error,
                by: .init(worker: WorkerKind.produce.rawValue, stage: "read", engine: reader.engine.number),
                to: topics.deadLetters, at: time)
            return Result(id: id, offer: BulletinOffer(input.given), records: [letter], failure: error)
        }
    }

    private func read(_ fresh: Fresh, at time: Timestamp) throws(Failure) -> [Outgoing] {
        let (id, input) = (fresh.id, fresh.input)
        let bytes: [UInt8]
        switch input.content {
        case .whole(let whole) where whole.count <= largest: bytes = whole
        case .whole(let whole): throw tooLarge(whole.count)
        case .tooLarge(_, let size): throw tooLarge(size)
        }
        if bytes.isEmpty { throw Failure(.empty, "The input is empty.") }
        if let refusal = fresh.refusal { throw refusal }
        // What is kept beside what holds changes no reading, so nothing is read.
        let isRead = fresh.standing != .further
        let articles = isRead ? try reader.articles(of: bytes, bulletin: id, given: input.given) : []
        if isRead, articles.isEmpty, fresh.members == 0 {
            throw Failure(.noArticle, "The input has no article to read.")
        }
        let decoder = isRead ? try reader.decoder(of: bytes) : nil
        let key = Array(id.rawValue.utf8)
        let trace = CloudEvent.traceparent(for: id)
        func headers(_ schema: MessageSchema, _ id: String, _ source: String) -> [Header] {
            CloudEvent(
                schema: schema, id: id, source: source, time: time.rfc3339, traceparent: trace, engine: reader.engine,
                decoder: decoder
            ).logHeaders
        }
        var own = headers(.bulletin, id.rawValue, CloudEvent.reference(input.name))
        if isRead { own.append(Header(RecordHeaders.articles, String(articles.count))) }
        own += BulletinOffer(input.given, standing: fresh.standing).headers.map { Header($0.name, $0.value) }
        if let container = input.container { own.append(Header(RecordHeaders.container, container.rawValue)) }
        if fresh.members > 0 { own.append(Header(RecordHeaders.members, String(fresh.members))) }
        var records = [Outgoing(topic: topics.bulletins, key: key, value: bytes, headers: own)]
        for article in articles {
            let message = article.message()
            guard message.count <= largestRecord else {
                throw Failure(
                    .resultTooLarge,
                    "Article \(article.ordinal) of the input takes \(message.count) bytes, more than the "
                        + "\(largestRecord) that the log takes.")
            }
            records.append(
                Outgoing(
                    topic: topics.articles, key: key, value: message,
                    headers: headers(.article, article.id.rawValue, "bulletins/\(id)")))
        }
        return records
    }

    private func tooLarge(_ size: Int?) -> Failure {
        let stated = size.map { ": it has \($0)" } ?? ""
        return Failure(
            .tooLarge,
            "The input is larger than the limit of \(largest) bytes\(stated). Raise producer.largest to take it.")
    }
}

/// Counts, from any thread, over which inputs a program was killed.
private final class KillCounts: Sendable {
    private let counts = Mutex<[BulletinID: Int]>([:])

    /// Adds one, and tells how many there are.
    func note(_ id: BulletinID) -> Int {
        counts.withLock {
            $0[id, default: 0] += 1
            return $0[id] ?? 0
        }
    }
}

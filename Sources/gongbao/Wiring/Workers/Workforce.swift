import Foundation
import Logging
import Operations
import Reading
import Store
import TopicLog
import Workers

/// Makes the three workers as configured.
struct Workforce {
    let site: Site
    private let configuration: Configuration
    /// Who is told of the workers; nil where no service manager asked.
    let service = ServiceReport.fromEnvironment()
    /// Whether workers go on without records that are gone.
    var acceptsGaps = false

    /// Workers of this site.
    init(_ site: Site) {
        self.site = site
        configuration = site.configuration
    }

    /// The producer of these inputs.
    ///
    /// - Parameter restates: whether what is said of known bulletins holds from now on.
    func producer(
        _ source: @escaping @Sendable () -> any InputSource, restates: Bool = false
    ) throws -> Worker {
        let settings = ProducerSettings(
            transactionalID: name("produce"), limit: limit, largest: configuration[Configuration.largest],
            deadLetters: configuration.deadLetterBounds, restates: restates)
        return Worker.producer(
            site.log, reader: try reader(), topics: site.topics, settings: settings, around: around("produce"),
            source: source)
    }

    /// The enrichment worker.
    func enrichment() throws -> Worker {
        Worker.enrichment(
            site.log, reader: try reader(), topics: site.topics, settings: consuming("enrich"),
            mostFigures: configuration[Configuration.mostFigures], transactionalID: name("enrich"),
            around: around("enrich"))
    }

    /// The sink worker into this database.
    func sink(_ store: BulletinStore) -> Worker {
        Worker.sink(
            site.log, store: store, topics: site.topics, settings: consuming("sink"), transactionalID: name("sink"),
            engine: Engine.version, watching: (store, site.name("enrich")), around: around("sink"))
    }

    /// The archive worker of these topics.
    ///
    /// - Parameter isOnePass: whether the command ends when all is archived; then a disk that stays full is told.
    func archive(
        _ topics: [String], isOnePass: Bool, _ open: @escaping @Sendable () throws -> any RecordArchive
    ) -> Worker {
        let settings = ArchiveSettings(
            topics: topics, limit: BatchLimit(records: 5_000, bytes: limit.bytes, wait: limit.wait),
            segmentAge: configuration[Configuration.segmentAge], patience: isOnePass ? 5 : nil)
        return Worker.archive(site.log, settings: settings, around: around("archive"), archive: open)
    }

    /// Opens the database, and makes it where there is none.
    func openStore() throws -> BulletinStore {
        if configuration[Configuration.database].isEmpty { _ = try LogOpener.dataDirectory(configuration) }
        let store = try BulletinStore(LogOpener.database(configuration))
        do {
            // Articles that came before there was an index of words; a server that is away is no reason not to start.
            try store.indexForSearch { done, all in
                if done % 2_000 == 0 || done == all {
                    ExitStatus.complain("indexed \(done) of \(all) articles for search")
                }
            }
        } catch let failure as Failure where failure.kind == .transient {}
        return store
    }

    /// The engine as configured.
    func reader() throws -> EngineReader {
        EngineReader(reading: try Engine.configured(configuration))
    }

    /// Names of static members come back with a restart, so that nobody has to wait for them.
    /// Without one a worker has a name of its own, and what a dead one left open is aborted
    /// by its timeout.
    private func name(_ worker: String) -> String {
        let instance = configuration[Configuration.instance]
        if !instance.isEmpty { return site.name(worker) + "-" + instance }
        let isShared = site.log.features.isShared && worker != "produce"
        return isShared ? site.name(worker) + "-" + UUID().uuidString.lowercased() : site.name(worker)
    }

    private func consuming(_ worker: String) -> ConsumingSettings {
        let instance = configuration[Configuration.instance]
        return ConsumingSettings(
            group: site.name(worker), member: instance.isEmpty ? nil : site.name(worker) + "-" + instance,
            limit: limit, together: Self.together, deadLetters: configuration.deadLetterBounds, acceptsGaps: acceptsGaps
        )
    }

    /// How many batches one transaction takes where there is a backlog: ten times as many records cost a broker
    /// and a disk little more than one.
    private static let together = 10

    private var limit: BatchLimit {
        BatchLimit(
            records: configuration[Configuration.batchRecords], bytes: configuration[Configuration.batchBytes],
            wait: configuration[Configuration.batchWait])
    }

    private func around(_ worker: String) -> Surroundings {
        service?.expect(worker)
        return Surroundings(
            worker: worker, logger: configuration.logger("gongbao.\(worker)"),
            backoff: Backoff(
                first: configuration[Configuration.retryFirst], longest: configuration[Configuration.retryLongest]),
            turned: { [service] phase, uptime in service?.turned(worker, phase, at: uptime) })
    }
}

extension Configuration {
    /// How many rejected records a worker takes for bad data.
    var deadLetterBounds: DeadLetterBounds {
        DeadLetterBounds(
            inARow: self[Configuration.deadLettersInARow], share: self[Configuration.deadLetterShare],
            window: self[Configuration.deadLetterWindow])
    }
}

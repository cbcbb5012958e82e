import Audit
import BulletinModel
import Foundation
import Operations
import Reading
import Store
import TopicLog
import Workers

/// What an audit works on, as configured: the log or an archive, the database, the engine.
final class AuditSite {
    let configuration: Configuration
    let topics: Topics
    let source: any RecordSource
    let engine: Engine
    let store: BulletinStore?
    private let site: Site?

    /// Opens the log for reading, or the archive in a directory.
    ///
    /// - Parameter withDatabase: nil compares with the database where there is one.
    init(
        _ configuration: Configuration, archive: String?, verifier: NoteVerifier? = nil, withDatabase: Bool?
    ) throws {
        self.configuration = configuration
        topics = Topics(prefix: configuration[Configuration.topicPrefix])
        engine = try Engine.configured(configuration)
        if let archive {
            site = nil
            source = ArchiveSource(try ArchiveReader(path: archive), verifier: verifier)
        } else {
            let site = try Self.open(configuration)
            self.site = site
            let brokers = configuration[Configuration.brokers]
            source = LogSource(
                site.log,
                name: brokers.isEmpty
                    ? "the embedded log \(LogOpener.embeddedLogPath(configuration))" : "Kafka at \(brokers)")
        }
        store = try Self.openStore(configuration, withDatabase)
    }

    func close() {
        store?.close()
        site?.close()
    }

    private static func open(_ configuration: Configuration) throws -> Site {
        let path = LogOpener.embeddedLogPath(configuration)
        if configuration[Configuration.brokers].isEmpty, !FileManager.default.fileExists(atPath: path) {
            throw CommandFailure.failed(
                "there is no embedded log \(path); name the data directory with --data, brokers, or an archive with --archive."
            )
        }
        do {
            return try Site(configuration, logger: configuration.briefLogger)
        } catch let error as Failure where error.code == "locked" {
            throw CommandFailure.failed(
                "only the process that owns the embedded log \(path) can read it, and a run is on; stop that, or give "
                    + "an archive of the log with --archive. (\(error.message))")
        }
    }

    private static func openStore(_ configuration: Configuration, _ wanted: Bool?) throws -> BulletinStore? {
        if wanted == false { return nil }
        do {
            return try BulletinStore(reading: LogOpener.database(configuration))
        } catch let error as Failure where error.code == "no_database" && wanted == nil {
            return nil
        }
    }

    /// What to verify: with how far enrichment is, where a log tells it.
    func subject() throws -> Auditor.Subject {
        var enriched: [TopicPartition: Int64] = [:]
        if let site {
            let committed = try site.log.admin.groupOffsets(site.name("enrich"))
            for partition in try source.partitions(of: topics.articles).keys {
                enriched[partition] = committed[partition] ?? 0
            }
        }
        return Auditor.Subject(
            source: source, topics: topics, store: store, enriched: enriched,
            letter: { DeadLetterHeaders.read($0) })
    }

    var now: Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

import Audit
import BulletinModel
import Foundation
import Operations
import Portal
import Reading
import Store

/// Makes the portal as configured, and what it is asked by.
struct PortalSite {
    let portal: Portal
    let store: BulletinStore
    let host: String
    let port: Int

    /// - Parameters:
    ///   - listen: the address, `HOST:PORT`; nil is the configured one.
    ///   - endpoints: where workers of this machine and others answer.
    /// - Throws: ``CommandFailure`` for an address beyond this machine without a token or a proxy, and for files that
    ///   cannot be read.
    init(_ configuration: Configuration, listen: String?, endpoints: [(host: String, port: Int)]) throws {
        guard case .at(let host, let port)? = ListenAddress(listen ?? configuration[Configuration.portalListen]) else {
            throw CommandFailure.usedWrongly("--listen \(listen ?? ""): write it as HOST:PORT.")
        }
        (self.host, self.port) = (host, port)
        let admission = try Self.admission(configuration)
        guard admission != .open || Self.isLoopback(host) else {
            throw CommandFailure.usedWrongly(
                "\(host) can be reached from other machines: give a token with portal.token-file, or the header that a proxy "
                    + "sets with portal.proxy-header; or listen at 127.0.0.1.")
        }
        let hosts = configuration[Configuration.portalHosts].split(separator: ",").map {
            $0.filter { !$0.isWhitespace }
        }
        let gate = Gate(hosts: Set(hosts + [host.contains(":") ? "[\(host)]" : host]), admission: admission)
        let lexicon = try LexiconFiles.load(configuration)
        let store = try BulletinStore(reading: LogOpener.database(configuration))
        self.store = store
        var contents = PortalContents(
            store: store, engine: Engine.reading(with: lexicon), lexicon: lexicon,
            measures: try MeasureFiles.measures(configuration), version: Product.version)
        let watcher = OperationsWatcher(configuration, endpoints)
        contents.operations = { watcher.picture() }
        contents.audit = { Self.audit(configuration) }
        contents.proof = try Self.prover(configuration, lexicon)
        portal = Portal(contents, gate: gate)
    }

    private static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    private static func admission(_ configuration: Configuration) throws -> Gate.Admission {
        let file = configuration[Configuration.portalTokenFile]
        let header = configuration[Configuration.portalProxyHeader]
        if !file.isEmpty {
            let path = ConfigurationOptions.secretPath(file)
            guard let bytes = FileManager.default.contents(atPath: path),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw CommandFailure.usedWrongly("the token file \(path) cannot be read.") }
            let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard token.utf8.count >= 16 else {
                throw CommandFailure.usedWrongly(
                    "the token in \(path) is shorter than 16 characters; make one with openssl rand -hex 24.")
            }
            return .token(token)
        }
        return header.isEmpty ? .open : .proxy(header: header.lowercased())
    }

    /// Proves figures from the archive, opened anew for each, as a writer may be at work; nil where there is none.
    private static func prover(
        _ configuration: Configuration, _ lexicon: Lexicon
    ) throws -> (@Sendable (IndicatorID) throws -> [UInt8])? {
        let directory = ArchiveFiles.directory(nil, configuration)
        guard (try? ArchiveReader(path: directory))?.checkpoint != nil else { return nil }
        let tables = try LexiconFiles.tables(configuration)
        let topics = Topics(prefix: configuration[Configuration.topicPrefix])
        let engine = Engine.reading(with: lexicon)
        return { id in
            try Prover(ArchiveReader(path: directory), topics: topics, engine: engine, tables: tables).prove(id)
        }
    }

    /// What archive and audits have left on the disk.
    private static func audit(_ configuration: Configuration) -> AuditPicture {
        var picture = AuditPicture()
        let directory = ArchiveFiles.directory(nil, configuration)
        picture.audited = changed(configuration[Configuration.data] + "/audit/index")
        guard let reader = try? ArchiveReader(path: directory) else { return picture }
        picture.archive = directory
        picture.segments = reader.manifest.entries.count
        guard let note = reader.checkpoint else { return picture }
        picture.checkpoint = String(decoding: note, as: UTF8.self)
        picture.signed = changed(directory + "/checkpoint")
        guard let checkpoint = try? ArchiveCheckpoint.unverified(note) else { return picture }
        picture.origin = checkpoint.origin
        picture.size = checkpoint.size
        if let key = try? ArchiveFiles.verifier(nil, configuration) {
            picture.isVerified = (try? Checkpoint(note: note, verifiedWith: key)) != nil
        }
        return picture
    }

    /// When a file was written last, RFC 3339.
    private static func changed(_ path: String) -> String? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.modificationDate] as? Date)?.formatted(.iso8601)
    }
}

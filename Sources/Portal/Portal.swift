import Messages
import Audit
import BulletinModel
import Foundation
import Panel
import Reading
import Store
import TopicLog

/// The portal: pages, charts and an interface for programs over one database, which it only reads.
///
/// It is a function from requests to answers and knows nothing of sockets; calls block on the database and may come
/// from any thread.
public final class Portal: Sendable {
    let contents: PortalContents
    let gate: Gate
    let names: PortalNames
    let engine: Engine
    private let cache = AnswerCache(bytes: 48 << 20)
    private let catalogues: [Language: Messages]
    /// What the home page and the status tell, at most a few seconds old.
    let glance: Lasting<Glance>
    /// The publishers, likewise.
    let publishers: Lasting<[PublisherEntry]>
    let operations: Lasting<OperationsPicture>

    /// A portal over these contents, open to whom the gate admits.
    public init(_ contents: PortalContents, gate: Gate = Gate()) {
        self.contents = contents
        self.gate = gate
        names = PortalNames(contents.lexicon, contents.measures)
        engine = contents.engine
        catalogues = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Messages($0)) })
        let (store, now, read) = (contents.store, contents.now, contents.operations)
        glance = Lasting(.seconds(5), uptime: contents.uptime, later: contents.later) {
            try Glance(store, now: now())
        }
        publishers = Lasting(.seconds(15), uptime: contents.uptime, later: contents.later) { try store.publishers() }
        operations = Lasting(.seconds(3), uptime: contents.uptime, later: contents.later) { read() }
    }

    /// Answers a request.
    public func answer(_ request: PortalRequest) -> PortalAnswer {
        if let refusal = gate.refusal(request) { return refused(refusal, request) }
        if let language = request["lang"].flatMap(Language.init(rawValue:)) { return Self.remember(language, request) }
        let context = PageContext(portal: self, request: request, messages: messages(request))
        do {
            return try validated(cached(request, context), request)
        } catch let problem as Problem {
            return failed(problem, request, context)
        } catch let failure as Failure {
            let isOutage = failure.kind == .transient
            return failed(Problem(isOutage ? 503 : 500, failure.message), request, context)
        } catch {
            return failed(Problem(500, "\(error)"), request, context)
        }
    }

    /// Pages depend on the database and the language alone, but for those that tell how the pipeline stands.
    private func cached(_ request: PortalRequest, _ context: PageContext) throws -> PortalAnswer {
        if ["operations", "livez", "readyz", "audit"].contains(request.path.first ?? "") || request.path.isEmpty
            || request.path.last == "proof" || request.path.last == "original"
        {
            return try route(request, context)
        }
        let revision = try contents.store.revision()
        let key = [
            context.messages.language.rawValue, request.headers["host"] ?? "", request.headers["accept"] ?? "",
            request.rawPath, Escaped.link("", request.query),
        ].joined(separator: "\n")
        if let known = cache.answer(key, revision) { return known }
        let answer = try route(request, context)
        if answer.status == 200 { cache.keep(answer, key, revision) }
        return answer
    }

    /// With a validator; nothing but it where the asker has these very bytes.
    private func validated(_ answer: PortalAnswer, _ request: PortalRequest) -> PortalAnswer {
        guard answer.status == 200 else { return answer }
        var answer = answer
        let tag = answer.tag
        answer.headers.append(("etag", tag))
        let known = (request.headers["if-none-match"] ?? "").split(separator: ",").map {
            $0.filter { $0 != " " }.replacing("W/", with: "")
        }
        if known.contains(tag) || known == ["*"] {
            answer.status = 304
            answer.body = []
        }
        return answer
    }

    func messages(_ request: PortalRequest) -> Messages {
        let language =
            request.cookie("lang").flatMap(Language.init(rawValue:))
            ?? Language(accepting: request.headers["accept-language"] ?? "")
        return catalogues[language] ?? Messages(language)
    }

    /// Remembers a language and shows the same page in it.
    private static func remember(_ language: Language, _ request: PortalRequest) -> PortalAnswer {
        let path = "/" + request.path.map(Escaped.component).joined(separator: "/")
        var answer = PortalAnswer.redirection(to: Escaped.link(path, request.query.filter { $0.name != "lang" }))
        answer.headers.append(
            ("set-cookie", "lang=\(language.rawValue); Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly"))
        return answer
    }

    /// All headers of an answer, those that hold for every one included.
    public func allHeaders(of answer: PortalAnswer) -> [(name: String, value: String)] {
        let styles = (["'self'"] + answer.styles.map { "'sha256-\($0)'" }).joined(separator: " ")
        let policy =
            "default-src 'none'; style-src \(styles); img-src 'self'; form-action 'self'; base-uri 'none'; "
            + "frame-ancestors 'none'"
        var headers: [(name: String, value: String)] = [
            ("content-type", answer.contentType), ("content-security-policy", policy),
            ("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", answer.contentType.hasPrefix("image/") ? "cross-origin" : "same-origin"),
            ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
            ("cache-control", answer.maximumAge.map { "private, max-age=\($0)" } ?? "private, no-cache"),
            ("vary", "Accept, Accept-Language, Cookie"),
        ]
        headers += answer.headers
        // What a header may not hold ends it; nothing of a document reaches here unescaped, and this makes sure.
        return headers.map {
            ($0.name, String($0.value.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.map(Character.init)))
        }
    }
}

/// What a portal works on.
public struct PortalContents: Sendable {
    /// The database, opened for reading.
    public var store: BulletinStore
    /// Reads documents again to say what of them is no figure.
    public var engine: Engine
    /// Words, measures, divisions.
    public var lexicon: Lexicon
    /// The known measures.
    public var measures: MeasureTable
    /// The product's version.
    public var version: String
    /// How workers and groups stand; asked in the background.
    public var operations: @Sendable () -> OperationsPicture = { OperationsPicture() }
    /// The proof of a figure; nil where there is no archive.
    public var proof: (@Sendable (IndicatorID) throws -> [UInt8])?
    /// What is known of the archive and of the last audit.
    public var audit: @Sendable () -> AuditPicture = { AuditPicture() }
    /// The time of day.
    public var now: @Sendable () -> Date = { Date() }
    /// A clock that only goes forward.
    public var uptime: @Sendable () -> Duration = {
        .nanoseconds(Int64(DispatchTime.now().uptimeNanoseconds))
    }
    /// Does something in the background.
    public var later: @Sendable (@escaping @Sendable () -> Void) -> Void = { work in
        DispatchQueue.global(qos: .utility).async(execute: work)
    }

    /// Gathers what is always needed.
    public init(store: BulletinStore, engine: Engine, lexicon: Lexicon, measures: MeasureTable, version: String) {
        self.store = store
        self.engine = engine
        self.lexicon = lexicon
        self.measures = measures
        self.version = version
    }
}

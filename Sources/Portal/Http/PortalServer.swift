import Dispatch
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Serves a portal over HTTP/1.1.
///
/// Questions to the database block, so they are answered on a few threads of their own and never on those that read
/// and write sockets; where too many wait, the rest are told to come again.
public final class PortalServer: Sendable {
    private let portal: Portal
    private let host: String
    private let port: Int
    private let work: BlockingWork
    private let logger: Logger

    /// A server of this portal at an address; port 0 is any that is free.
    public init(_ portal: Portal, host: String, port: Int, logger: Logger) {
        self.portal = portal
        self.host = host
        self.port = port
        self.logger = logger
        work = BlockingWork(threads: 4, waiting: 512)
    }

    /// Serves until the task is cancelled, or one of the signals comes.
    ///
    /// - Parameter listening: is told the port once it listens.
    /// - Throws: ``PortalListenError`` where the address cannot be used.
    public func run(untilSignal: Bool, listening: @escaping @Sendable (Int) -> Void) async throws {
        var quiet = logger
        quiet.logLevel = max(quiet.logLevel, .error)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { [self] request, _ in await respond(request) },
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(
                address: .hostname(host, port: port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(1_000)),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? 0) }, logger: quiet)
        do {
            if untilSignal {
                try await application.runService()
            } else {
                try await application.run()
            }
        } catch let error as IOError {
            throw PortalListenError(
                description:
                    "The portal cannot listen at \(host):\(port): \(String(cString: strerror(error.errnoCode))); "
                    + "choose another address with --listen.")
        }
    }

    private func respond(_ request: Request) async -> Response {
        var headers = request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        if let authority = request.head.authority { headers.append(("host", authority)) }
        let asked = PortalRequest(
            method: request.method.rawValue, target: request.head.path ?? "/", headers: headers)
        let isHead = request.method == .head
        let accepting = request.headers[.acceptLanguage] ?? ""
        let answer =
            await work.perform { [portal] in
                asked.map { portal.answer($0) } ?? portal.malformed(accepting: accepting)
            } ?? portal.busy(accepting: accepting)
        var fields = HTTPFields()
        for (name, value) in portal.allHeaders(of: answer) {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        fields[.contentLength] = "\(answer.body.count)"
        let status = HTTPResponse.Status(code: answer.status)
        let hasBody = !isHead && answer.status != 304
        return Response(
            status: status, headers: fields,
            body: hasBody ? ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)) : ResponseBody())
    }
}

/// Why the portal cannot listen: one sentence.
public struct PortalListenError: Error, Sendable, CustomStringConvertible {
    /// What, where, what to do.
    public let description: String
}

/// Work that blocks, on a few threads. `@unchecked Sendable` because an operation queue may be used from any thread.
private final class BlockingWork: @unchecked Sendable {
    private let queue = OperationQueue()
    private let most: Int

    init(threads: Int, waiting: Int) {
        queue.name = "gongbao.portal"
        queue.maxConcurrentOperationCount = threads
        most = waiting
    }

    /// What the work gives; nil where so much waits that nobody would see the end of it.
    func perform<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result? {
        guard queue.operationCount < most else { return nil }
        return await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: body()) }
        }
    }
}

import Dispatch
import Foundation

/// Serves a few pages over HTTP/1.1 to Prometheus, probes and people.
///
/// It reads only the first line of GET and HEAD requests, answers once and closes. Neither a
/// slow nor a hostile client can hold it up: a request's head, the number of connections and
/// the time of each are bounded, and when there are too many the oldest makes room, so that
/// a probe always gets through. All sockets belong to one queue, on which pages are made.
///
/// `@unchecked Sendable`: everything that changes is touched on `queue` alone.
public final class HttpServer: @unchecked Sendable {
    /// What a client may take.
    public struct Limits: Sendable {
        /// Connections at one time.
        public var connections = 64
        /// How long a connection may last.
        public var time: Duration = .seconds(5)

        /// The limits that fit a handful of clients.
        public init() {}
    }

    /// The port, chosen by the system where 0 was asked for.
    public let port: Int
    private let queue = DispatchQueue(label: "gongbao.operations")
    private let limits: Limits
    private let names: Set<String>
    private let respond: @Sendable (String) -> HttpResponse?
    private let listener: any DispatchSourceRead
    private var connections: [Int32: HttpConnection] = [:]
    /// Descriptors in the order of their arrival; those that have closed are passed over.
    private var order: [Int32] = []
    private var isSweeping = false
    private var isClosed = false

    /// Listens at once.
    ///
    /// - Parameters:
    ///   - names: host names with dots by which it may be asked.
    ///   - respond: the page at a path, or nil where there is none; must not block.
    /// - Throws: ``ListenError`` when the address cannot be used.
    public init(
        host: String, port: Int, limits: Limits = Limits(), names: Set<String> = [],
        respond: @escaping @Sendable (String) -> HttpResponse?
    ) throws {
        let socket = try ListeningSocket(host: host, port: port)
        self.port = socket.port
        self.limits = limits
        self.respond = respond
        self.names = Set(names.map { $0.lowercased() })
        listener = DispatchSource.makeReadSource(fileDescriptor: socket.descriptor, queue: queue)
        listener.setEventHandler { [weak self] in self?.acceptAll(socket.descriptor) }
        listener.setCancelHandler { Foundation.close(socket.descriptor) }
        listener.resume()
    }

    /// Stops listening and closes all connections. May be called twice.
    public func close() {
        queue.sync {
            guard !isClosed else { return }
            isClosed = true
            listener.cancel()
            for connection in Array(connections.values) { connection.close() }
        }
    }

    private func acceptAll(_ socket: Int32) {
        dispatchPrecondition(condition: .onQueue(queue))
        // Not for ever: what was closed to make room is released only after this.
        for _ in 0..<limits.connections where !isClosed {
            let descriptor = accept(socket, nil, nil)
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM { rest() }
                return
            }
            ListeningSocket.prepare(descriptor)
            add(descriptor)
        }
    }

    /// The process has no descriptor left: to ask again at once would only spin.
    private func rest() {
        listener.suspend()
        queue.asyncAfter(deadline: .now() + .milliseconds(250)) { [self] in listener.resume() }
    }

    private func add(_ descriptor: Int32) {
        if connections.count >= limits.connections, let oldest = order.first { connections[oldest]?.close() }
        let (seconds, attoseconds) = limits.time.components
        let time = DispatchTimeInterval.nanoseconds(Int(seconds) * 1_000_000_000 + Int(attoseconds / 1_000_000_000))
        let connection = HttpConnection(
            descriptor, on: queue, deadline: .now() + time,
            respond: { [respond, names] request in
                guard request.isForUs(names) else {
                    return HttpResponse(
                        .misdirected, "\(HttpStatus.misdirected.rawValue): add this host to operations.hosts.\n")
                }
                return respond(request.path) ?? HttpResponse(.notFound, "There is no page \(request.path).\n")
            },
            whenClosed: { [weak self] in self?.remove($0) })
        connections[descriptor] = connection
        order.append(descriptor)
        connection.start()
        sweep()
    }

    private func remove(_ descriptor: Int32) {
        connections[descriptor] = nil
        order.removeAll { $0 == descriptor }
    }

    /// Closes what has lasted too long, as long as there is anything.
    private func sweep() {
        guard !isSweeping, !connections.isEmpty else { return }
        isSweeping = true
        queue.asyncAfter(deadline: .now() + .milliseconds(100)) { [weak self] in
            guard let self else { return }
            isSweeping = false
            let now = DispatchTime.now()
            for connection in connections.values.filter({ $0.deadline <= now }) { connection.close() }
            sweep()
        }
    }
}

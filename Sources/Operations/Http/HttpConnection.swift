import Dispatch
import Foundation

/// One connection: one request, one answer, then closed. It belongs to the server's queue.
final class HttpConnection {
    private enum State {
        case reading
        case writing
        /// The answer is written; what the client still sends is thrown away, since to close
        /// now could take the answer from it.
        case draining
        case closed
    }

    /// When the connection is closed at the latest.
    private(set) var deadline: DispatchTime
    private let descriptor: Int32
    private let queue: DispatchQueue
    private let respond: (HttpRequest) -> HttpResponse
    private let whenClosed: (Int32) -> Void
    private var state = State.reading
    private var received: [UInt8] = []
    private var unsent: ArraySlice<UInt8> = []
    private var reading: (any DispatchSourceRead)?
    private var writing: (any DispatchSourceWrite)?
    private var open = 0

    init(
        _ descriptor: Int32, on queue: DispatchQueue, deadline: DispatchTime,
        respond: @escaping (HttpRequest) -> HttpResponse, whenClosed: @escaping (Int32) -> Void
    ) {
        self.descriptor = descriptor
        self.queue = queue
        self.deadline = deadline
        self.respond = respond
        self.whenClosed = whenClosed
    }

    /// Begins to read.
    func start() {
        dispatchPrecondition(condition: .onQueue(queue))
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [self] in readable() }
        source.setCancelHandler { [self] in cancelled() }
        reading = source
        open += 1
        source.resume()
    }

    /// Closes, whatever the state.
    func close() {
        dispatchPrecondition(condition: .onQueue(queue))
        guard state != .closed else { return }
        state = .closed
        reading?.cancel()
        writing?.cancel()
        whenClosed(descriptor)
    }

    /// The descriptor may be given to somebody else only when no source watches it.
    private func cancelled() {
        open -= 1
        guard open == 0 else { return }
        reading = nil
        writing = nil
        Foundation.close(descriptor)
    }

    private func readable() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return }
        guard count > 0 else {
            if state != .writing { close() }
            return
        }
        guard state == .reading else { return }
        received += buffer[..<count]
        switch HttpRequest.parse(received) {
        case .incomplete: return
        case .refused(let status): answer(HttpResponse(status, status.rawValue + "\n"), withBody: true)
        case .request(let request): answer(respond(request), withBody: request.method == "GET")
        }
    }

    private func answer(_ response: HttpResponse, withBody: Bool) {
        received = []
        unsent = response.bytes(withBody: withBody)[...]
        state = .writing
        writable()
    }

    private func writable() {
        while !unsent.isEmpty {
            let count = unsent.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Self.noSignal) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                waitToWrite()
                return
            }
            guard count > 0 else {
                close()
                return
            }
            unsent = unsent.dropFirst(count)
        }
        writing?.cancel()
        state = .draining
        deadline = min(deadline, .now() + .seconds(1))
        #if os(Linux)
            shutdown(descriptor, Int32(SHUT_WR))
        #else
            shutdown(descriptor, SHUT_WR)
        #endif
    }

    private func waitToWrite() {
        guard writing == nil else { return }
        let source = DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { [self] in if state == .writing { writable() } }
        source.setCancelHandler { [self] in cancelled() }
        writing = source
        open += 1
        source.resume()
    }

    /// A client that has gone away must not end the program with SIGPIPE.
    #if os(Linux)
        private static let noSignal = Int32(MSG_NOSIGNAL)
    #else
        private static let noSignal: Int32 = 0
    #endif
}

import Foundation
import Synchronization
import Testing

@testable import Operations

/// A client that sends what it is told and reads until the server closes.
private struct Client {
    let descriptor: Int32

    init(port: Int) throws {
        #if os(Linux)
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(status == 0)
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ bytes: [UInt8]) {
        #if os(Linux)
            _ = Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        #else
            _ = Foundation.send(descriptor, bytes, bytes.count, 0)
        #endif
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Everything until the server closes; nil when it does not within the client's patience.
    func rest() -> String? {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count < 0 { return errno == ECONNRESET ? String(decoding: all, as: UTF8.self) : nil }
            if count == 0 { return String(decoding: all, as: UTF8.self) }
            all += buffer[..<count]
        }
    }

    func close() { Foundation.close(descriptor) }
}

@Suite("HTTP endpoint")
struct HttpServerTests {
    private func server(_ limits: HttpServer.Limits = .init(), page: String = "fine\n") throws -> HttpServer {
        try HttpServer(host: "127.0.0.1", port: 0, limits: limits) { path in
            path == "/page" ? HttpResponse(.ok, page) : nil
        }
    }

    private func answer(_ server: HttpServer, _ request: String) throws -> String {
        let client = try Client(port: server.port)
        defer { client.close() }
        client.send(request)
        return try #require(client.rest())
    }

    private func brief(time: Duration = .milliseconds(300), connections: Int = 64) -> HttpServer.Limits {
        var limits = HttpServer.Limits()
        limits.time = time
        limits.connections = connections
        return limits
    }

    @Test("a page is served with its length, and nothing follows it")
    func page() throws {
        let server = try server()
        defer { server.close() }
        let text = try answer(server, "GET /page?x=1 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && text.contains("\r\nContent-Length: 5\r\n"))
        #expect(text.hasSuffix("\r\n\r\nfine\n"))
        #expect(try answer(server, "HEAD /page HTTP/1.0\r\n\r\n").hasSuffix("Connection: close\r\n\r\n"))
    }

    @Test(
        "addresses, names of the local network and those that were given may ask",
        arguments: ["127.0.0.1:9642", "[::1]:9642", "localhost", "enrich:9642", "metrics.example.org", "10.0.0.7"])
    func hosts(host: String) throws {
        let server = try HttpServer(host: "127.0.0.1", port: 0, names: ["Metrics.example.org"]) { _ in
            HttpResponse(.ok, "fine")
        }
        defer { server.close() }
        #expect(try answer(server, "GET /page HTTP/1.1\r\nHost: \(host)\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    }

    @Test(
        "what is no request for a page is told so",
        arguments: [
            ("GET /other HTTP/1.1\r\n\r\n", "404"), ("POST /page HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", "405"),
            ("GET /page HTTP/2.0\r\n\r\n", "505"), ("GET page HTTP/1.1\r\n\r\n", "400"), ("\r\n\r\n", "400"),
            ("GET  /page HTTP/1.1\r\n\r\n", "400"), ("\u{16}\u{3}\u{1}\n\n", "400"), ("GET /page\r\n\r\n", "400"),
            ("GET /\u{e9} HTTP/1.1\r\n\r\n", "400"),
            ("GET /page HTTP/1.1\r\nHost: evil.example\r\n\r\n", "421"),
            ("GET /page HTTP/1.1\r\nhost:1.2.3.evil:9642\r\n\r\n", "421"),
            ("GET /page HTTP/1.1\r\nX: " + String(repeating: "x", count: 9000), "431"),
        ])
    func refused(request: String, status: String) throws {
        let server = try server()
        defer { server.close() }
        #expect(try answer(server, request).hasPrefix("HTTP/1.1 \(status) "))
    }

    @Test("a client that says nothing, or too slowly, is closed when its time is over")
    func slow() throws {
        let server = try server(brief())
        defer { server.close() }
        let silent = try Client(port: server.port)
        let slow = try Client(port: server.port)
        defer { [silent, slow].forEach { $0.close() } }
        slow.send("GET /pa")
        #expect(silent.rest() == "" && slow.rest() == "")
    }

    @Test("a page larger than any buffer arrives whole")
    func large() throws {
        let page = String(repeating: "0123456789abcde\n", count: 1 << 20)
        let server = try server(page: page)
        defer { server.close() }
        let text = try answer(server, "GET /page HTTP/1.1\r\n\r\n")
        #expect(text.hasSuffix(page) && text.utf8.count > page.utf8.count)
    }

    @Test("a client that does not read the answer, or goes away before it, does no harm")
    func gone() throws {
        let page = String(repeating: "x", count: 32 << 20)
        let server = try server(brief(), page: page)
        defer { server.close() }
        let deaf = try Client(port: server.port)
        deaf.send("GET /page HTTP/1.1\r\n\r\n")
        for _ in 0..<20 {
            let hasty = try Client(port: server.port)
            hasty.send("GET /page HTTP/1.1\r\n\r\n")
            hasty.close()
        }
        #expect(try answer(server, "GET /none HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.1 404"))
        let cut = try #require(deaf.rest())
        #expect(cut.utf8.count < page.utf8.count)
        deaf.close()
    }

    @Test("more clients than there is room for do not keep the next one out")
    func crowd() throws {
        let server = try server(brief(time: .seconds(60), connections: 8))
        defer { server.close() }
        let crowd = try (0..<40).map { _ in try Client(port: server.port) }
        defer { crowd.forEach { $0.close() } }
        crowd.forEach { $0.send("GET /page HT") }
        #expect(try answer(server, "GET /page HTTP/1.1\r\n\r\n").hasSuffix("fine\n"))
        #expect(crowd[0].rest() == "")
    }

    @Test("closing ends every connection and frees the port")
    func close() throws {
        let server = try server()
        let client = try Client(port: server.port)
        defer { client.close() }
        client.send("GET /pa")
        server.close()
        server.close()
        #expect(client.rest() == "")
        #expect(throws: ListenError.self) {
            let first = try HttpServer(host: "127.0.0.1", port: 0) { _ in nil }
            defer { first.close() }
            _ = try HttpServer(host: "127.0.0.1", port: first.port) { _ in nil }
        }
    }

    @Test("a client of our own gets pages, and gives up on who does not answer")
    func ownClient() throws {
        let server = try server(page: String(repeating: "x", count: 1 << 20))
        let port = server.port
        let found = HttpClient.get("/page", host: "127.0.0.1", port: port, within: .seconds(20))
        #expect(found?.status == 200 && found?.body.utf8.count == 1 << 20)
        #expect(HttpClient.get("/none", host: "localhost", port: port, within: .seconds(20))?.status == 404)
        server.close()
        #expect(HttpClient.get("/page", host: "127.0.0.1", port: port, within: .seconds(20)) == nil)
        let silent = try ListeningSocket(host: "127.0.0.1", port: 0)
        defer { Foundation.close(silent.descriptor) }
        #expect(HttpClient.get("/page", host: "127.0.0.1", port: silent.port, within: .milliseconds(200)) == nil)
        #expect(HttpClient.parse("SSH-2.0-x\r\n\r\n") == nil && HttpClient.parse("HTTP/1.1 x\r\n\r\n") == nil)
    }

    @Test("any bytes are answered, refused or waited for")
    func fuzz() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("GET HEAD / HTTP/1.1 1.0\r\n\r\n?:\u{0}".utf8) + [0xFF, 0x80]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            switch HttpRequest.parse(bytes) {
            case .incomplete: break
            case .refused(let status): #expect(status != .ok)
            case .request(let request): #expect(request.path.hasPrefix("/") && !request.path.contains("?"))
            }
        }
        let endless = [UInt8](repeating: 0x61, count: HttpRequest.limit)
        #expect(HttpRequest.parse(endless) == .refused(.headTooLarge))
    }

    @Test(
        "addresses are read as people write them",
        arguments: [
            ("auto", ListenAddress.automatic), ("off", .off), ("127.0.0.1:0", .at(host: "127.0.0.1", port: 0)),
            ("[::1]:9464", .at(host: "::1", port: 9464)), ("localhost:80", .at(host: "localhost", port: 80)),
            ("", nil), ("9464", nil), (":9464", nil), ("::1:9464", nil), ("a:70000", nil), ("a:", nil),
            ("a:-1", nil), ("a:+1", nil), ("a b:1", nil),
        ] as [(String, ListenAddress?)])
    func addresses(text: String, address: ListenAddress?) {
        #expect(ListenAddress(text) == address)
        if let address { #expect(address.text == text) }
    }
}

/// SplitMix64: the same numbers every time.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

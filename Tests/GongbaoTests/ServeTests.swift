import Foundation
import Glibc
import Operations
import Testing

/// `gongbao serve` as a process of its own.
@Suite("The portal as a service", .timeLimit(.minutes(3)))
struct ServeTests {
    /// The portal of a data directory, once it has said where it is.
    private func serve(_ place: URL, _ options: [String] = []) throws -> (service: TestService, port: Int) {
        let port = try #require(Self.freePort())
        let service = try TestService(
            ["serve", "--listen", "127.0.0.1:\(port)", "--data", place.appending(path: "data").path] + options,
            watchdog: .seconds(30))
        guard service.hears("READY=1", within: .seconds(60)) else {
            defer { service.clear() }
            Issue.record("it did not become ready: \(service.drainErrors())")
            throw Gone()
        }
        return (service, port)
    }

    private struct Gone: Error {}

    /// A port of this machine that nobody listens at just now.
    private static func freePort() -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(descriptor, pointer, length) == 0, getsockname(descriptor, pointer, &length) == 0 else {
                    return nil
                }
                return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                    Int(UInt16(bigEndian: $0.pointee.sin_port))
                }
            }
        }
    }

    private func get(_ path: String, _ port: Int) -> (status: Int, body: String)? {
        HttpClient.get(path, host: "127.0.0.1", port: port, within: .seconds(20))
    }

    @Test("it says where it is, pages and interface answer over the database, and SIGTERM ends it with 0")
    func lifecycle() throws {
        let place = try Program.site(2)
        defer { try? FileManager.default.removeItem(at: place) }
        let (service, port) = try serve(place)
        defer { service.clear() }

        for path in ["/", "/documents", "/measures", "/publishers", "/operations", "/audit", "/dead-letters"] {
            let page = get(path, port)
            #expect(page?.status == 200, "\(path): \(page.map { "\($0.status)" } ?? "no answer")")
            #expect(page?.body.contains("<h1") == true, "\(path)")
        }
        let status = try #require(get("/api/v1/status", port))
        #expect(status.status == 200)
        let told = try #require(JSONSerialization.jsonObject(with: Data(status.body.utf8)) as? [String: Any])
        #expect(!told.isEmpty)
        let rows = try #require(get("/api/v1/indicators?limit=100", port))
        let answer = try #require(JSONSerialization.jsonObject(with: Data(rows.body.utf8)) as? [String: Any])
        let found = answer.values.compactMap { $0 as? [[String: Any]] }.first
        #expect(found?.count == 36)
        #expect(get("/api/v1/indicators?limit=none", port)?.status == 400)
        #expect(get("/no/such/page", port)?.status == 404)

        kill(service.process.processIdentifier, SIGTERM)
        #expect(service.hears("STOPPING=1", within: .seconds(20)))
        service.process.waitUntilExit()
        #expect(service.process.terminationReason == .exit && service.process.terminationStatus == 0)
        #expect(get("/", port) == nil)
    }

    @Test("it shows what a pipeline writes while it runs, and changes nothing itself")
    func beside() throws {
        let place = try Program.site(1)
        defer { try? FileManager.default.removeItem(at: place) }
        let (service, port) = try serve(place)
        defer { service.clear() }
        let before = try #require(get("/api/v1/documents", port)).body
        try Data("# 新公告\n\n2023年，全区完成投资77亿元。\n".utf8)
            .write(to: place.appending(path: "inbox").appending(path: "later.md"))
        let outcome = try Program.run([
            "run", "--inbox", place.appending(path: "inbox").path, "--data", place.appending(path: "data").path,
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let after = try #require(get("/api/v1/documents", port)).body
        #expect(!before.contains("later.md") && after.contains("later.md"))
    }

    @Test("without a database it says what is missing, and where an address is taken, too")
    func refused() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try Program.run(["serve", "--listen", "127.0.0.1:0", "--data", place.path])
        #expect(outcome.status != 0 && outcome.errors.hasPrefix("gongbao: "), "\(outcome.errors)")

        let site = try Program.site(1)
        defer { try? FileManager.default.removeItem(at: site) }
        let (service, port) = try serve(site)
        defer { service.clear() }
        let second = try Program.run([
            "serve", "--listen", "127.0.0.1:\(port)", "--data", site.appending(path: "data").path,
        ])
        #expect(second.status != 0 && second.errors.contains("\(port)"), "\(second.errors)")
    }
}

import Foundation
import Glibc
import Testing

/// The broker that tests of separate workers run on: the one that the environment names, or else a
/// stand-in that is started for one test.
final class TestBroker: Sendable {
    private static let environment = ProcessInfo.processInfo.environment
    private static let kafka = environment["GONGBAO_TEST_KAFKA"].flatMap { $0.isEmpty ? nil : $0 }
    private static let noida = environment["GONGBAO_NOIDA"].flatMap { $0.isEmpty ? nil : $0 }

    /// Whether there is any.
    static let isThere = kafka != nil || noida != nil
    /// Why a test that needs one is skipped.
    static let missing: Comment = "neither GONGBAO_TEST_KAFKA nor GONGBAO_NOIDA names a broker"

    /// Whether clients may be killed on it: the stand-in keeps their transactions open.
    static let takesKills = kafka != nil
    /// Why a test that kills clients is skipped.
    static let gentle: Comment = "GONGBAO_TEST_KAFKA names no broker, and the stand-in may not be killed on"

    /// host:port.
    let address: String
    /// A prefix for topics and groups that no other test has.
    let prefix = "t\(UInt32.random(in: 0 ... .max))."
    private let process: Process?
    private let place: URL

    /// Starts it where needed, and creates the topics.
    init() throws {
        place = try Program.directory()
        if let kafka = Self.kafka {
            address = kafka
            process = nil
        } else {
            let port = try Self.freePort()
            address = "127.0.0.1:\(port)"
            let process = Process()
            Program.takingSignals(
                process,
                [
                    try #require(Self.noida), "start", "--only", "kafka", "--kafka-port", "\(port)", "--data-dir",
                    place.appending(path: "broker").path,
                ])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            self.process = process
        }
        let deadline = ContinuousClock.now + .seconds(60)
        var outcome = try Program.run(["topics", "create"] + options)
        while outcome.status != 0, ContinuousClock.now < deadline {
            outcome = try Program.run(["topics", "create"] + options)
        }
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// What every command needs to work on it.
    var options: [String] {
        [
            "--brokers", address, "--set", "topics.prefix=\(prefix)", "--set", "kafka.application=\(prefix)",
            "--set", "topics.partitions=2", "--set", "kafka.properties.session.timeout.ms=10000",
        ]
    }

    /// Ends it, if it was started here.
    func stop() {
        if let process {
            // The command is a wrapper that leaves the broker behind when it ends alone.
            kill(-process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: place)
    }

    /// A port of loopback that nobody listens at now.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(bound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

import CPostgres
import Foundation

/// A PostgreSQL server of the tests' own from Debian's package, in a directory of its own and on
/// a socket in it; or the one that `GONGBAO_TEST_POSTGRES` names, which is neither made nor
/// stopped. Whatever happens to the test's process, the server ends with it.
///
/// `@unchecked Sendable` because the process is started and stopped by one test alone, and
/// everything else never changes.
public final class PostgresServer: @unchecked Sendable {
    /// Why there is none; nil where there is one.
    public static let missing: String? = {
        if given != nil || programs != nil { return nil }
        return
            "PostgreSQL is not installed; deploy/setup.sh --tests installs it, or GONGBAO_TEST_POSTGRES names a server"
    }()

    /// One for all tests of a process that leave it alive.
    public static let shared = Result { try PostgresServer() }

    /// Where the data and the socket are.
    public let folder: URL
    private let isOwn: Bool
    private var process: Process?
    private var leash: FileHandle?

    private static let given = ProcessInfo.processInfo.environment["GONGBAO_TEST_POSTGRES"].flatMap {
        $0.isEmpty ? nil : $0
    }

    /// The newest version's programs; Debian has them beside `PATH`.
    private static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap { Int($0) }
        return versions.sorted().reversed().map { "\(root)/\($0)/bin" }
            .first { FileManager.default.isExecutableFile(atPath: $0 + "/initdb") }
    }()

    /// Starts a server; with `ownAlways` also where another is given, for tests that kill it.
    public init(ownAlways: Bool = false) throws {
        folder = URL(filePath: "/tmp/gongbao-pg-\(UUID().uuidString.prefix(8))")
        isOwn = ownAlways || Self.given == nil
        guard isOwn else { return }
        guard let programs = Self.programs else { throw ServerFailure(text: "PostgreSQL is not installed") }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if geteuid() == 0 { try Self.run("/bin/chown", ["postgres", folder.path]) }
        let data = folder.path + "/data"
        try Self.run(
            Self.asUser(programs + "/initdb"),
            ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"])
        let rules = "local all guest scram-sha-256\nlocal all all trust\n"
        try Data(rules.utf8).write(to: URL(filePath: data + "/pg_hba.conf"))
        if geteuid() == 0 { try Self.run("/bin/chown", ["postgres", data + "/pg_hba.conf"]) }
        try start()
    }

    deinit { stop() }

    /// The address of a database of this server.
    public func address(_ database: String, user: String = "postgres", options: String = "") -> String {
        guard isOwn else {
            var parts = URLComponents(string: Self.given ?? "")
            parts?.path = "/" + database
            return (parts?.string ?? "") + (options.isEmpty ? "" : "?" + options)
        }
        let folder = folder.path.replacing("/", with: "%2F")
        return "postgresql://\(user)@/\(database)?host=\(folder)" + (options.isEmpty ? "" : "&" + options)
    }

    /// Makes a new database; returns its address.
    public func makeDatabase() throws -> String {
        let name = "t_" + UUID().uuidString.replacing("-", with: "").lowercased()
        try run("CREATE DATABASE \(name)")
        return address(name)
    }

    /// Runs statements; returns the first column of the first row.
    @discardableResult public func run(_ sql: String, in address: String? = nil) throws -> String? {
        let connection = PQconnectdb(address ?? (isOwn ? self.address("postgres") : Self.given ?? ""))
        defer { PQfinish(connection) }
        PQsetNoticeReceiver(connection, { _, _ in }, nil)
        let result = PQexec(connection, sql)
        defer { PQclear(result) }
        guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK].contains(PQresultStatus(result)) else {
            throw ServerFailure(text: String(cString: PQerrorMessage(connection)))
        }
        return PQntuples(result) > 0 ? String(cString: PQgetvalue(result, 0, 0)) : nil
    }

    /// Starts it and waits until it answers.
    public func start() throws {
        guard let programs = Self.programs else { return }
        let server = Self.asUser(programs + "/postgres")
        let words =
            server + [
                "-D", folder.path + "/data", "-k", folder.path, "-c", "listen_addresses=", "-c", "fsync=off", "-c",
                "max_connections=50", "-c", "logging_collector=off",
            ]
        // The server goes when the pipe to its wrapper breaks: also when this process is killed.
        let leash = Pipe()
        _ = fcntl(leash.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let process = Process()
        // A test's thread blocks signals, which a child inherits; the shell would wait for ever without SIGCHLD.
        let script = "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments =
            [
                "-c", script + "os.execv(sys.argv[1], sys.argv[1:])", "/bin/sh", "-c",
                #""$@" & server=$!; read -r word; kill -INT $server; wait $server; [ "$word" ] || rm -rf "$0""#,
                folder.path,
            ] + words
        process.standardInput = leash
        let log = folder.path + "/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        self.process = process
        self.leash = leash.fileHandleForWriting
        let deadline = ContinuousClock.now + .seconds(60)
        while PQping(address("postgres")) != PQPING_OK {
            guard ContinuousClock.now < deadline else {
                throw ServerFailure(text: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "no answer")
            }
            usleep(20_000)
        }
    }

    /// Kills it as a crash would, without a word to anybody.
    public func kill() throws {
        let text = try String(contentsOfFile: folder.path + "/data/postmaster.pid", encoding: .utf8)
        guard let first = text.split(separator: "\n").first, let pid = pid_t(first) else { return }
        _ = Glibc.kill(pid, SIGKILL)
        try? leash?.write(contentsOf: Data("keep\n".utf8))
        try? leash?.close()
        process?.waitUntilExit()
        process = nil
        // Its children end by themselves once they see that it is gone.
        let deadline = ContinuousClock.now + .seconds(30)
        while PQping(address("postgres")) != PQPING_NO_RESPONSE, ContinuousClock.now < deadline { usleep(20_000) }
    }

    /// Stops it, if it is the tests' own, and removes what it kept.
    public func stop() {
        guard isOwn else { return }
        try? leash?.close()
        process?.waitUntilExit()
        process = nil
    }

    /// PostgreSQL refuses to run as root.
    private static func asUser(_ program: String) -> [String] {
        geteuid() == 0
            ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program] : [program]
    }

    private static func run(_ words: [String], _ arguments: [String]) throws {
        try run(words[0], Array(words.dropFirst()) + arguments)
    }

    private static func run(_ command: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: command)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: "/")
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        let text = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ServerFailure(text: "\(command): " + String(decoding: text, as: UTF8.self))
        }
    }
}

/// Why the tests' server could not do something.
public struct ServerFailure: Error {
    /// As it said itself.
    public let text: String
}

import BulletinModel
import CPostgres
import Foundation
import TopicLog

/// The address of a PostgreSQL database, with whatever else libpq takes in one (`sslmode`,
/// `options`, several hosts). It never holds a password: that comes from a file, or from where
/// libpq itself looks for one (`PGPASSFILE`, `~/.pgpass`, `PGPASSWORD`).
public struct PostgresAddress: Sendable {
    /// User, host, port and name, for messages.
    public let location: String
    private let options: [String: String]
    private let passwordFile: String?

    /// Whether a text is meant to be one.
    public static func isMeant(by text: String) -> Bool {
        ["postgresql://", "postgres://"].contains { text.hasPrefix($0) }
    }

    /// Reads `postgresql://USER@HOST:PORT/NAME?OPTION=VALUE`.
    ///
    /// - Throws: ``Failure`` of kind `setup`. Its sentence repeats nothing of the address, in
    ///   which there may be a password.
    public init(_ text: String, passwordFile: String? = nil) throws {
        var message: UnsafeMutablePointer<CChar>?
        let parsed = PQconninfoParse(text, &message)
        defer {
            PQconninfoFree(parsed)
            PQfreemem(message)
        }
        guard let parsed else {
            throw Failure(
                .setup, code: "bad_address",
                "The address of the database cannot be read; write it as "
                    + "postgresql://USER@HOST:PORT/NAME?sslmode=verify-full, with %XX for special characters.")
        }
        var options: [String: String] = [:]
        var option = parsed
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { options[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        guard options["password"] == nil, options["sslpassword"] == nil else {
            throw Failure(
                .setup, code: "password_in_address",
                "The address of the database holds a password, which would be shown to everyone who sees the "
                    + "configuration; put it alone into a file and name that with database-password-file.")
        }
        self.options = options
        self.passwordFile = passwordFile
        location = Self.location(options)
    }

    /// All that libpq needs for a connection, the password included.
    func parameters() throws -> [String: String] {
        let environment = ProcessInfo.processInfo.environment
        var parameters = [
            "fallback_application_name": "gongbao",
            // A server that is gone without a word must not hold a worker for hours.
            "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3", "tcp_user_timeout": "30000",
        ]
        if environment["PGCONNECT_TIMEOUT"] == nil { parameters["connect_timeout"] = "10" }
        parameters.merge(options) { $1 }
        parameters["client_encoding"] = "UTF8"
        if let passwordFile { parameters["password"] = try Self.password(passwordFile) }
        return parameters
    }

    private static func password(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: path),
            var text = String(validating: bytes, as: UTF8.self)
        else {
            throw Failure(
                .setup, code: "no_password",
                "The password of the database cannot be read from \(path); check database-password-file and who may "
                    + "read it.")
        }
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty else {
            throw Failure(.setup, code: "no_password", "The file \(path) holds no password for the database.")
        }
        return text
    }

    private static func location(_ options: [String: String]) -> String {
        let user = options["user"].map { $0 + "@" } ?? ""
        let hosts = (options["host"] ?? options["hostaddr"] ?? "").split(
            separator: ",", omittingEmptySubsequences: false)
        let ports = (options["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
        let places = hosts.enumerated().map { number, host in
            let port = ports.count == 1 ? ports[0] : number < ports.count ? ports[number] : ""
            return host + (port.isEmpty ? "" : ":" + port)
        }
        let service = options["service"].map { "?service=" + $0 } ?? ""
        return "postgresql://" + user + places.joined(separator: ",") + "/" + (options["dbname"] ?? "") + service
    }
}

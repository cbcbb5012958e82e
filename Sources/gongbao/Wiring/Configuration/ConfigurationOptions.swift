import ArgumentParser
import Foundation
import Logging
import Messages
import Operations
import Workers

extension Language: ExpressibleByArgument {}

/// The options that every command has: where the configuration comes from.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file in YAML.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Directory of everything that gongbao keeps on this machine.", valueName: "dir"))
    var data: String?

    @Option(help: ArgumentHelp("Kafka brokers, HOST:PORT; without any the embedded log is used.", valueName: "brokers"))
    var brokers: String?

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Overrides one setting; may be repeated.", valueName: "key=value"))
    var settings: [String] = []

    /// Taken off the command line before it is read, since errors are in it; it stands here for the help.
    @Option(help: "The language of messages and pages: zh or en; else that of LC_ALL, LC_MESSAGES or LANG.")
    var language: Language?

    /// Resolves options, environment and file.
    ///
    /// - Parameters:
    ///   - further: settings that other options of the command mean.
    ///   - isForPeople: whether what is logged is read by the one who gave the command, on a terminal or not, so that
    ///     `auto` is text.
    func load(
        _ further: [(key: String, value: String, option: String)] = [], isForPeople: Bool = false
    ) throws -> Configuration {
        let configuration = try resolved(further)
        guard isForPeople, configuration[Configuration.logFormat] == "auto" else { return configuration }
        return try resolved(further + [(Configuration.logFormat.key, "text", "a command that ends")])
    }

    private func resolved(_ further: [(key: String, value: String, option: String)]) throws -> Configuration {
        let environment = ProcessInfo.processInfo.environment
        var file: (path: String, text: String)?
        if let path = config ?? environment["GONGBAO_CONFIG"] {
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.usedWrongly("the configuration file \(path) cannot be read.")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CommandFailure.usedWrongly("the configuration file \(path) is not UTF-8.")
            }
            file = (path, text)
        }
        var options: [(key: String, value: String, option: String)] = []
        for setting in settings {
            guard let equals = setting.firstIndex(of: "=") else {
                throw CommandFailure.usedWrongly("--set \(setting): write it as KEY=VALUE.")
            }
            let key = String(setting[..<equals])
            options.append((key, String(setting[setting.index(after: equals)...]), "--set \(key)"))
        }
        options += further
        if let data { options.append((Configuration.data.key, data, "--data")) }
        if let brokers { options.append((Configuration.brokers.key, brokers, "--brokers")) }
        let configuration = try Configuration(
            .init(file: file, environment: environment, options: options, readSecret: Self.readSecret))
        if let language = Language(rawValue: configuration[Configuration.language]) { Language.current = language }
        return configuration
    }

    /// A name without a directory is first looked for among the credentials that systemd gives.
    static func secretPath(_ path: String) -> String {
        if !path.contains("/"), let directory = ProcessInfo.processInfo.environment["CREDENTIALS_DIRECTORY"],
            FileManager.default.fileExists(atPath: directory + "/" + path)
        {
            return directory + "/" + path
        }
        return path
    }

    @Sendable private static func readSecret(_ path: String) throws -> String {
        guard let bytes = FileManager.default.contents(atPath: secretPath(path)) else {
            throw ConfigurationError("the file cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Configuration {
    /// A logger that writes as configured.
    func logger(_ label: String) -> Logger { logOutput.logger(label) }

    /// The logger of a command that looks and ends: what goes wrong it says itself, in one
    /// sentence, unless more than usual is asked for.
    var briefLogger: Logger {
        var logger = logger("gongbao")
        if logger.logLevel >= .info { logger.logLevel = max(logger.logLevel, .error) }
        return logger
    }

    /// Where messages go: text on a terminal and JSON lines otherwise, with levels as journald
    /// reads them where it listens.
    var logOutput: LogOutput {
        let format: LineLogHandler.Format =
            switch self[Configuration.logFormat] {
            case "text": .text
            case "json": .json
            default: isatty(STDERR_FILENO) == 1 ? .text : .json
            }
        return LogOutput(
            format: format, level: Logger.Level(rawValue: self[Configuration.logLevel]) ?? .info,
            hasPriorities: LogOutput.isJournal(environment: ProcessInfo.processInfo.environment),
            throttle: Self.throttle)
    }

    /// One for the process: repeats are counted wherever they come from.
    private static let throttle: LogThrottle = {
        let clock = SystemClock()
        return LogThrottle { clock.uptime }
    }()
}

import Foundation
import Operations

/// The manual page, made from the argument parser's own description of the commands, so that it
/// has every command and option and no other; for `man`, in the man(7) macros.
struct ManualPage {
    /// What the parser tells of a command (its help in JSON, version 0), as far as it is used.
    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool?
        let subcommands: [Command]?
        let arguments: [Argument]?

        /// The root command of the parser's description.
        init(description: String) throws {
            struct Root: Decodable { let command: Command }
            self = try JSONDecoder().decode(Root.self, from: Data(description.utf8)).command
        }
    }

    /// What the parser tells of an option, flag or argument.
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }
        let kind: String
        let names: [Name]?
        let preferredName: Name?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
        let allValues: [String]?
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool?

        /// The name that usage shows.
        var preferred: Name? { preferredName ?? names?.first }
    }

    private let tool: Command
    private let version: String
    private var lines: [String] = []

    /// The page of the program whose parser gave this description.
    init(_ description: String, version: String) throws {
        tool = try Command(description: description)
        self.version = version
    }

    /// The whole page.
    mutating func text() -> String {
        lines = [
            #".TH \#(tool.commandName.uppercased()) 1 "" "\#(tool.commandName) \#(version)" "User Commands""#, ".nh",
            ".ad l",
        ]
        section("NAME", "\(tool.commandName) \\- \(Self.escaped(Self.phrase(tool.abstract.map(Say.text))))")
        section("SYNOPSIS", "")
        lines += [".B \(tool.commandName)", ".I \(Say.word("man", "command"))", "[\(Say.word("man", "option")) ...]"]
        section("DESCRIPTION", Self.escaped(Say.text(tool.abstract ?? "")))
        lines += [
            ".PP",
            Self.escaped(Say.text("Every command takes the common options; what else it takes is told with it.")),
        ]
        let shared = sharedOptions()
        section("COMMANDS", "")
        for command in tool.subcommands ?? [] where command.commandName != "help" {
            self.command(command, path: [tool.commandName], without: Set(shared.map(Self.names)))
        }
        section("COMMON OPTIONS", "")
        shared.forEach { argument($0) }
        section("ENVIRONMENT", "")
        item(".B GONGBAO_CONFIG", "The configuration file, where --config names none.")
        for field in Configuration.descriptions {
            item(".B \(field.variable)", Say.text(field.help) + " " + Say.text("Setting: \(field.key)."))
        }
        section("EXIT STATUS", "")
        for (code, meaning) in [
            ("0", "Done."), ("1", "Failed; standard error says what, where and what to do."), ("2", "Used wrongly."),
            ("3", "Some input was rejected, the rest is done."),
        ] { item(".B \(code)", meaning) }
        lines.append(".SH FILES")
        item(".I /etc/gongbao/gongbao.yaml", "The configuration of the services; gongbao config reference prints one.")
        item(".I /var/lib/gongbao", "What the services keep: inbox, database, notes of the producer.")
        section("SEE ALSO", ".BR systemctl (1),\n.BR journalctl (1)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The options that most commands have, told once.
    private func sharedOptions() -> [Argument] {
        func leaves(_ command: Command) -> [Command] {
            let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
            return below.isEmpty ? [command] : below.flatMap(leaves)
        }
        let all = leaves(tool)
        var seen: [String: (count: Int, argument: Argument)] = [:]
        var order: [String] = []
        for argument in all.flatMap({ $0.arguments ?? [] }) where argument.kind != "positional" {
            let key = Self.names(argument)
            if seen[key] == nil { order.append(key) }
            seen[key] = ((seen[key]?.count ?? 0) + 1, argument)
        }
        return order.compactMap { seen[$0] }.filter { $0.count * 2 > all.count }.map(\.argument)
    }

    private mutating func command(_ command: Command, path: [String], without shared: Set<String>) {
        guard command.shouldDisplay ?? true else { return }
        let path = path + [command.commandName]
        let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
        if !below.isEmpty {
            below.forEach { self.command($0, path: path, without: shared) }
            return
        }
        let own = (command.arguments ?? []).filter { !shared.contains(Self.names($0)) && $0.shouldDisplay ?? true }
        let positional = own.filter { $0.kind == "positional" }.map { argument in
            let name = Say.word("value", argument.valueName ?? "value") + (argument.isRepeating ? " ..." : "")
            return argument.isOptional ? "[\(name)]" : name
        }
        lines.append(".SS \(Self.escaped((path + positional).joined(separator: " ")))")
        for text in [command.abstract, command.discussion].compactMap({ $0 }).map(Say.text) {
            lines += [".PP", Self.escaped(text)]
        }
        own.forEach { argument($0) }
    }

    private mutating func argument(_ argument: Argument) {
        let names = (argument.names ?? []).map { ($0.kind == "long" ? "\\-\\-" : "\\-") + Self.escaped($0.name) }
        let value = Self.escaped(Say.word("value", argument.valueName ?? "value"))
        let title =
            switch argument.kind {
            case "positional": ".I \(value)"
            case "flag": ".B \(names.joined(separator: ", "))"
            default: ".BI \"\(names.joined(separator: ", ")) \" \(value)"
            }
        item(title, Say.text(argument.abstract ?? ""))
    }

    private mutating func item(_ title: String, _ text: String) {
        lines += [".TP", title, Self.escaped(Say.text(text))]
    }

    private mutating func section(_ title: String, _ body: String) {
        lines.append(".SH \(Say.word("man", title))")
        if !body.isEmpty { lines.append(body) }
    }

    private static func names(_ argument: Argument) -> String {
        argument.names?.map(\.name).joined(separator: "/") ?? "=\(argument.valueName ?? "")"
    }

    /// A sentence as the phrase behind the dash.
    private static func phrase(_ sentence: String?) -> String {
        let text = sentence ?? ""
        return (text.prefix(1).lowercased() + text.dropFirst()).trimmingCharacters(in: .init(charactersIn: ".。"))
    }

    /// Text that no character of makes troff do something.
    private static func escaped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { line in
            let plain = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
            return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
        }.joined(separator: "\n")
    }
}

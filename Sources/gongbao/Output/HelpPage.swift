import Foundation
import Messages

/// The help of a command in the language of the process, from the argument parser's own description.
///
/// The parser renders its help in English alone, with heads that are fixed; so in other languages it is set here, in
/// the same order.
struct HelpPage {
    private let messages: Messages
    private let path: [String]
    private let command: ManualPage.Command
    private let width: Int
    /// The cells of a line on this terminal, 80 where there is none.
    static var width: Int {
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 {
            return columns
        }
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Where the second column begins.
    private static let column = 26

    /// The page in place of the one that the parser has made.
    ///
    /// - Parameters:
    ///   - rendered: the parser's page, which names the command behind `USAGE:`.
    ///   - description: the parser's description of all commands.
    ///   - width: cells of the terminal.
    /// - Returns: nil where `rendered` is no help, or nothing has to be translated.
    init?(insteadOf rendered: String, _ description: String, width: Int, _ messages: Messages = .current) {
        guard messages.language != .english, rendered.hasPrefix("OVERVIEW: "),
            let usage = rendered.split(separator: "\n").first(where: { $0.hasPrefix("USAGE: ") }),
            let tool = try? ManualPage.Command(description: description)
        else { return nil }
        var (path, command) = ([tool.commandName], tool)
        for word in usage.split(separator: " ").dropFirst(2) {
            guard let next = command.subcommands?.first(where: { $0.commandName == word }) else { break }
            path.append(next.commandName)
            command = next
        }
        self.messages = messages
        self.path = path
        self.command = command
        self.width = max(50, width)
    }

    /// The whole page.
    var text: String {
        var blocks = [paragraph(messages("help.overview") + messages.said(command.abstract ?? ""))]
        if let discussion = command.discussion, !discussion.isEmpty {
            blocks.append(
                messages.said(discussion).split(separator: "\n").map { paragraph(String($0)) }.joined(separator: "\n\n")
            )
        }
        blocks.append(messages("help.usage") + usage)
        let all = (command.arguments ?? []).filter { $0.shouldDisplay ?? true }
        let positional = all.filter { $0.kind == "positional" }.map { entry("<\(value($0))>", told($0)) }
        let options = all.filter { $0.kind != "positional" }.map { entry(label($0), told($0)) }
        let below = (command.subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" }
            .map { entry($0.commandName, messages.said($0.abstract ?? "")) }
        for (head, entries) in [
            ("help.arguments", positional), ("help.options", options), ("help.subcommands", below),
        ] where !entries.isEmpty {
            blocks.append(messages(head) + "\n" + entries.joined(separator: "\n"))
        }
        if !below.isEmpty {
            let place = ([path[0], "help"] + path.dropFirst()).joined(separator: " ")
            blocks.append("  " + messages("help.see", ["command": place]))
        }
        return blocks.joined(separator: "\n\n")
    }

    /// The parser's sentences of an error, with the usage behind them, in the language of the process.
    static func error(_ rendered: String, _ messages: Messages = .current) -> String {
        guard messages.language != .english else { return rendered }
        return named(messages.said(rendered), messages)
    }

    /// With the names of values translated: `<file>`.
    private static func named(_ text: String, _ messages: Messages) -> String {
        text.replacing(/<([a-z:|=-]+)>/) { match in
            "<" + (messages.known("value.\(match.output.1)") ?? String(match.output.1)) + ">"
        }
    }

    private var usage: String {
        let own = (command.arguments ?? []).filter { $0.shouldDisplay ?? true }
        let parts = own.compactMap { argument -> String? in
            let names = argument.names ?? []
            if names.contains(where: { $0.name == "help" || $0.name == "version" }) { return nil }
            let value = "<\(value(argument))>" + (argument.isRepeating ? " ..." : "")
            let part =
                switch argument.kind {
                case "positional": value
                case "flag": Self.dashed(argument.preferred)
                default: Self.dashed(argument.preferred) + " " + value
                }
            return argument.isOptional ? "[\(part)]" : part
        }
        let below = command.subcommands?.isEmpty == false ? ["<\(messages("help.subcommand"))>"] : []
        // What does not fit goes on below the first option.
        let head = path.joined(separator: " ")
        let indent = ColumnTable.width(messages("help.usage") + head) + 1
        var lines = [""]
        for part in parts + below {
            if ColumnTable.width(lines[lines.count - 1]) + ColumnTable.width(part) + 1 + indent > width, lines != [""] {
                lines.append("")
            }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + part
        }
        return head + " " + lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    private func label(_ argument: ManualPage.Argument) -> String {
        let names = (argument.names ?? []).map(Self.dashed).joined(separator: ", ")
        return argument.kind == "flag" ? names : names + " <\(value(argument))>"
    }

    private func value(_ argument: ManualPage.Argument) -> String {
        let name = argument.valueName ?? "value"
        return messages.known("value.\(name)") ?? name
    }

    private func told(_ argument: ManualPage.Argument) -> String {
        var text = messages.said(argument.abstract ?? "")
        var notes: [String] = []
        if let all = argument.allValues, !all.isEmpty {
            notes.append(messages("help.values", ["values": all.joined(separator: messages("common.list"))]))
        }
        if let fallback = argument.defaultValue { notes.append(messages("help.default", ["value": fallback])) }
        if !notes.isEmpty { text += messages("help.notes", ["notes": notes.joined(separator: messages("help.and"))]) }
        return text
    }

    private func entry(_ label: String, _ text: String) -> String {
        let lines = wrapped(text, width - Self.column).split(separator: "\n", omittingEmptySubsequences: false)
        let indent = String(repeating: " ", count: Self.column)
        let rest = lines.map { indent + $0 }
        let head = "  " + label
        let used = ColumnTable.width(head)
        guard used < Self.column, let first = lines.first else { return ([head] + rest).joined(separator: "\n") }
        return ([head + String(repeating: " ", count: Self.column - used) + first] + rest.dropFirst()).joined(
            separator: "\n")
    }

    private func paragraph(_ text: String) -> String { text.hasPrefix(" ") ? text : wrapped(text, width) }

    /// Text broken into lines of that many cells: between Chinese characters, and at blanks; no line begins with a
    /// closing mark.
    private func wrapped(_ text: String, _ cells: Int) -> String {
        var lines: [String] = []
        var line = ""
        for piece in Self.pieces(text) {
            if ColumnTable.width(line + piece.trimmingCharacters(in: .whitespaces)) > cells, !line.isEmpty {
                lines.append(line.trimmingCharacters(in: .whitespaces))
                line = String(piece.drop { $0 == " " })
            } else {
                line += piece
            }
        }
        lines.append(line)
        return lines.joined(separator: "\n")
    }

    /// What a line may be broken between: words with the blank behind them, characters with the marks behind them.
    private static func pieces(_ text: String) -> [String] {
        let closing = Set("，。；：、！？”’）》】…—")
        let opening = Set("“‘（《【")
        var pieces: [String] = []
        for character in text {
            let isWide = ColumnTable.width(String(character)) == 2
            guard let last = pieces.last?.last else {
                pieces.append(String(character))
                continue
            }
            let wasWide = ColumnTable.width(String(last)) == 2
            let joins =
                closing.contains(character) || opening.contains(last) || character == " "
                || (!isWide && !wasWide && last != " " && !opening.contains(character) && !closing.contains(last))
            if joins { pieces[pieces.count - 1].append(character) } else { pieces.append(String(character)) }
        }
        return pieces
    }

    private static func dashed(_ name: ManualPage.Argument.Name) -> String {
        (name.kind == "long" ? "--" : "-") + name.name
    }

    private static func dashed(_ name: ManualPage.Argument.Name?) -> String { name.map(dashed) ?? "" }
}

import Foundation
import Messages
import Operations

/// What a command tells people, in their language. Commands say it in English; the catalogue has the Chinese.
enum Say {
    /// A sentence in the language of the process.
    static func text(_ english: String) -> String { Messages.current.said(english) }

    /// Prints a line, safe to show on a terminal.
    static func line(_ english: String) { print(Terminal.safe(text(english))) }

    /// A code of a message, a word of a field or the head of a column, for tables that people read.
    static func word(_ kind: String, _ code: String) -> String { Messages.current.word(kind, code) }

    /// How many there are of something.
    static func tally(_ count: Int, _ what: String) -> String {
        Messages.current("tally.of", ["count": "\(count)", "what": what])
    }

    /// Words one after the other, with the mark between them that the language has.
    static func list(_ words: some Sequence<String>) -> String {
        words.joined(separator: Messages.current("table.list"))
    }

    /// What a change is against, such as `yoy` or `since:2020`.
    static func base(_ code: String) -> String {
        guard code.hasPrefix("since:") else { return word("cell", code) }
        let messages = Messages.current
        return messages.language == .english
            ? code : messages("cell.since", ["year": String(code.dropFirst("since:".count))])
    }

    /// Finds out the language from the command line and the surroundings, and takes `--language` off the command line.
    ///
    /// It is wanted before the command line can be read, since errors and help are in it; and it goes with every command.
    static func settle(_ arguments: [String], environment: [String: String]) throws -> [String] {
        Language.current = Language(environment: environment)
        var rest: [String] = []
        var isOption = true
        var words = arguments[...]
        while let word = words.popFirst() {
            if word == "--" { isOption = false }
            let isNamed = isOption && (word == "--language" || word.hasPrefix("--language="))
            guard isNamed else {
                rest.append(word)
                continue
            }
            let value = word == "--language" ? words.popFirst() : String(word.dropFirst("--language=".count))
            guard let language = value.flatMap(Language.init(rawValue:)) else {
                throw CommandFailure.usedWrongly("--language takes zh or en.")
            }
            Language.current = language
            // As the setting, which goes before the file's.
            setenv("GONGBAO_LANGUAGE", language.rawValue, 1)
        }
        return rest
    }
}

extension Say {
    /// A reference file or table in Markdown with its sentences in the language of the process; names and values stay.
    static func document(_ english: String) -> String {
        guard Messages.current.language != .english else { return english }
        return english.split(separator: "\n", omittingEmptySubsequences: false).map { line(of: String($0)) }
            .joined(separator: "\n")
    }

    private static func line(of line: String) -> String {
        // A setting and its value are no sentence.
        if line.range(of: "^ *[a-z-]+:( .*)?$", options: .regularExpression) != nil { return line }
        let whole = text(line)
        if whole != line { return whole }
        if line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            return cells.map { " " + text($0.trimmingCharacters(in: .whitespaces)) + " " }.joined(separator: "|")
                .trimmingCharacters(in: .whitespaces)
        }
        guard let mark = line.range(of: #"^ *#+ "#, options: .regularExpression) else { return line }
        let rest = String(line[mark.upperBound...])
        // What is allowed, and the variable behind it.
        if let variable = rest.range(of: "; GONGBAO_") {
            return line[mark] + text(String(rest[..<variable.lowerBound])) + "；"
                + rest[variable.lowerBound...].dropFirst(2)
        }
        return line[mark] + text(rest)
    }
}

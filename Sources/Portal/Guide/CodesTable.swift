import BulletinModel
import Messages
import TopicLog

/// What to do: every code of dead letters and failures with its cause and its cure, as the guide has it in Markdown.
enum CodesTable {
    /// The two tables.
    static func markdown(_ m: Messages) -> String {
        section(m("guide.letters"), "letter", DeadLetterCode.allCases.map(\.rawValue), m) + "\n"
            + section(m("guide.failures"), "failure", FailureCode.allCases.map(\.rawValue), m)
    }

    private static func section(_ title: String, _ kind: String, _ codes: [String], _ m: Messages) -> String {
        let heads = [m("guide.code"), m("guide.cause"), m("guide.cure")]
        var lines = ["## " + title, "", "| " + heads.joined(separator: " | ") + " |", "| --- | --- | --- |"]
        for code in codes {
            lines.append("| `\(code)` | \(m("\(kind).\(code).cause")) | \(m("\(kind).\(code).cure")) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

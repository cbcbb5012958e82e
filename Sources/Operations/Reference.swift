extension Configuration {
    /// The reference file: every setting with its fallback, what it is for and what it allows.
    public static var reference: String {
        var text = """
            # Every setting of gongbao with its default. A file needs only what differs; what is set
            # in the environment (the name behind each setting) or on the command line goes first.


            """
        var section = ""
        for field in descriptions {
            let parts = field.key.split(separator: ".", maxSplits: 1).map(String.init)
            let indent = parts.count == 2 ? "  " : ""
            if parts.count == 2, parts[0] != section {
                text += "\n\(parts[0]):\n"
                section = parts[0]
            }
            let value = field.fallback.isEmpty ? "\"\"" : field.fallback
            text += "\(indent)# \(field.help)\n\(indent)# \(field.allowed); \(field.variable)\n"
            text += "\(indent)\(parts[parts.count - 1]): \(value)\n"
            if field.key == instance.key { text += freeMapLines }
        }
        return text
    }

    /// The table of the documentation, in Markdown.
    public static var table: String {
        var lines = ["| setting | default | allowed | says |", "| --- | --- | --- | --- |"]
        for field in descriptions {
            let fallback = field.fallback.isEmpty ? "" : "`\(field.fallback)`"
            lines.append("| `\(field.key)` | \(fallback) | \(field.allowed) | \(field.help) |")
        }
        lines.append("| `kafka.properties.*` | | text | Any property of librdkafka, passed through untouched. |")
        lines.append(
            "| `kafka.secrets.*` | | the path of a file | Properties of librdkafka whose values are read from files. |")
        return lines.joined(separator: "\n") + "\n"
    }

    private static let freeMapLines = [
        "  # Any property of librdkafka, passed through untouched.",
        "  properties: {}",
        "  # Properties whose values are read from files, such as sasl.password: /run/secrets/kafka;",
        "  # a bare name is looked for among systemd's credentials ($CREDENTIALS_DIRECTORY).",
        "  secrets: {}",
        "",
    ].joined(separator: "\n")
}

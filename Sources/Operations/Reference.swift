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
            if field.key == instance.key { text += freeMaps }
        }
        return text
    }

    private static let freeMaps = [
        "  # Any property of librdkafka, passed through untouched.",
        "  properties: {}",
        "  # Properties whose values are read from files, such as sasl.password: /run/secrets/kafka",
        "  secrets: {}",
        "",
    ].joined(separator: "\n")
}

import Yams

/// One configuration file in YAML, flattened to dotted keys that know their lines.
struct ConfigurationFile {
    /// One scalar of the file.
    struct Entry {
        let value: String
        let origin: Origin
    }

    /// Scalars by dotted key.
    private(set) var entries: [String: Entry] = [:]
    /// The entries of mappings whose keys are free (`kafka.properties`), by the mapping's key.
    private(set) var maps: [String: [String: Entry]] = [:]

    private let path: String
    private let fields: [FieldDescription]
    private let freeMaps: Set<String>

    /// Reads YAML text; `path` is for messages only.
    ///
    /// - Throws: ``ConfigurationError`` for what is no YAML, a key written twice, or a list
    ///   or mapping where one value belongs.
    init(text: String, path: String, fields: [FieldDescription], freeMaps: Set<String>) throws {
        self.path = path
        self.fields = fields
        self.freeMaps = freeMaps
        // What refers to what refers to what grows out of all bounds.
        let aliases = text.matches(of: /(?:^|[\s\[{,])\*[A-Za-z0-9_]/).count
        guard text.utf8.count <= 1 << 20, aliases <= 8 else {
            throw ConfigurationError(
                "\(path):1: the file is larger, or refers to itself more often, than one of settings may.")
        }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let YamlError.duplicatedKeysInMapping(duplicates, context) {
            let names = duplicates.sorted().joined(separator: ", ")
            let line = Self.secondLine(of: duplicates.sorted().first ?? "", in: text) ?? context.mark.line
            throw ConfigurationError("\(path):\(line): \(names) is written twice; keep one of them.")
        } catch let error as YamlError {
            let (line, problem) = Self.plain(error)
            throw ConfigurationError("\(path):\(line): this is not YAML: \(problem).")
        }
        guard let root, root != .scalar(Node.Scalar("")) else { return }
        guard case .mapping(let mapping) = root else {
            throw ConfigurationError(
                "\(path):1: the file must hold settings of the form `key: value`, and nothing else.")
        }
        try flatten(mapping, prefix: "")
    }

    private mutating func flatten(_ mapping: Node.Mapping, prefix: String) throws {
        for (name, node) in mapping {
            let line = name.mark?.line ?? 1
            guard let word = name.string else {
                throw ConfigurationError("\(path):\(line): the name of a setting must be one plain word.")
            }
            let key = prefix + word
            let field = fields.first { $0.key == key }
            let inner = fields.filter { $0.key.hasPrefix(key + ".") }.map(\.key)
            switch node {
            case .scalar(let scalar):
                let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
                if isNull, freeMaps.contains(key) || !inner.isEmpty { continue }
                if !inner.isEmpty || freeMaps.contains(key) {
                    let examples = inner.isEmpty ? "properties with their values" : inner.joined(separator: ", ")
                    throw ConfigurationError(
                        "\(path):\(line): \(key) is no setting of its own; below it belong \(examples).")
                }
                entries[key] = Entry(value: isNull ? "" : scalar.string, origin: .file(path, line: line))
            case .mapping(let properties) where freeMaps.contains(key):
                for (property, value) in properties {
                    guard let property = property.string, case .scalar(let scalar) = value else {
                        let place = value.mark?.line ?? line
                        throw ConfigurationError(
                            "\(path):\(place): every property below \(key) must have one plain value, no list.")
                    }
                    let place = Origin.file(path, line: value.mark?.line ?? line)
                    maps[key, default: [:]][property] = Entry(value: scalar.string, origin: place)
                }
            case .mapping(let below):
                if let field {
                    throw ConfigurationError(
                        "\(path):\(line): \(key) has other settings below it, but must be \(field.allowed).")
                }
                try flatten(below, prefix: key + ".")
            case .sequence, .alias:
                let allowed = field?.allowed ?? "one value"
                throw ConfigurationError("\(path):\(line): \(key) is a list, but must be \(allowed).")
            }
        }
    }

    /// Where a name begins a line for the second time.
    private static func secondLine(of name: String, in text: String) -> Int? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines.indices.filter { index in
            let line = lines[index].drop { $0 == " " }
            return line.hasPrefix(name) && line.dropFirst(name.count).first == ":"
        }
        return found.count == 2 ? found[1] + 1 : nil
    }

    /// The line and what is wrong there.
    private static func plain(_ error: YamlError) -> (line: Int, problem: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            (mark.line, problem)
        default:
            (1, "it cannot be read")
        }
    }
}

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

    /// Reads YAML text; `path` is for messages only.
    ///
    /// - Throws: ``ConfigurationError`` for what is no YAML, a key written twice, or a list
    ///   or mapping where one value belongs.
    init(text: String, path: String, freeMaps: Set<String>) throws {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let YamlError.duplicatedKeysInMapping(duplicates, context) {
            let names = duplicates.sorted().joined(separator: ", ")
            throw ConfigurationError("\(path):\(context.mark.line): \(names) is written twice; keep one of them.")
        } catch let error as YamlError {
            throw ConfigurationError("\(path): is not YAML: \(Self.plain(error)).")
        }
        guard let root, root != .scalar(Node.Scalar("")) else { return }
        guard case .mapping(let mapping) = root else {
            throw ConfigurationError("\(path):1: must be a list of settings of the form `key: value`.")
        }
        try flatten(mapping, prefix: "", path: path, freeMaps: freeMaps)
    }

    private mutating func flatten(_ mapping: Node.Mapping, prefix: String, path: String, freeMaps: Set<String>) throws {
        for (name, node) in mapping {
            let line = name.mark?.line ?? 1
            let key = prefix + (name.string ?? "")
            switch node {
            case .scalar(let scalar):
                let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
                if isNull, freeMaps.contains(key) { continue }
                entries[key] = Entry(value: isNull ? "" : scalar.string, origin: .file(path, line: line))
            case .mapping(let inner) where freeMaps.contains(key):
                for (property, value) in inner {
                    guard let property = property.string, case .scalar(let scalar) = value else {
                        throw ConfigurationError("\(path):\(line): every entry of \(key) must be one plain value.")
                    }
                    let place = Origin.file(path, line: value.mark?.line ?? line)
                    maps[key, default: [:]][property] = Entry(value: scalar.string, origin: place)
                }
            case .mapping(let inner):
                try flatten(inner, prefix: key + ".", path: path, freeMaps: freeMaps)
            case .sequence, .alias:
                throw ConfigurationError("\(path):\(line): \(key) must be one value, not a list.")
            }
        }
    }

    private static func plain(_ error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)"
        default:
            "it cannot be read"
        }
    }
}

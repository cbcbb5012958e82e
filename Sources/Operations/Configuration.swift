/// Everything that can be configured, resolved: command line options override environment
/// variables, which override the file, which overrides the fallbacks.
public struct Configuration: Sendable {
    private let values: [String: any Sendable]
    private let origins: [String: Origin]

    /// librdkafka properties, passed through untouched, secrets read from their files included.
    public let kafkaProperties: [String: String]
    /// The names of those properties whose values must never be shown.
    public let secretProperties: Set<String>
    /// Those of them whose value was read from a file.
    public let secretFiles: Set<String>
    /// Where each of them was written.
    public let kafkaOrigins: [String: Origin]
    /// Variables of the environment that look like settings and are none, with the nearest
    /// name; other programs may have set them, so that they are no error.
    public let unknownVariables: [(name: String, nearest: String?)]

    /// Mappings whose keys are librdkafka's.
    static let freeMaps: Set<String> = ["kafka.properties", "kafka.secrets"]

    /// The value of a field.
    public subscript<Value>(_ field: Field<Value>) -> Value {
        values[field.key] as? Value ?? field.fallback
    }

    /// Where the value of a field was written.
    public func origin<Value>(of field: Field<Value>) -> Origin {
        origins[field.key] ?? .fallback
    }

    /// What the loader is given; nothing else is looked at.
    public struct Sources: Sendable {
        /// The text of the file and its path for messages; nil where there is none.
        public var file: (path: String, text: String)?
        /// The process's environment.
        public var environment: [String: String]
        /// Values by key from the command line, with the option's name for messages.
        public var options: [(key: String, value: String, option: String)]
        /// Reads the file of a secret; throws what the message should say.
        public var readSecret: @Sendable (String) throws -> String

        /// Gathers what the loader is given.
        public init(
            file: (path: String, text: String)? = nil, environment: [String: String] = [:],
            options: [(key: String, value: String, option: String)] = [],
            readSecret: @escaping @Sendable (String) throws -> String
        ) {
            self.file = file
            self.environment = environment
            self.options = options
            self.readSecret = readSecret
        }
    }

    /// Resolves all fields.
    ///
    /// - Throws: ``ConfigurationError`` for the first unknown key or unusable value.
    public init(_ sources: Sources) throws {
        let file = try sources.file.map {
            try ConfigurationFile(
                text: $0.text, path: $0.path, fields: Self.descriptions, freeMaps: Self.freeMaps)
        }
        let fields = Self.fields
        let known = fields.map(\.description.key)
        var maps = file?.maps ?? [:]

        var written: [String: (value: String, origin: Origin)] = [:]
        for (key, entry) in (file?.entries ?? [:]).sorted(by: { $0.key < $1.key }) {
            guard known.contains(key) else {
                throw ConfigurationError.unknown(key: key, origin: entry.origin, known: known)
            }
            written[key] = (entry.value, entry.origin)
        }
        for key in known {
            let variable = environmentVariable(for: key)
            if let value = sources.environment[variable] { written[key] = (value, .environment(variable)) }
        }
        for option in sources.options {
            if let map = Self.freeMaps.first(where: { option.key.hasPrefix($0 + ".") }) {
                let property = String(option.key.dropFirst(map.count + 1))
                maps[map, default: [:]][property] = .init(value: option.value, origin: .option(option.option))
                continue
            }
            guard known.contains(option.key) else {
                throw ConfigurationError.unknown(key: option.key, origin: .option(option.option), known: known)
            }
            written[option.key] = (option.value, .option(option.option))
        }

        var values: [String: any Sendable] = [:]
        for field in fields {
            guard let (text, origin) = written[field.description.key] else { continue }
            values[field.description.key] = try field.value(text, origin)
        }
        self.values = values
        self.origins = written.mapValues(\.origin)
        unknownVariables = Self.unknown(in: sources.environment)

        var properties = (maps["kafka.properties"] ?? [:]).mapValues(\.value)
        kafkaOrigins = (maps["kafka.properties"] ?? [:]).merging(maps["kafka.secrets"] ?? [:]) { $1 }.mapValues(
            \.origin)
        var secrets = Set(properties.keys.filter(Self.looksSecret))
        for (property, entry) in (maps["kafka.secrets"] ?? [:]).sorted(by: { $0.key < $1.key }) {
            do {
                properties[property] = Self.trimmed(try sources.readSecret(entry.value))
            } catch {
                throw ConfigurationError(
                    "\(entry.origin): the secret \(property) cannot be read from \(entry.value): \(error).")
            }
            secrets.insert(property)
        }
        kafkaProperties = properties
        secretProperties = secrets
        secretFiles = Set((maps["kafka.secrets"] ?? [:]).keys)
        try check()
    }

    /// What no field can know alone.
    private func check() throws {
        for property in ["bootstrap.servers", "metadata.broker.list"] {
            guard let origin = kafkaOrigins[property] else { continue }
            throw ConfigurationError("\(origin): \(property) is set at kafka.brokers; move it there.")
        }
        if self[Self.retryFirst] > self[Self.retryLongest] {
            let origin = origins[Self.retryFirst.key] ?? origins[Self.retryLongest.key] ?? .fallback
            throw ConfigurationError(
                "\(origin): retry.first is \(Span.text(self[Self.retryFirst])), but must not be longer than "
                    + "retry.longest, which is \(Span.text(self[Self.retryLongest])).")
        }
        try checkBatch()
    }

    /// A batch of bad records that passes the limit is never committed, and comes again at each start.
    private func checkBatch() throws {
        guard self[Self.batchRecords] > self[Self.deadLettersInARow] else { return }
        let origin = origins[Self.batchRecords.key] ?? origins[Self.deadLettersInARow.key] ?? .fallback
        throw ConfigurationError(
            "\(origin): batch.records is \(self[Self.batchRecords]), but must not be more than dead-letters.in-a-row, "
                + "which is \(self[Self.deadLettersInARow]): a batch of bad records could never be committed.")
    }

    private static func unknown(in environment: [String: String]) -> [(name: String, nearest: String?)] {
        let known = descriptions.map(\.variable) + ["GONGBAO_CONFIG"]
        return environment.keys.filter { $0.hasPrefix("GONGBAO_") && !known.contains($0) }.sorted().map {
            (name: $0, nearest: Spelling.nearest(to: $0, in: known))
        }
    }

    /// Whether a librdkafka property holds a secret by its name.
    static func looksSecret(_ property: String) -> Bool {
        ["password", "secret", "key.pem", "oauthbearer.config", "token"].contains { property.contains($0) }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while let last = text.last, last.isNewline { text = text.dropLast() }
        return String(text)
    }
}

/// A field with its type forgotten, as the loader walks over all of them.
struct AnyField: Sendable {
    let description: FieldDescription
    let value: @Sendable (String, Origin) throws -> any Sendable

    init<Value>(_ field: Field<Value>) {
        description = field.description
        value = { text, origin in
            guard let value = field.parse(text) else {
                throw ConfigurationError.unusable(value: text, field: field.description, origin: origin)
            }
            return value
        }
    }
}

import Operations
import Testing

@Suite struct ConfigurationTests {
    private func load(
        _ text: String? = nil, environment: [String: String] = [:],
        options: [(key: String, value: String, option: String)] = [],
        secrets: [String: String] = [:]
    ) throws -> Configuration {
        struct Missing: Error, CustomStringConvertible { let description = "no such file" }
        return try Configuration(
            .init(
                file: text.map { ("a.yaml", $0) }, environment: environment, options: options,
                readSecret: {
                    guard let secret = secrets[$0] else { throw Missing() }
                    return secret
                }))
    }

    private func complaint(_ text: String, environment: [String: String] = [:]) -> String {
        do {
            _ = try load(text, environment: environment)
            return "no complaint"
        } catch {
            return "\(error)"
        }
    }

    @Test("a batch that bad records alone could never bring to its commit is refused")
    func batchAndLimit() throws {
        let text = complaint("batch:\n  records: 5000\n")
        #expect(text.contains("a.yaml:2") && text.contains("dead-letters.in-a-row"))
        _ = try load("batch:\n  records: 5000\ndead-letters:\n  in-a-row: 5000\n")
    }

    @Test("a file that grows out of its aliases is refused before it grows")
    func aliases() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...24 {
            let inner = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(inner)]\n"
        }
        #expect(complaint(text).contains("refers to itself"))
    }

    @Test("an empty file, a comment and no file give the defaults")
    func defaults() throws {
        for text in [nil, "", "# nothing\n", "kafka:\n"] {
            let configuration = try load(text)
            #expect(configuration[Configuration.batchRecords] == 500)
            #expect(configuration[Configuration.largest] == 16 << 20)
            #expect(configuration.origin(of: Configuration.data) == .fallback)
        }
    }

    @Test("options override the environment, which overrides the file")
    func layers() throws {
        let text = "batch:\n  records: 7\n  bytes: 1MiB\n  wait: 20ms\n"
        let environment = ["GONGBAO_BATCH_RECORDS": "8", "GONGBAO_BATCH_BYTES": "2MiB"]
        let configuration = try load(
            text, environment: environment, options: [("batch.records", "9", "--set")])
        #expect(configuration[Configuration.batchRecords] == 9)
        #expect(configuration[Configuration.batchBytes] == 2 << 20)
        #expect(configuration[Configuration.batchWait] == .milliseconds(20))
        #expect(configuration.origin(of: Configuration.batchWait) == .file("a.yaml", line: 4))
    }

    @Test("an unknown key names its line and the nearest known one")
    func unknownKey() {
        let message = complaint("data: x\nbatch:\n  recrods: 3\n")
        #expect(message.contains("a.yaml:3") && message.contains("did you mean batch.records?"))
    }

    @Test("a bad value names its place, the value and what is allowed")
    func badValue() {
        let message = complaint("batch:\n  records: many\n")
        #expect(message.contains("a.yaml:2") && message.contains("\"many\"") && message.contains("from 1 to 100000"))
        let outside = complaint("", environment: ["GONGBAO_STOP_DEADLINE": "99d"])
        #expect(outside.contains("GONGBAO_STOP_DEADLINE") && outside.contains("15s"))
    }

    @Test(
        "broken files are one sentence that names the file",
        arguments: ["data: [1, 2]\n", "- a\n", "data: {\n", "data: a\ndata: b\n", "\tdata: a\n", "just words\n"])
    func broken(text: String) {
        let message = complaint(text)
        #expect(message.hasPrefix("a.yaml:") && !message.contains("\n"), "\(message)")
    }

    @Test(
        "a broken file is answered by one sentence that says where, what, and what is allowed",
        arguments: [
            ("batch:\n  recrods: 3\n", "a.yaml:2: there is no setting batch.recrods; did you mean batch.records?"),
            ("records: 5\n", "a.yaml:1: there is no setting records; did you mean batch.records?"),
            (
                "data: x\nkafka: localhost:9092\n",
                "a.yaml:2: kafka is no setting of its own; below it belong kafka.brokers, kafka.application, "
                    + "kafka.instance."
            ),
            (
                "kafka:\n  brokers: [a:1, b:2]\n",
                "a.yaml:2: kafka.brokers is a list, but must be HOST:PORT, several with commas between them."
            ),
            ("data:\n  path: x\n", "a.yaml:1: data has other settings below it, but must be a path."),
            (
                "batch:\n  records: 1e3\n",
                "a.yaml:2: batch.records is \"1e3\", but must be a whole number from 1 to 100000."
            ),
            (
                "batch:\n  bytes: 12 MB\n",
                "a.yaml:2: batch.bytes is \"12 MB\", but must be a size from 64KiB to 1GiB, such as 512KiB or 16MiB."
            ),
            (
                "stop:\n\n  # seconds\n  deadline: 15\n",
                "a.yaml:4: stop.deadline is \"15\", but must be a time from 1s to 10m, such as 500ms, 15s or 2m."
            ),
            ("data: a\nlog:\n  level: info\ndata: b\n", "a.yaml:4: data is written twice; keep one of them."),
            ("data: a\n\tlog: b\n", "a.yaml:2: this is not YAML: found a tab character that violates indentation."),
            (
                "log:\n  level:\n",
                "a.yaml:2: log.level is empty, but must be one of trace, debug, info, notice, warning, error, critical."
            ),
            (
                "kafka:\n  properties: ssl\n",
                "a.yaml:2: kafka.properties is no setting of its own; below it belong properties with their values."
            ),
            (
                "kafka:\n  properties:\n    a: b\n    c: [1]\n",
                "a.yaml:4: every property below kafka.properties must have one plain value, no list."
            ),
            (
                "kafka:\n  properties:\n    bootstrap.servers: a:1\n",
                "a.yaml:3: bootstrap.servers is set at kafka.brokers; move it there."
            ),
            (
                "kafka:\n  secrets:\n    sasl.password: /none\n",
                "a.yaml:3: the secret sasl.password cannot be read from /none: no such file."
            ),
            (
                "retry:\n  first: 1m\n  longest: 1s\n",
                "a.yaml:2: retry.first is 1m, but must not be longer than retry.longest, which is 1s."
            ),
            (
                "operations:\n  listen: 9640\n",
                "a.yaml:2: operations.listen is \"9640\", but must be auto, off, HOST:PORT or [IPV6]:PORT."
            ),
            ("- data\n", "a.yaml:1: the file must hold settings of the form `key: value`, and nothing else."),
            ("? [a]\n: b\n", "a.yaml:1: the name of a setting must be one plain word."),
        ])
    func sentences(text: String, sentence: String) {
        #expect(complaint(text) == sentence)
    }

    @Test("no bytes of a file do worse than one sentence with its name")
    func anyFile() {
        var state: UInt64 = 11
        let pieces = [
            "data", "kafka", "properties", ":", " ", "\n", "  ", "-", "[", "{", "\"", "a", "&a", "*a", "?", "!!", "\t",
            "\u{7F}", "é",
        ]
        for _ in 0..<3000 {
            var text = ""
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            let message = complaint(text)
            #expect(message == "no complaint" || (message.hasPrefix("a.yaml:") && !message.contains("\n")), "\(text)")
        }
    }

    @Test("properties are overridden on the command line; variables that are no settings are told")
    func optionsAndVariables() throws {
        let configuration = try load(
            "kafka:\n  properties:\n    linger.ms: 5\n",
            environment: ["GONGBAO_BATCH_RECORD": "1", "GONGBAO_DATA": "x"],
            options: [("kafka.properties.linger.ms", "9", "--set kafka.properties.linger.ms")])
        #expect(configuration.kafkaProperties["linger.ms"] == "9")
        #expect(configuration.kafkaOrigins["linger.ms"] == .option("--set kafka.properties.linger.ms"))
        #expect(configuration.unknownVariables.map(\.name) == ["GONGBAO_BATCH_RECORD"])
        #expect(configuration.unknownVariables.map(\.nearest) == ["GONGBAO_BATCH_RECORDS"])
    }

    @Test("the table of the documentation has every setting")
    func table() {
        for field in Configuration.descriptions { #expect(Configuration.table.contains("| `\(field.key)` |")) }
    }

    @Test("librdkafka properties pass through, secrets come from their files without the line feed")
    func properties() throws {
        let text = """
            kafka:
              brokers: a:1,b:2
              properties:
                security.protocol: SASL_SSL
                socket.timeout.ms: 1000
              secrets:
                sasl.password: /s/password
            """
        let configuration = try load(text, secrets: ["/s/password": "hunter2\n"])
        #expect(configuration.kafkaProperties["security.protocol"] == "SASL_SSL")
        #expect(configuration.kafkaProperties["socket.timeout.ms"] == "1000")
        #expect(configuration.kafkaProperties["sasl.password"] == "hunter2")
        #expect(configuration.secretProperties == ["sasl.password"])
        #expect(complaint(text).contains("a.yaml:7"))
    }

    @Test("the reference file loads and sets every field to its default")
    func reference() throws {
        let configuration = try load(Configuration.reference)
        #expect(configuration[Configuration.batchBytes] == Configuration.batchBytes.fallback)
        for field in Configuration.descriptions {
            let name = field.key.split(separator: ".").last.map(String.init) ?? field.key
            #expect(Configuration.reference.contains("\(name): "), "\(field.key)")
            #expect(Configuration.reference.contains(field.variable))
        }
    }
}

import Operations
import Testing

@Suite struct ConfigurationTests {
    private func load(
        _ text: String? = nil, environment: [String: String] = [:],
        options: [(key: String, value: String, option: String)] = [],
        secrets: [String: String] = [:]
    ) throws -> Configuration {
        struct Missing: Error {}
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

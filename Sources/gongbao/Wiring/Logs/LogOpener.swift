import EmbeddedLog
import Foundation
import Kafka
import Logging
import Operations
import Store
import TopicLog

/// Opens the log that the configuration names.
enum LogOpener {
    /// Kafka where brokers are configured, else the embedded log in the data directory.
    static func open(_ configuration: Configuration, logger: Logger) throws -> any TopicLog {
        let brokers = configuration[Configuration.brokers]
        if brokers.isEmpty {
            _ = try dataDirectory(configuration)
            return try EmbeddedLog(path: embeddedLogPath(configuration))
        }
        var properties = configuration.kafkaProperties
        properties["bootstrap.servers"] = brokers
        do {
            return TellingLog(
                try KafkaLog(properties: properties, secrets: configuration.secretProperties, logger: logger), logger)
        } catch let error as Failure where error.code == "bad_setting" {
            throw located(error, configuration)
        }
    }

    /// What librdkafka says against a property, with the place where it was written.
    private static func located(_ error: Failure, _ configuration: Configuration) -> any Error {
        let words = error.message.split { $0 == " " || $0 == ";" || $0 == ":" }.map(String.init)
        guard let property = words.first(where: { configuration.kafkaOrigins[$0] != nil }),
            let origin = configuration.kafkaOrigins[property]
        else { return error }
        let prefix = "Kafka: "
        let sentence = error.message.hasPrefix(prefix) ? String(error.message.dropFirst(prefix.count)) : error.message
        let isUnknown = sentence.contains("has no property")
        let nearest = isUnknown ? Spelling.nearest(to: property, in: KafkaLog.propertyNames) : nil
        return ConfigurationError("\(origin): \(sentence)" + (nearest.map { " Did you mean \($0)?" } ?? ""))
    }

    /// The path of the embedded log.
    static func embeddedLogPath(_ configuration: Configuration) -> String {
        configuration[Configuration.data] + "/topics.sqlite"
    }

    /// The data directory, made where it is missing.
    static func dataDirectory(_ configuration: Configuration) throws -> String {
        let path = configuration[Configuration.data]
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.failed("the data directory \(path) cannot be made; check who may write there.")
        }
        return path
    }

    /// Where the database is.
    static func database(_ configuration: Configuration) throws -> StoreAddress {
        let address = configuration[Configuration.database]
        if address.isEmpty { return .file(configuration[Configuration.data] + "/gongbao.sqlite") }
        return try database(address, configuration)
    }

    /// An address with the configured password.
    static func database(_ address: String, _ configuration: Configuration) throws -> StoreAddress {
        let file = configuration[Configuration.databasePasswordFile]
        return try StoreAddress(address, passwordFile: file.isEmpty ? nil : ConfigurationOptions.secretPath(file))
    }
}

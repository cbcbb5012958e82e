import Foundation

/// What is to be broken, how often, and where.
struct Settings {
    /// The gongbao to run.
    var program = ""
    /// SIGKILLs in all.
    var kills = 200
    /// How often something is taken away.
    var takings = 0
    /// SIGSTOPs past the session timeout, on Kafka.
    var freezes = 50
    var bulletins = 2_000
    var seed: UInt64 = 1
    /// Brokers to run on; none is the embedded log.
    var brokers = ""
    /// Address of an empty database that the disturbed runs fill, instead of a file; on the embedded log.
    var database: String?
    /// Starts that broker, in the foreground; with it the broker is killed and started again, too.
    var brokerCommand: String?
    /// The session timeout in seconds, on Kafka.
    var session = 6
    /// How often the recovery of a killed worker's partitions is measured, on Kafka.
    var recoveries = 5
    /// Tells on standard error what is done.
    var isVerbose = false

    init(_ arguments: [String], environment: [String: String]) throws {
        brokers = environment["GONGBAO_TEST_KAFKA"] ?? ""
        brokerCommand = environment["GONGBAO_TEST_KAFKA_START"]
        var rest = arguments.dropFirst()[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--kills": kills = try Self.number(argument, rest.popFirst())
            case "--takings": takings = try Self.number(argument, rest.popFirst(), from: 0)
            case "--freezes": freezes = try Self.number(argument, rest.popFirst(), from: 0)
            case "--bulletins": bulletins = try Self.number(argument, rest.popFirst())
            case "--seed": seed = UInt64(try Self.number(argument, rest.popFirst()))
            case "--session": session = try Self.number(argument, rest.popFirst())
            case "--recoveries": recoveries = try Self.number(argument, rest.popFirst(), from: 0)
            case "--brokers": brokers = rest.popFirst() ?? ""
            case "--broker-command": brokerCommand = rest.popFirst()
            case "--database": database = rest.popFirst()
            case "--embedded": brokers = ""
            case "--verbose": isVerbose = true
            case let option where option.hasPrefix("-"): throw Finding("there is no option \(option)")
            default: program = argument
            }
        }
        guard !program.isEmpty else { throw Finding("name the gongbao to run") }
    }

    private static func number(_ option: String, _ text: String?, from least: Int = 1) throws -> Int {
        guard let number = text.flatMap(Int.init), number >= least else {
            throw Finding("\(option) needs a number from \(least) on")
        }
        return number
    }
}

struct Finding: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

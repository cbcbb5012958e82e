import ArgumentParser
import BulletinModel
import Foundation
import Operations
import TopicLog
import Workers

/// `gongbao topics`: create, describe, lag, tail, check.
struct TopicsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "topics", abstract: "Creates and describes the topics, and shows what is in them.",
        subcommands: [Create.self, Describe.self, Lag.self, Tail.self, Check.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Creates the four topics; those that exist are left as they are.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let site = try Site(options)
            defer { site.close() }
            let created = try site.createTopics()
            for topic in site.topics.all {
                Say.line("\(topic) \(created.contains(topic) ? "created" : "exists")")
            }
        }
    }

    struct Describe: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows partitions, offsets and settings.")

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let site = try Site(options)
            defer { site.close() }
            let descriptions = try site.log.admin.describe(site.topics.all)
            let partitions = descriptions.flatMap { topic in
                (0..<Int32(topic.partitions)).map { TopicPartition(topic.name, $0) }
            }
            let marks = try site.log.admin.watermarks(partitions)
            let rows = partitions.sorted().map { partition in
                let mark = marks[partition] ?? Watermarks(low: 0, high: 0)
                return [partition.topic, "\(partition.partition)", "\(mark.low)", "\(mark.high)"]
            }
            let table = ColumnTable(["topic", "partition", "oldest", "next"], rightAligned: [1, 2, 3])
            print(table.lines(rows).joined(separator: "\n"))
            for topic in site.topics.all where !descriptions.contains(where: { $0.name == topic }) {
                Say.line("\(topic) does not exist; gongbao topics create makes it")
            }
        }
    }

    struct Lag: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows how many records each worker group has still to read.")

        @OptionGroup var watching: WatchOptions
        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let reader = try LagReader(try options.load())
            defer { reader.close() }
            var last: [TopicPartition: [String: Int64]] = [:]
            try watching.show { seconds in
                let lags = try reader.read()
                guard !lags.isEmpty else {
                    throw CommandFailure.failed("there are no topics; gongbao topics create makes them.")
                }
                let rows = lags.map { lag in
                    let before = last[lag.partition]?[lag.group]
                    let rate = before.flatMap { before in
                        seconds.map { Double((lag.committed ?? lag.marks.low) - before) / max(0.001, $0) }
                    }
                    last[lag.partition, default: [:]][lag.group] = lag.committed ?? lag.marks.low
                    return [
                        lag.group, lag.partition.topic, "\(lag.partition.partition)",
                        lag.committed.map { "\($0)" } ?? "-", "\(lag.marks.high)", "\(lag.records)",
                    ] + (watching.watch ? [rate.map { "\(Int($0.rounded()))" } ?? "-"] : [])
                }
                let heads =
                    ["group", "topic", "partition", "committed", "next", "lag"] + (watching.watch ? ["per s"] : [])
                return ColumnTable(heads, rightAligned: [2, 3, 4, 5, 6]).lines(rows)
            }
        }
    }

    struct Tail: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the newest records of a topic, one JSON object a line.")

        @Argument(help: "bulletins, articles, indicators or dead-letters.")
        var topic: String

        @Option(name: .shortAndLong, help: "How many records to begin with.")
        var number = 10

        @Flag(name: .shortAndLong, help: "Goes on with what arrives, until interrupted.")
        var follow = false

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let site = try Site(options)
            defer { site.close() }
            let names = Dictionary(
                uniqueKeysWithValues: zip(["bulletins", "articles", "indicators", "dead-letters"], site.topics.all))
            guard let name = names[topic] ?? (site.topics.all.contains(topic) ? topic : nil) else {
                throw CommandFailure.usedWrongly(
                    "there is no topic \(topic); use bulletins, articles, indicators or dead-letters.")
            }
            let reader = TopicReader(log: site.log)
            let ends = try reader.ends(of: name)
            let newest = try reader.newest(max(0, number), of: ends)
            func show(_ record: Record) {
                StandardOutput.emit(Array(JSONText.safe(RecordLine.json(record))))
            }
            newest.records.forEach(show)
            if follow { try reader.follow(from: newest.next, show) }
            guard newest.held.isEmpty else {
                let names = newest.held.map(\.description).joined(separator: ", ")
                throw CommandFailure.failed("these are not all records: what is newer in \(names) is held back.")
            }
        }
    }
}

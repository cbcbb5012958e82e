import ArgumentParser
import BulletinModel
import Foundation
import Messages
import Operations
import Store
import TopicLog
import Workers

/// `gongbao deadletters`: what could not be read, and trying it again.
struct DeadLettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deadletters", abstract: "Lists, shows and offers again what could not be used.",
        subcommands: [List.self, Show.self, RequeueAgain.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the dead letters in the topic.")

        @Option(help: "Only those with this code.")
        var code: String?

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let site = try Site(options)
            defer { site.close() }
            var rows: [[String]] = []
            try DeadLetterBox(site).forEach { letter, _ in
                guard code == nil || letter.code == code else { return }
                rows.append([
                    letter.id.rawValue, letter.worker ?? "", letter.code ?? "", DeadLetterBox.origin(letter),
                    "\(letter.attempts)", letter.failedAt ?? "", letter.reason.map(Say.text) ?? "",
                ])
            }
            let table = ColumnTable(
                ["id", "worker", "code", "input", "attempts", "failed at", "reason"], rightAligned: [4], widest: 72)
            print(table.lines(rows).joined(separator: "\n"))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one dead letter: why, from where, and what it says.")

        @Argument(help: "First digits of its id.")
        var id: String

        @Flag(help: "Writes the original bytes to standard output, and nothing else.")
        var bytes = false

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let site = try Site(options)
            defer { site.close() }
            guard let record = try DeadLetterBox(site).newest(named: [id]).first else { return }
            let letter = DeadLetterHeaders.read(record)
            if bytes {
                StandardOutput.emit(letter.value ?? [])
                return
            }
            for header in record.headers {
                let value = header.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
                print(Terminal.safe("\(header.name): \(value)"))
            }
            for line in Self.explained(letter) { print(Terminal.safe(line)) }
            print("")
            let value = letter.value ?? []
            print(Terminal.safe(String(decoding: value.prefix(2000), as: UTF8.self)))
            if value.count > 2000 { Say.line("… \(value.count) bytes; --bytes writes them all") }
        }

        /// Where it is from, why it is one, and what to do, in words.
        private static func explained(_ letter: DeadLetter) -> [String] {
            let m = Messages.current
            let cure = letter.code.flatMap { m.known("letter.\($0).cure") }
            return [
                (m("dead.input"), DeadLetterBox.origin(letter)), (m("dead.reason"), letter.reason.map(Say.text) ?? ""),
                (m("dead.cure"), cure ?? ""),
            ].filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }
        }
    }

    struct RequeueAgain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "requeue", abstract: "Offers dead letters again; they stay in the topic.",
            discussion: """
                After a repair, such as a larger limit or an edited lexicon. Of a dead letter that was offered before \
                and came back the newest is taken. gongbao run goes on with them.
                """)

        @Argument(help: "First digits of ids.")
        var ids: [String] = []

        @Option(help: "All with this code.")
        var code: String?

        @Flag(help: "All there are.")
        var all = false

        @OptionGroup var options: ConfigurationOptions

        func validate() throws {
            if [!ids.isEmpty, code != nil, all].filter(\.self).count != 1 {
                throw ValidationError("Name ids, or give --code or --all.")
            }
        }

        func run() throws {
            let configuration = try options.load()
            let site = try Site(configuration, logger: configuration.briefLogger)
            defer { site.close() }
            let box = DeadLetterBox(site)
            let code = code
            let chosen = try ids.isEmpty ? box.newest { all || $0.code == code } : box.newest(named: ids)
            var (appends, offers, impossible): ([Outgoing], [Workers.Input], Int) = ([], [], 0)
            for record in chosen {
                switch Requeue(record, topics: site.topics) {
                case .append(let outgoing): appends.append(outgoing)
                case .offer(let input): offers.append(input)
                case .impossible(let reason):
                    ExitStatus.complain(reason)
                    impossible += 1
                }
            }
            if !appends.isEmpty {
                let producer = try site.log.producer(transactionalID: site.name("requeue"))
                defer { producer.close() }
                for outgoing in appends { try producer.transact([outgoing], consumed: nil) }
            }
            var (again, outcome): (Int, Result<Void, any Error>) = (0, .success(()))
            if !offers.isEmpty {
                let offered = offers
                let worker = try Workforce(site).producer { ListedInputs(offered) }
                outcome = Result { try Shift([worker], configuration).run(inTurn: false) }
                again = worker.status.deadLetters.values.reduce(0, +)
            }
            let refused = again > 0 ? ", \(again) of them rejected once more" : ""
            Say.line("Offered \(appends.count + offers.count) again\(refused); \(impossible) cannot be.")
            try outcome.get()
            if impossible > 0 { throw CommandFailure.someRejected }
        }
    }
}

/// The dead-letter topic, read from its beginning.
struct DeadLetterBox {
    private let site: Site

    init(_ site: Site) {
        self.site = site
    }

    /// Hands on each dead letter with its record, partition by partition.
    func forEach(_ body: (DeadLetter, Record) throws -> Void) throws {
        let reader = TopicReader(log: site.log)
        let ends = try reader.ends(of: site.topics.deadLetters)
        try reader.read(from: ends.mapValues(\.low), to: ends.mapValues(\.high)) { record in
            try body(DeadLetterHeaders.read(record), record)
        }
    }

    /// The newest record of each dead letter that is wanted, in the order in which they first came.
    func newest(_ isWanted: (DeadLetter) -> Bool) throws -> [Record] {
        var records: [Record] = []
        var places: [DeadLetterID: Int] = [:]
        try forEach { letter, record in
            guard isWanted(letter) else { return }
            if let place = places[letter.id] {
                records[place] = record
            } else {
                places[letter.id] = records.count
                records.append(record)
            }
        }
        return records
    }

    /// The newest records of the dead letters whose identifiers begin so.
    ///
    /// - Throws: ``CommandFailure`` where one of these names none or several.
    func newest(named beginnings: [String]) throws -> [Record] {
        let records = try newest { letter in beginnings.contains { letter.id.rawValue.hasPrefix($0) } }
        for beginning in beginnings {
            let named = records.filter { DeadLetterHeaders.read($0).id.rawValue.hasPrefix(beginning) }
            if named.isEmpty {
                throw CommandFailure.failed("there is no dead letter \(beginning); gongbao deadletters list shows all.")
            }
            if named.count > 1 {
                let digits = beginning.isEmpty ? "nothing" : beginning
                throw CommandFailure.usedWrongly(
                    "\(named.count) dead letters begin with \(digits); give more digits.")
            }
        }
        return records
    }

    /// Where a dead letter came from, for people.
    static func origin(_ letter: DeadLetter) -> String {
        if let origin = letter.origin { return "\(origin.topic)/\(origin.partition)@\(origin.offset)" }
        return letter.input ?? ""
    }
}

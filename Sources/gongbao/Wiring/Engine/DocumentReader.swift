import BulletinModel
import Operations
import Reading
import TopicLog
import Workers

/// Reads documents, also those in archives and messages, and goes on when one is rejected.
struct DocumentReader: Sendable {
    let engine: Engine
    /// Whether there may be more than one document, so that each is named.
    let isSeveral: Bool
    private let arguments: [String]
    private let given: GivenBeside
    private let limit: Int
    /// What a single argument has: it decides whether there are several, and standard input is read but once.
    private let only: Result<[UInt8], any Error>?

    /// Reads these files with what is said of them; with none standard input. What is said of a file is none itself.
    init(_ files: [String], _ given: GivenBeside, _ configuration: Configuration, engine: Engine) {
        self.engine = engine
        self.given = given
        let arguments = files.isEmpty ? ["-"] : files.filter { !GivenBeside.isBeside($0) }
        let limit = configuration[Configuration.largest]
        let only = arguments.count == 1 ? Result { try Document(argument: arguments[0]).read(limit: limit) } : nil
        var hasMembers = false
        if let bytes = try? only?.get() {
            var unpacking = Unpacking(EngineReader(reading: engine))
            hasMembers = (try? unpacking.members(of: Input(name: "", content: .whole(bytes))).isEmpty) == false
        }
        (self.arguments, self.limit, self.only) = (arguments, limit, only)
        isSeveral = arguments.count > 1 || hasMembers
    }

    /// Has the articles of each document worked on, with its name, on all cores, and hands on what was made of each
    /// in the documents' order. What is rejected is told on standard error, in that order, too.
    ///
    /// - Returns: whether any was rejected.
    /// - Throws: ``CommandFailure`` where what reads them is missing, and they are not to blame.
    func forEach<Made: Sendable>(
        _ work: @Sendable (String, [Article]) -> Made, then body: (Made) -> Void
    ) throws -> Bool {
        var wasRejected = false
        // The first results come soon; after that the cores wait for one another seldom.
        var (start, size) = (0, 16)
        while start < arguments.count {
            let some = Array(arguments[start..<min(start + size, arguments.count)])
            for outcome in concurrentMap(some, { outcome(of: $0, work) }) {
                for step in outcome.steps {
                    switch step {
                    case .made(let made): body(made)
                    case .noted(let note): ExitStatus.complain(note)
                    case .rejected(let reason):
                        ExitStatus.complain(reason)
                        wasRejected = true
                    }
                }
                if let failure = outcome.failure { throw failure }
            }
            start += some.count
            size = min(size * 2, 256)
        }
        return wasRejected
    }

    /// What came of one argument.
    private struct Outcome<Made: Sendable>: Sendable {
        enum Step {
            case made(Made)
            case rejected(String)
            case noted(String)
        }
        var steps: [Step] = []
        var failure: (any Error)?
    }

    private func outcome<Made: Sendable>(
        of argument: String, _ work: (String, [Article]) -> Made
    ) -> Outcome<Made> {
        var outcome = Outcome<Made>()
        do {
            try read(argument) { name, _, _, articles in
                outcome.steps.append(.made(work(name, articles)))
            } tell: { sentence, isNote in
                outcome.steps.append(isNote ? .noted(sentence) : .rejected(sentence))
            }
        } catch {
            outcome.failure = error
        }
        return outcome
    }

    /// Hands on each document's name, identifier, text and articles, one after the other.
    func forEachDocument(_ body: (String, BulletinID, DecodedText, [Article]) -> Void) throws -> Bool {
        var wasRejected = false
        for argument in arguments {
            try read(argument, body) { sentence, isNote in
                ExitStatus.complain(sentence)
                if !isNote { wasRejected = true }
            }
        }
        return wasRejected
    }

    /// The documents of one argument.
    ///
    /// - Parameter tell: is given a sentence for each that cannot be taken, and for what of one is left out, which is a note.
    private func read(
        _ argument: String, _ body: (String, BulletinID, DecodedText, [Article]) -> Void,
        tell: (String, _ isNote: Bool) -> Void
    ) throws {
        let document = Document(argument: argument)
        let name = argument == "-" ? "stdin" : argument
        do {
            let bytes = try only?.get() ?? document.read(limit: limit)
            var unpacking = Unpacking(EngineReader(reading: engine))
            let input = Input(name: name, content: .whole(bytes))
            let given = try argument == "-" ? given.data() : given.data(of: argument)
            _ = try read(input, bytes, given, &unpacking, body) { member, sentence, isNote in
                // Paths are long, and the file's own name tells enough.
                tell("\(document.name)\(FileName.shown(String(member.dropFirst(name.count)))): \(sentence)", isNote)
            }
        } catch let refusal as Document.Refusal {
            tell("\(argument) \(refusal.reason)", false)
        } catch let problem as GivenData.Problem {
            tell(problem.message, false)
        }
    }

    /// One document, then those in it, of which all that is said of it but its title holds, too.
    ///
    /// - Returns: whether none was rejected.
    private func read(
        _ input: Input, _ bytes: [UInt8], _ given: GivenData, _ unpacking: inout Unpacking,
        _ body: (String, BulletinID, DecodedText, [Article]) -> Void,
        _ tell: (String, String, _ isNote: Bool) -> Void
    ) throws -> Bool {
        let members: [Input]
        do throws(Failure) { members = try unpacking.members(of: input) } catch {
            tell(input.name, error.message, false)
            return false
        }
        var isGood = true
        do throws(DecodeError) {
            let text = try engine.decode(bytes)
            for note in text.notes { tell(input.name, note, true) }
            if !text.isContainer {
                body(input.name, input.id, text, engine.segment(text, bulletin: input.id, given: given))
            }
        } catch {
            guard error.cause == .bytes else { throw CommandFailure.failed(error.message) }
            tell(input.name, error.message, false)
            isGood = false
        }
        for member in members {
            guard case .whole(let bytes) = member.content, bytes.count <= limit else {
                tell(member.name, "It is larger than the limit of \(limit) bytes (producer.largest).", false)
                isGood = false
                continue
            }
            if try !read(member, bytes, given.ofMembers, &unpacking, body, tell) { isGood = false }
        }
        return isGood
    }
}

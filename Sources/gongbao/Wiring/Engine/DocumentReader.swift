import BulletinModel
import Operations
import Reading
import TopicLog
import Workers

/// Reads documents one after the other, also those in archives and messages, and goes on when one is rejected.
struct DocumentReader {
    let engine: Engine
    /// Whether there may be more than one document, so that each is named.
    let isSeveral: Bool
    private let arguments: [String]
    private let limit: Int
    /// What a single argument has: it decides whether there are several, and standard input is read but once.
    private let only: Result<[UInt8], any Error>?

    /// Reads these files; with none standard input.
    init(_ files: [String], _ configuration: Configuration, engine: Engine) {
        self.engine = engine
        let arguments = files.isEmpty ? ["-"] : files
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

    /// Hands on the name and the articles of each document. What is rejected is told on standard error.
    ///
    /// - Returns: whether any was rejected.
    /// - Throws: ``CommandFailure`` where what reads them is missing, and they are not to blame.
    func forEach(_ body: (String, [Article]) -> Void) throws -> Bool {
        try forEachDocument { name, _, _, articles in body(name, articles) }
    }

    /// The same, with each document's identifier and text.
    func forEachDocument(_ body: (String, BulletinID, DecodedText, [Article]) -> Void) throws -> Bool {
        var wasRejected = false
        for argument in arguments {
            let document = Document(argument: argument)
            let name = argument == "-" ? "stdin" : argument
            do {
                let bytes = try only?.get() ?? document.read(limit: limit)
                var unpacking = Unpacking(EngineReader(reading: engine))
                let input = Input(name: name, content: .whole(bytes))
                let isGood = try read(input, bytes, &unpacking, body) { member, reason in
                    // Paths are long, and the file's own name tells enough.
                    ExitStatus.complain(
                        "\(document.name)\(FileName.shown(String(member.dropFirst(name.count)))): \(reason)")
                }
                if !isGood { wasRejected = true }
            } catch let refusal as Document.Refusal {
                ExitStatus.complain("\(argument) \(refusal.reason)")
                wasRejected = true
            }
        }
        return wasRejected
    }

    /// One document, then those in it.
    ///
    /// - Returns: whether none was rejected.
    private func read(
        _ input: Input, _ bytes: [UInt8], _ unpacking: inout Unpacking,
        _ body: (String, BulletinID, DecodedText, [Article]) -> Void, _ reject: (String, String) -> Void
    ) throws -> Bool {
        let members: [Input]
        do throws(Failure) { members = try unpacking.members(of: input) } catch {
            reject(input.name, error.message)
            return false
        }
        var isGood = true
        do throws(DecodeError) {
            let text = try engine.decode(bytes)
            if !text.isContainer {
                body(input.name, input.id, text, engine.segment(text, bulletin: input.id))
            }
        } catch {
            guard error.cause == .bytes else { throw CommandFailure.failed(error.message) }
            reject(input.name, error.message)
            isGood = false
        }
        for member in members {
            guard case .whole(let bytes) = member.content, bytes.count <= limit else {
                reject(member.name, "It is larger than the limit of \(limit) bytes (producer.largest).")
                isGood = false
                continue
            }
            if try !read(member, bytes, &unpacking, body, reject) { isGood = false }
        }
        return isGood
    }
}

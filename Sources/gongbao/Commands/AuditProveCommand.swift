import ArgumentParser
import Audit
import BulletinModel
import Foundation
import Operations
import Reading
import Workers

extension AuditCommand {
    struct Prove: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a bundle that proves one figure to anyone who has the log's public key.",
            discussion: """
                The bundle holds the bulletin's bytes, the records of bulletin, article, indicator and closing with their \
                coordinates and headers, the lexicon, and what leads from each record to the root of the archive's Merkle \
                tree, which the checkpoint signs. gongbao audit check says what it proves.
                """)

        @Argument(help: "The indicator's identifier, as query and extract print it.")
        var id: String

        @Option(help: ArgumentHelp("The archive, with a signed checkpoint.", valueName: "dir"))
        var archive: String

        @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the bundle.", valueName: "file"))
        var output: String

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let configuration = try options.load()
            let topics = Topics(prefix: configuration[Configuration.topicPrefix])
            let (lexicon, tables) = (try LexiconFiles.load(configuration), try LexiconFiles.tables(configuration))
            let prover = Prover(
                try ArchiveReader(path: archive),
                topics: topics,
                engine: Engine.reading(with: lexicon),
                tables: tables)
            let bytes: [UInt8]
            do {
                bytes = try prover.prove(IndicatorID(rawValue: id))
            } catch let problem as ArchiveProblem {
                throw CommandFailure.failed("the archive's file \(problem)")
            }
            try OutputFile.write(bytes, to: output, "the bundle")
            Say.line(
                "Wrote \(output), \(bytes.count) bytes. Check it with: gongbao audit check \(output) --key PUBLIC-KEY-FILE"
            )
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks the proof of a figure and says what it proves; needs the bundle and the public key alone."
        )

        @Argument(help: "The bundle.")
        var file: String

        @Option(help: ArgumentHelp("The log's public key, or the file that has it.", valueName: "key"))
        var key: String

        func run() throws {
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
            let isFile = attributes?[.type] as? FileAttributeType == .typeRegular
            guard !isFile || size <= ZipArchive.mostBytes else {
                throw CommandFailure.failed("the bundle \(file) has \(size) bytes, more than a proof can have.")
            }
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw CommandFailure.failed("the bundle \(file) cannot be read.")
            }
            let verifier = try (try? NoteVerifier(parsing: key)) ?? AuditKeys.verifier(key)
            do throws(ProofProblem) {
                let check = try ProofCheck(
                    Array(bytes), key: verifier, pdf: PdfToText().reader, documents: .office, in: .current)
                var lines = check.sentences
                if let passage = check.passage {
                    lines.append("…\(passage.before)【\(passage.quote)】\(passage.after)…")
                }
                print(lines.map { Terminal.safe($0) }.joined(separator: "\n\n"))
            } catch {
                throw CommandFailure.failed("\(file) proves nothing: \(error.message)")
            }
        }
    }
}

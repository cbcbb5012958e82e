import ArgumentParser
import Audit

/// `gongbao audit`: what an auditor needs.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Keeps the topics' bytes for years, verifies and proves figures from them, makes keys that sign.",
        subcommands: [
            AuditArchiveCommand.self, Verify.self, Compare.self, Prove.self, Check.self, Key.self,
        ])

    struct Key: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a key pair: the private half in a file for its owner alone, the public half beside it.",
            discussion: "The public half, in FILE.pub, is what others verify checkpoints with; give it away freely.")

        @Option(help: ArgumentHelp("Name of the log that the key signs for, such as example.org/gongbao."))
        var name: String

        @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the private half.", valueName: "file"))
        var output: String

        func validate() throws {
            guard NoteVerifier.isName(name) else {
                throw ValidationError("--name must be a name without blanks and plus signs.")
            }
        }

        func run() throws {
            do throws(NoteKeyError) {
                let signer = try NoteSigner(generating: name)
                try NoteKeyFile.write(signer, to: output)
                print(signer.verifier.description)
            } catch {
                throw CommandFailure.failed("the key \(error.message).")
            }
        }
    }
}

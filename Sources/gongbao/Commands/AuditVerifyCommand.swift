import ArgumentParser
import Audit
import Foundation
import Messages
import Operations

/// How reports are printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
    /// Aligned columns and sentences for people.
    case table
    /// One JSON object.
    case json
}

extension AuditCommand {
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Derives everything again from the bulletins' bytes and says whether topics and database hold.",
            discussion: """
                It accounts for every offset, holds every record to its digest and identifiers, derives every article \
                and every indicator again and compares them field by field, holds closing records to what they close, \
                and every row of the database to its record. What differs is missing, extra, changed, tampered, or of \
                another engine. It ends with 0 only if all holds.

                A second audit of the same span reads and digests every byte again, but takes apart only what is not \
                what it was: what was noted of records and rows stands in DATA/audit with their SHA-256, listed in an \
                index that is signed with --key, and one stretch of records in 32 is taken apart, and its bulletins \
                are derived, again at random. --full does so with all of them; so does an audit without --key before \
                it tells of any difference.

                It never touches the offsets of worker groups. The embedded log is read by the process that owns it: \
                stop a run first, or verify an archive.
                """)

        @OptionGroup var span: SpanOptions

        @Option(help: ArgumentHelp("Reads the archive in this directory instead of the log.", valueName: "dir"))
        var archive: String?

        @Option(
            help: ArgumentHelp("With --archive: public key that must have signed its checkpoint.", valueName: "file"))
        var checkpointKey: String?

        @Flag(help: "Derives everything again, whatever earlier audits remember.")
        var full = false

        @Flag(inversion: .prefixedNo, help: "Compares with the database; by default where there is one.")
        var database: Bool?

        @Option(help: ArgumentHelp("Private key that signs what this audit remembers for the next.", valueName: "file"))
        var key: String?

        @Option(help: "How to print the result.")
        var format: ReportFormat = .table

        @Option(help: ArgumentHelp("Writes a page that browsers show and printers print.", valueName: "file"))
        var html: String?

        @OptionGroup var options: ConfigurationOptions

        func run() throws {
            let configuration = try options.load()
            let site = try AuditSite(
                configuration, archive: archive, verifier: try checkpointKey.map { try AuditKeys.verifier($0) },
                withDatabase: database)
            defer { site.close() }
            let signer = try key.map { try AuditKeys.signer($0) }
            let deriver = Deriver(site.engine)
            let subject = try site.subject()
            let memory = try AuditMemory(
                configuration[Configuration.data] + "/audit", engine: deriver.version, topics: subject.topics,
                signer: signer, isFresh: full)
            let report = try Auditor(subject, deriver: deriver).verify(
                span.span, words: span.words, memory: memory, sheets: html == nil ? 0 : AuditPage.sheets, now: site.now)
            switch format {
            case .table: print(AuditTable.lines(report).joined(separator: "\n"))
            case .json: FileHandle.standardOutput.write(Data(report.json))
            }
            if let html { try OutputFile.write(Array(AuditPage(report, .current).html.utf8), to: html, "the page") }
            if !report.holds {
                throw CommandFailure(status: .failed, message: "the audit found \(AuditTable.differences(report)).")
            }
        }
    }
}

/// Reads key files for commands.
enum AuditKeys {
    /// A private key.
    static func signer(_ path: String) throws -> NoteSigner {
        do throws(NoteKeyError) { return try NoteKeyFile.signer(at: path) } catch {
            throw CommandFailure.usedWrongly("the key \(path) \(error.message).")
        }
    }

    /// A public key.
    static func verifier(_ path: String) throws -> NoteVerifier {
        do throws(NoteKeyError) { return try NoteKeyFile.verifier(at: path) } catch {
            throw CommandFailure.usedWrongly("the key \(path) \(error.message).")
        }
    }
}

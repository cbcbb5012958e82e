import Audit
import Foundation
import Operations
import TopicLog
import Workers

/// The archive worker knows no archive and the archive no worker; here they meet.
extension ArchiveWriter: RecordArchive {}

/// Finds the archive and the keys that options and configuration name.
enum ArchiveFiles {
    /// The archive's directory.
    static func directory(_ option: String?, _ configuration: Configuration) -> String {
        let configured = configuration[Configuration.archive]
        return option ?? (configured.isEmpty ? configuration[Configuration.data] + "/archive" : configured)
    }

    /// The key that signs; nil where none is named.
    static func signer(_ option: String?, _ configuration: Configuration) throws -> NoteSigner? {
        let path = option ?? configuration[Configuration.archiveKey]
        guard !path.isEmpty else { return nil }
        do throws(NoteKeyError) {
            return try NoteKeyFile.signer(at: path)
        } catch {
            throw CommandFailure.usedWrongly("the key file \(path) \(error.message).")
        }
    }

    /// The public half of the key that signs: as named, or else beside the configured key.
    static func verifier(_ option: String?, _ configuration: Configuration) throws -> NoteVerifier? {
        let configured = configuration[Configuration.archiveKey]
        let path = option ?? (configured.isEmpty ? "" : configured + ".pub")
        guard !path.isEmpty else { return nil }
        do throws(NoteKeyError) {
            return try NoteKeyFile.verifier(at: path)
        } catch {
            throw CommandFailure.usedWrongly("the public key \(path) \(error.message).")
        }
    }
}

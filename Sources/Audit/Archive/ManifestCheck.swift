import BulletinModel

extension ArchiveReader {
    /// The lines of the manifest that are not what was written.
    var manifestProblems: [ArchiveProblem] {
        manifest.damage.map { damage in
            ArchiveProblem(
                damage.reason == "is missing" ? .missing : .damaged, file: ArchiveManifest.name,
                "line \(damage.line) \(damage.reason)")
        }
    }

    /// Why checkpoint and manifest do not belong together, such as a manifest that lost its last lines; nil where
    /// they do, or there is no checkpoint. Signatures are not looked at.
    public var checkpointProblem: ArchiveProblem? {
        do throws(ArchiveProblem) {
            _ = try heldCheckpoint(nil)
            return nil
        } catch {
            return error
        }
    }

    /// The checkpoint, held to the manifest, and to the key where one is given; nil where there is
    /// neither checkpoint nor key.
    func heldCheckpoint(_ key: NoteVerifier?) throws(ArchiveProblem) -> Checkpoint? {
        guard let note = checkpoint else {
            if key == nil { return nil }
            throw ArchiveProblem(
                .missing, file: ArchiveCheckpoint.name,
                "is missing; nothing shows that the manifest is the one that was signed")
        }
        let checkpoint: Checkpoint
        do throws(SignedNote.Problem) {
            if let key {
                checkpoint = try Checkpoint(note: note, verifiedWith: key)
            } else {
                checkpoint = try ArchiveCheckpoint.unverified(note)
            }
        } catch {
            throw ArchiveProblem(.tampered, file: ArchiveCheckpoint.name, error.message)
        }
        if checkpoint.size == 0 { return checkpoint }
        guard let entry = manifest.entries.first(where: { $0.leaf + $0.records == checkpoint.size }) else {
            throw ArchiveProblem(
                .tampered, file: ArchiveManifest.name,
                "has no segment that ends at the \(checkpoint.size) records that the checkpoint says: it was cut or changed"
            )
        }
        guard MerkleFrontier(count: checkpoint.size, peaks: entry.peaks)?.root == checkpoint.root else {
            throw ArchiveProblem(
                .tampered, file: ArchiveCheckpoint.name, "has another root than the records lead to")
        }
        guard manifest.heads[checkpoint.size] == ArchiveCheckpoint.head(of: checkpoint) else {
            throw ArchiveProblem(
                .tampered, file: ArchiveManifest.name, "is not the one that the checkpoint was signed over")
        }
        return checkpoint
    }
}

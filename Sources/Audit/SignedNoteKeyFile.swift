import Foundation

/// Keeps keys in files: the private half where only its owner can read it.
public enum NoteKeyFile {
    /// Writes a new key's private half to `path`, readable by its owner alone, and its public
    /// half to `path.pub`. Neither file may exist yet: a key that signed is not to be lost.
    ///
    /// - Throws: ``NoteKeyError`` with what to do.
    public static func write(_ signer: NoteSigner, to path: String) throws(NoteKeyError) {
        try create(path, signer.secret + "\n", mode: 0o600)
        do throws(NoteKeyError) {
            try create(path + ".pub", signer.verifier.description + "\n", mode: 0o644)
        } catch {
            // Half a pair, of which nobody has seen the public half, is of no use.
            unlink(path)
            throw error
        }
    }

    /// Reads a private key; refuses a file that others than its owner may read.
    ///
    /// - Throws: ``NoteKeyError``, which never quotes the file.
    public static func signer(at path: String) throws(NoteKeyError) -> NoteSigner {
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure("cannot be read", path) }
        // Who mixes the two up should not be told to hide a public key.
        if (try? verifier(at: path)) != nil {
            throw NoteKeyError(message: "is a public key; a private one is needed here")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw NoteKeyError(
                message: "may be read by others than its owner; run chmod 600 \(path), or make a new key")
        }
        return try NoteSigner(parsing: try text(path))
    }

    /// Reads a public key.
    ///
    /// - Throws: ``NoteKeyError``.
    public static func verifier(at path: String) throws(NoteKeyError) -> NoteVerifier {
        try NoteVerifier(parsing: try text(path))
    }

    private static func text(_ path: String) throws(NoteKeyError) -> String {
        // A pipe without a writer would never answer; nothing is waited for.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot be read", path) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw NoteKeyError(message: "is no key file")
        }
        // A key is a line; whatever else stands in the file is never read as a whole.
        guard let data = try? handle.read(upToCount: 4097), data.count <= 4096,
            let text = String(validating: data, as: UTF8.self)
        else { throw NoteKeyError(message: "is no key file") }
        return text
    }

    private static func create(_ path: String, _ text: String, mode: mode_t) throws(NoteKeyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST {
                throw NoteKeyError(message: "exists already (\(path)); choose another name, or move it away")
            }
            throw failure("cannot be made", path)
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
            let error = failure("cannot be written", path)
            unlink(path)
            throw error
        }
    }

    private static func failure(_ what: String, _ path: String) -> NoteKeyError {
        NoteKeyError(message: "\(what) (\(path): \(String(cString: strerror(errno)).lowercased()))")
    }
}

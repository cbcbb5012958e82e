import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where a command writes a file that was asked for by name.
enum OutputFile {
    /// Whether bytes must go straight there: a device, a pipe or `/dev/stdout` is not to be replaced by a file,
    /// which who may write to its directory could do.
    static func isStream(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
    }

    /// Writes a whole file or none.
    ///
    /// - Parameter what: what the file is, for the message.
    static func write(_ bytes: [UInt8], to path: String, _ what: String) throws {
        do {
            guard isStream(path) else {
                return try Data(bytes).write(to: URL(filePath: path), options: .atomic)
            }
            guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileWriteNoPermission) }
            try file.write(contentsOf: Data(bytes))
            try file.close()
        } catch {
            let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
            let reason = isFull ? "the disk is full" : "check the directory"
            throw CommandFailure.failed("\(what) \(path) cannot be written; \(reason).")
        }
    }
}

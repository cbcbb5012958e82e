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

    /// Refuses a file that gongbao itself keeps things in, whatever it is called: a database, the embedded log,
    /// a file of an archive, a private key. What is asked for is a table or a page, and what would go cannot be
    /// had again.
    static func requireReplaceable(_ path: String) throws {
        guard let kind = kept(path) else { return }
        throw CommandFailure.usedWrongly("\(path) is \(kind) and is not replaced; name another file.")
    }

    private static func kept(_ path: String) -> String? {
        for beside in ["-wal", "-shm", "-journal"] where path.hasSuffix(beside) {
            if head(of: String(path.dropLast(beside.count))).starts(with: Array("SQLite format 3".utf8)) {
                return "part of a database"
            }
        }
        let head = head(of: path)
        if head.starts(with: Array("SQLite format 3".utf8)) { return "a database or log" }
        if head.starts(with: Array("PRIVATE+KEY+".utf8)) { return "a private key" }
        if head.starts(with: Array("gbindex1".utf8)) || head.starts(with: Array("gbnames1".utf8)) {
            return "a file of an archive"
        }
        let folder = URL(filePath: path).deletingLastPathComponent()
        // Segments lie two folders below the manifest.
        for up in ["manifest", "../../manifest"] where !head.isEmpty {
            let manifest = String(decoding: self.head(of: folder.appending(path: up).path), as: UTF8.self)
            let name = URL(filePath: path).lastPathComponent
            if manifest.contains("gongbao-archive"), up != "manifest" || ["manifest", "checkpoint"].contains(name) {
                return "a file of an archive"
            }
        }
        return nil
    }

    private static func head(of path: String) -> [UInt8] {
        guard !isStream(path), let file = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? file.close() }
        return (try? file.read(upToCount: 256)).map { Array($0) } ?? []
    }

    /// Writes a whole file or none.
    ///
    /// - Parameter what: what the file is, for the message.
    static func write(_ bytes: [UInt8], to path: String, _ what: String) throws {
        try requireReplaceable(path)
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

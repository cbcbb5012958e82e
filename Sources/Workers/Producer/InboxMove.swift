import Foundation

/// Moves a file of an inbox to where it was told to go, also to another file system.
enum InboxMove {
    /// Moves a file into a directory under a path in it. A name that is taken there gets a number.
    ///
    /// - Returns: its path in the directory.
    /// - Throws: why it stays where it was; nothing is left of it there.
    static func move(_ from: String, to directory: String, as name: String) throws(InputFile.Problem) -> String {
        try makeDirectories(of: name, in: directory)
        for number in 0..<10_000 {
            let new = number == 0 ? name : "\(name).\(number)"
            let target = directory + "/" + new
            if FileName.lend(target, { access($0, F_OK) }) == 0 { continue }
            if FileName.lend(from, { old in FileName.lend(target) { rename(old, $0) } }) == 0 { return new }
            guard errno == EXDEV else { throw InputFile.Problem(moving: from, errno) }
            try copy(from, to: target)
            return new
        }
        throw InputFile.Problem(moving: from, EEXIST)
    }

    /// The directories that a file lay in are made there, too.
    private static func makeDirectories(of name: String, in directory: String) throws(InputFile.Problem) {
        var path = directory
        for part in name.split(separator: "/").dropLast() {
            path += "/" + part
            guard FileName.lend(path, { mkdir($0, 0o777) }) != 0, errno != EEXIST else { continue }
            throw InputFile.Problem(moving: name, errno)
        }
    }

    /// A copy under a hidden name is on the disk before it gets its own, and only then the original goes.
    private static func copy(_ from: String, to target: String) throws(InputFile.Problem) {
        let last = FileName.last(target)
        let partial = String(target.dropLast(last.count)) + "." + last + ".partial"
        let source = FileName.lend(from) { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
        guard source >= 0 else { throw InputFile.Problem(moving: from, errno) }
        defer { close(source) }
        var info = stat()
        guard fstat(source, &info) == 0 else { throw InputFile.Problem(moving: from, errno) }
        let copy = FileName.lend(partial) { open($0, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, info.st_mode & 0o777) }
        guard copy >= 0 else { throw InputFile.Problem(moving: from, errno) }
        do throws(InputFile.Problem) {
            defer { close(copy) }
            try copyBytes(source, copy, from)
            guard fsync(copy) == 0 else { throw InputFile.Problem(moving: from, errno) }
            var times = [info.st_atim, info.st_mtim]
            futimens(copy, &times)
        } catch {
            _ = FileName.lend(partial) { unlink($0) }
            throw error
        }
        guard FileName.lend(partial, { old in FileName.lend(target) { rename(old, $0) } }) == 0,
            FileName.lend(from, { unlink($0) }) == 0
        else { throw InputFile.Problem(moving: from, errno) }
    }

    private static func copyBytes(_ source: Int32, _ target: Int32, _ name: String) throws(InputFile.Problem) {
        while true {
            let bytes = try InputFile.read(source, name, atMost: 1 << 20)
            if bytes.isEmpty { return }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw InputFile.Problem(moving: name, errno) }
                rest = rest.dropFirst(count)
            }
        }
    }
}

extension InputFile.Problem {
    /// What the system said when a file was to be moved.
    fileprivate init(moving path: String, _ number: Int32) {
        self.init(
            number: number, reason: "\(FileName.shown(FileName.last(path))): \(String(cString: strerror(number))).")
    }
}

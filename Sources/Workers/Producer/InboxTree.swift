import Foundation

/// The files of an inbox and of the directories in it that are looked at.
struct InboxTree {
    /// How deep directories are followed.
    static let deepest = 16
    private let root: String
    /// Device and number of the directory that is left out.
    private let left: (UInt64, UInt64)?
    private let patterns: [String]

    /// The inbox at a path, without the directory that files are moved to, should it lie in it.
    ///
    /// - Parameter patterns: of which a file must fit one; none takes all.
    init(_ root: String, without other: String?, patterns: [String] = []) {
        self.root = root
        self.patterns = patterns
        left = other.flatMap { Self.identity($0, followingLinks: true)?.number }
    }

    /// Whether a file at a path in the inbox is looked at.
    func takes(_ path: String) -> Bool {
        guard Self.isVisible(path) else { return false }
        return patterns.isEmpty
            || patterns.contains { pattern in
                let name = pattern.contains("/") ? path : FileName.last(path)
                return FileName.lend(name) { name in FileName.lend(pattern) { fnmatch($0, name, 0) } } == 0
            }
    }

    /// Whether a file or directory of that name is looked at: neither hidden nor unfinished, nor what programs or
    /// people put beside files.
    static func isVisible(_ path: String) -> Bool {
        let name = FileName.last(path)
        if name.isEmpty || name.hasPrefix(".") || name.hasSuffix("~") || name.hasPrefix("~$") { return false }
        let lower = name.lowercased()
        if ["thumbs.db", "desktop.ini"].contains(lower) { return false }
        return ![
            ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".opdownload", ".aria2", ".swp",
            ".filepart", GivenBeside.ending,
        ].contains { lower.hasSuffix($0) }
    }

    /// Paths of all files that are looked at, and of directories that cannot be; nil where the inbox itself cannot.
    ///
    /// - Parameter watch: called with each directory before it is listed, so that nothing falls between.
    func files(watching watch: (String) -> Void) -> (files: Set<String>, unreadable: Set<String>)? {
        guard let first = names(of: "") else { return nil }
        var files: Set<String> = []
        var unreadable: Set<String> = []
        var open: [(directory: String, names: [String], depth: Int)] = [("", first, 0)]
        while let (directory, names, depth) = open.popLast() {
            // A Maildir keeps in tmp what is still being delivered.
            let isMaildir = Set(names).isSuperset(of: ["cur", "new", "tmp"])
            for name in names where Self.isVisible(name) {
                let path = directory.isEmpty ? name : directory + "/" + name
                guard let found = Self.identity(root + "/" + path, followingLinks: false) else { continue }
                guard found.isDirectory else {
                    if takes(path) { files.insert(path) }
                    continue
                }
                let isLeft = left.map { $0 == found.number } ?? false
                guard !isLeft, depth < Self.deepest, !(isMaildir && name == "tmp") else { continue }
                watch(path)
                if let names = self.names(of: path) {
                    open.append((path, names, depth + 1))
                } else {
                    unreadable.insert(path)
                }
            }
        }
        return (files, unreadable)
    }

    /// The names in a directory of the inbox; nil where it cannot be read. Where one may be listed and not entered,
    /// no file in it could be looked at.
    func names(of directory: String) -> [String]? {
        let path = directory.isEmpty ? root : root + "/" + directory
        guard FileName.lend(path, { access($0, X_OK) }) == 0 else { return nil }
        return FileName.list(path)
    }

    private static func identity(
        _ path: String, followingLinks: Bool
    ) -> (number: (UInt64, UInt64), isDirectory: Bool)? {
        var info = stat()
        guard FileName.lend(path, { followingLinks ? stat($0, &info) : lstat($0, &info) }) == 0 else { return nil }
        return ((UInt64(info.st_dev), UInt64(info.st_ino)), info.st_mode & S_IFMT == S_IFDIR)
    }
}

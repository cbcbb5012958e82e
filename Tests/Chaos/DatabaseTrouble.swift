import Foundation
import GRDB

/// Makes the database that the sinks share slow, locked, full or forbidden for a while.
final class DatabaseTrouble {
    enum Kind: String, CaseIterable {
        /// Another process holds the lock for longer than a writer waits.
        case locked
        /// Another process holds the lock again and again.
        case slow
        /// The disk is full.
        case full
        /// Whoever opens it anew may not write.
        case revoked
    }

    let folder: URL
    var database: String { folder.appending(path: "gongbao.sqlite").path }
    /// What can be done here: only root mounts a disk to fill.
    private(set) var kinds: [Kind] = [.locked, .slow, .revoked]
    private let queue = DispatchQueue(label: "chaos.database")
    private(set) var isRevoked = false
    /// What fills the disk.
    var ballast: URL { folder.appending(path: "ballast") }

    init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if getuid() == 0, try Self.run("mount", ["-t", "tmpfs", "-o", "size=1g", "tmpfs", folder.path]) == 0 {
            kinds.append(.full)
        }
    }

    /// The disk goes; what is on it is copied to a place when that is given.
    func finish(keeping place: URL?) {
        guard kinds.contains(.full) else { return }
        try? FileManager.default.removeItem(at: ballast)
        if let place { try? FileManager.default.copyItem(at: folder, to: place) }
        _ = try? Self.run("umount", ["-l", folder.path])
    }

    /// What a sink is started with, so that file modes mean something even to root.
    static func prefix() -> [String] {
        getuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : []
    }

    /// Begins; returns once it holds.
    func begin(_ kind: Kind, for seconds: Double) throws {
        switch kind {
        case .locked: try hold(for: seconds, pause: 0)
        case .slow: try hold(for: 1.5, pause: 0.2, times: max(1, Int(seconds / 1.7)))
        case .full: try fill()
        case .revoked: try permit(false)
        }
    }

    func end(_ kind: Kind) throws {
        switch kind {
        case .locked, .slow: queue.sync {}
        case .full: try FileManager.default.removeItem(at: ballast)
        case .revoked: try permit(true)
        }
    }

    private func hold(for seconds: Double, pause: Double, times: Int = 1) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(30)
        let other = try DatabaseQueue(path: database, configuration: configuration)
        queue.async {
            for _ in 0..<times {
                try? other.inDatabase { database in
                    try database.execute(sql: "BEGIN IMMEDIATE")
                    usleep(UInt32(seconds * 1_000_000))
                    try database.execute(sql: "ROLLBACK")
                }
                usleep(UInt32(pause * 1_000_000))
            }
            try? other.close()
        }
    }

    private func fill() throws {
        let piece = Data(count: 1 << 20)
        _ = FileManager.default.createFile(atPath: ballast.path, contents: nil)
        let file = open(ballast.path, O_WRONLY)
        defer { close(file) }
        // To the last page, so that not even a small write fits.
        for size in [1 << 20, 4096] {
            while piece.withUnsafeBytes({ write(file, $0.baseAddress, size) }) > 0 {}
        }
    }

    private func permit(_ isPermitted: Bool) throws {
        isRevoked = !isPermitted
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            chmod(folder.appending(path: name).path, isPermitted ? 0o644 : 0o444)
        }
        chmod(folder.path, isPermitted ? 0o755 : 0o555)
    }

    private static func run(_ command: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

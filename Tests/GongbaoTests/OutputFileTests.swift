import Foundation
import Testing

@testable import gongbao

/// What is asked for never replaces what cannot be had again.
@Suite struct OutputFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "output-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
        return url.path
    }

    @Test("databases, logs, archives and keys stay, whatever they are called")
    func kept() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = Array("SQLite format 3\0 and so on".utf8)
        let manifest = String(repeating: "0", count: 64) + " {\"format\":\"gongbao-archive\",\"version\":1}\n"
        _ = try file("archive/manifest", Array(manifest.utf8))
        _ = try file("gongbao.sqlite", database)
        let kept = [
            try file("table.csv", database), try file("page.html", Array("PRIVATE+KEY+example.org+1".utf8)),
            try file("gongbao.sqlite-wal", [1, 2, 3]), try file("archive/checkpoint", Array("example.org".utf8)),
            try file("archive/t/0/00000000000000000000.zst", [0x28, 0xB5, 0x2F, 0xFD]),
            try file("i", Array("gbindex1".utf8)),
            folder.appending(path: "archive/manifest").path,
        ]
        for path in kept {
            let before = FileManager.default.contents(atPath: path)
            #expect(throws: CommandFailure.self, "\(path)") { try OutputFile.write([1], to: path, "the page") }
            #expect(FileManager.default.contents(atPath: path) == before)
        }
    }

    @Test("what a command wrote before, and what is new, is written")
    func written() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in [
            try file("old.csv", Array("a,b\n".utf8)), folder.appending(path: "new.html").path, try file("e", []),
        ] {
            try OutputFile.write([7], to: path, "the page")
            #expect(FileManager.default.contents(atPath: path) == Data([7]))
        }
    }
}

import Foundation
import Testing

/// deploy/install.sh and deploy/uninstall.sh, below a directory of their own.
@Suite struct InstallerTests {
    private let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    private func run(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let output = place.appending(path: "out")
        try Data().write(to: output)
        let process = Process()
        process.executableURL = root.appending(path: "deploy/\(script)")
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = process.standardOutput
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }

    /// Paths of all files below a directory, with what they hold.
    private func files(_ place: URL) throws -> [String: Data] {
        let all = FileManager.default.enumerator(atPath: place.path)?.compactMap { $0 as? String } ?? []
        return try all.reduce(into: [:]) { found, path in
            var isDirectory = false
            let full = place.appending(path: path)
            isDirectory = try full.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
            if !isDirectory { found[path] = try Data(contentsOf: full) }
        }
    }

    @Test("installs everything below a prefix, again without a change, and takes it all away but the configuration")
    func life() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let arguments = ["--root", place.path, "--prefix", "/opt/gongbao"]
        let install = arguments + ["--program", Program.path]

        let rehearsal = try run("install.sh", install + ["--dry-run"])
        #expect(rehearsal.status == 0 && rehearsal.output.contains("would run: install -D"), "\(rehearsal.output)")
        #expect(try files(place).isEmpty)

        let first = try run("install.sh", install)
        try #require(first.status == 0, "\(first.output)")
        let installed = try files(place)
        for path in [
            "opt/gongbao/bin/gongbao", "opt/gongbao/share/gongbao/lexicon/measures.tsv",
            "opt/gongbao/share/man/zh_CN/man1/gongbao.1.gz",
            "opt/gongbao/share/man/man1/gongbao.1.gz", "opt/gongbao/share/bash-completion/completions/gongbao",
            "opt/gongbao/share/zsh/site-functions/_gongbao", "opt/gongbao/share/fish/vendor_completions.d/gongbao.fish",
            "etc/systemd/system/gongbao-enrich@.service", "etc/gongbao/gongbao.yaml",
        ] { #expect(installed[path] != nil, "\(path)") }
        let unit = String(decoding: installed["etc/systemd/system/gongbao-sink.service"] ?? Data(), as: UTF8.self)
        #expect(unit.contains("ExecStart=/opt/gongbao/bin/gongbao sink"))

        // What an administrator wrote stays, whatever is installed.
        let configuration = place.appending(path: "etc/gongbao/gongbao.yaml")
        try Data("kafka:\n  brokers: a:1\n".utf8).write(to: configuration)
        #expect(try run("install.sh", install).status == 0)
        var expected = installed
        expected["etc/gongbao/gongbao.yaml"] = try Data(contentsOf: configuration)
        #expect(try files(place) == expected)
        #expect(String(decoding: expected["etc/gongbao/gongbao.yaml"] ?? Data(), as: UTF8.self).contains("a:1"))

        #expect(try run("uninstall.sh", arguments + ["--dry-run"]).status == 0)
        #expect(try files(place) == expected)
        for _ in 0..<2 { #expect(try run("uninstall.sh", arguments).status == 0) }
        #expect(try Array(files(place).keys) == ["etc/gongbao/gongbao.yaml"])
    }

    @Test("wrong options are told and change nothing")
    func wrong() throws {
        for arguments in [["--prefx", "/x"], ["--prefix"], ["--prefix", "relative"]] {
            let outcome = try run("install.sh", arguments)
            #expect(outcome.status == 2 && outcome.output.hasPrefix("install.sh: "), "\(outcome.output)")
        }
    }
}

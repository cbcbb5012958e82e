import Foundation
import Testing

/// The tables that people edit, as files that may be damaged.
@Suite struct LexiconFilesTests {
    private static let shipped = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized

    @Test(
        "a table that is missing, cut, renamed or wrong ends the program with its path and what to do",
        arguments: [
            ("rm measures.tsv", "measures.tsv is missing"),
            ("rm regions.tsv", "regions.tsv is missing"),
            ("mv measures.tsv measure.tsv", "measure.tsv is no lexicon table"),
            ("rm measures.tsv; mkdir measures.tsv", "measures.tsv is missing or cannot be read"),
            (": > regions.tsv", "regions.tsv is empty"),
            ("printf '\\377\\376' >> measures.tsv", "measures.tsv is not UTF-8"),
            ("printf 'one line\\n' > measures.tsv", "measures.tsv:1: needs a code and a name"),
            ("printf '12\\tx\\n' > regions.tsv", "regions.tsv:1: needs a code of six digits"),
            ("rm -r *", "no lexicon tables"),
        ])
    func damaged(_ change: String, _ words: String) throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let tables = place.appending(path: "tables")
        try FileManager.default.copyItem(at: Self.shipped, to: tables)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "cd '\(tables.path)' && \(change)"]
        try shell.run()
        shell.waitUntilExit()
        try #require(shell.terminationStatus == 0)
        for command in [["extract", "-"], ["audit", "compare", "--lexicon", tables.path]] {
            let isNew = command.contains("--lexicon")
            let data = place.appending(path: "data").path
            if isNew { _ = try Program.run(["topics", "create", "--data", data]) }
            let settings = isNew ? ["--data", data] : ["--set", "lexicon=\(tables.path)"]
            let outcome = try Program.run(command + settings, input: "# 公报\n\n完成投资3亿元。\n")
            #expect(outcome.status == 2 && outcome.output.isEmpty, "\(outcome.output)")
            #expect(outcome.errors.contains(words) && outcome.errors.contains(tables.path), "\(outcome.errors)")
        }
    }
}

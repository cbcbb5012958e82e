import Foundation
import Operations
import Reading

/// Finds the lexicon tables and reads them.
enum LexiconFiles {
    /// The lexicon in the configured directory, or else in the installed one.
    static func load(_ configuration: Configuration) throws -> Lexicon {
        try lexicon(in: try directory(configuration))
    }

    /// The lexicon in a directory.
    static func lexicon(in directory: String) throws -> Lexicon {
        let tables = try tables(in: directory)
        do throws(LexiconError) { return try Lexicon(tables: tables) } catch {
            throw CommandFailure.usedWrongly("the lexicon table \(directory)/\(error.message)")
        }
    }

    /// The tables of ``load(_:)`` by name.
    static func tables(_ configuration: Configuration) throws -> [String: String] {
        try tables(in: try directory(configuration))
    }

    private static func directory(_ configuration: Configuration) throws -> String {
        let configured = configuration[Configuration.lexicon]
        let candidates = configured.isEmpty ? installed : [configured]
        if let directory = candidates.first(where: { !names(in: $0).isEmpty }) { return directory }
        throw CommandFailure.usedWrongly(
            "no lexicon tables (*.tsv) in \(candidates[0]); set lexicon to the directory that has them.")
    }

    private static func names(in directory: String) -> [String] {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: directory)) ?? []
        let rules = (try? files.contentsOfDirectory(atPath: directory + "/rules")) ?? []
        return (names + rules.map { "rules/" + $0 }).filter {
            $0.hasSuffix(".tsv") && !$0.contains("/.") && !$0.hasPrefix(".")
        }
    }

    /// The tables in a directory by name; rule tables by `rules/` and theirs.
    ///
    /// A table that is missing, empty or called otherwise would be read without a word, and what it
    /// should tell would be missing from every record.
    private static func tables(in directory: String) throws -> [String: String] {
        let names = names(in: directory)
        guard !names.isEmpty else {
            throw CommandFailure.usedWrongly(
                "no lexicon tables (*.tsv) in \(directory); name the directory that has them.")
        }
        let known = Lexicon.tableNames
        if let other = names.first(where: { !known.contains($0) }) {
            throw CommandFailure.usedWrongly(
                "\(directory)/\(other) is no lexicon table (\(Say.list(known))); rename or remove it.")
        }
        var tables: [String: String] = [:]
        for name in known {
            let path = directory + "/" + name
            guard let bytes = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.usedWrongly("the lexicon table \(path) is missing or cannot be read; restore it.")
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CommandFailure.usedWrongly("the lexicon table \(path) is not UTF-8, or damaged; restore it.")
            }
            guard !text.isEmpty else {
                throw CommandFailure.usedWrongly(
                    "the lexicon table \(path) is empty; restore it, or leave a line that begins with #.")
            }
            tables[name] = text
        }
        return tables
    }

    /// Beside an installed program, above a built one, and in the working directory.
    private static var installed: [String] {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        var candidates = [program.deletingLastPathComponent().appending(path: "share/gongbao/lexicon").path]
        var folder = program
        for _ in 0..<4 {
            folder = folder.deletingLastPathComponent()
            candidates.append(folder.appending(path: "Config/lexicon").path)
        }
        return candidates + ["Config/lexicon"]
    }
}

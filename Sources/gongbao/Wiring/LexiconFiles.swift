import Foundation
import Operations
import Reading

/// Finds the lexicon tables and reads them.
enum LexiconFiles {
    /// The lexicon in the configured directory, or else in the installed one.
    static func load(_ configuration: Configuration) throws -> Lexicon {
        try Lexicon(tables: tables(configuration))
    }

    /// The tables of ``load(_:)`` by name.
    static func tables(_ configuration: Configuration) throws -> [String: String] {
        let configured = configuration[Configuration.lexicon]
        let candidates = configured.isEmpty ? installed : [configured]
        for directory in candidates {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: directory) else { continue }
            let tables = names.filter { $0.hasSuffix(".tsv") && !$0.hasPrefix(".") }
            guard !tables.isEmpty else { continue }
            return try read(tables, in: directory)
        }
        throw CommandFailure.usedWrongly(
            "no lexicon tables (*.tsv) in \(candidates[0]); set lexicon to the directory that has them.")
    }

    /// The tables in a directory by name.
    static func tables(in directory: String) throws -> [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        let tables = names.filter { $0.hasSuffix(".tsv") && !$0.hasPrefix(".") }
        guard !tables.isEmpty else {
            throw CommandFailure.usedWrongly(
                "no lexicon tables (*.tsv) in \(directory); name the directory that has them.")
        }
        return try read(tables, in: directory)
    }

    private static func read(_ names: [String], in directory: String) throws -> [String: String] {
        var tables: [String: String] = [:]
        for name in names {
            let path = directory + "/" + name
            guard let bytes = FileManager.default.contents(atPath: path),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw CommandFailure.usedWrongly("the lexicon table \(path) cannot be read as UTF-8.") }
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

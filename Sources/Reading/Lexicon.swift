import BulletinModel

/// The tables that people edit: known measures with their names.
public struct Lexicon: Sendable {
    /// SHA-256 over all tables.
    public let digest: String
    private let codes: [String: String]

    /// Reads tables by file name. `measures.tsv` has lines of code, name and aliases with
    /// tabs between; lines that begin with # are comments.
    ///
    /// - Throws: ``LexiconError``.
    public init(tables: [String: String]) throws(LexiconError) {
        var all: [UInt8] = []
        for (name, text) in tables.sorted(by: { $0.key < $1.key }) {
            all += Array("\(name)\n\(text.utf8.count)\n".utf8) + Array(text.utf8)
        }
        digest = BulletinID(bytes: all).rawValue
        var codes: [String: String] = [:]
        for (number, line) in (tables["measures.tsv"] ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.isEmpty || line.hasPrefix("#") { continue }
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count >= 2 else {
                throw LexiconError(message: "measures.tsv:\(number + 1): needs a code and a name with a tab between.")
            }
            for alias in [cells[1]] + (cells.count > 2 ? cells[2].split(separator: ",").map(String.init) : []) {
                codes[alias] = cells[0]
            }
        }
        self.codes = codes
    }

    /// The code of a name; nil where it is not known.
    func code(_ name: String) -> String? {
        codes[name]
    }
}

/// A lexicon table that cannot be used: where, and what is wrong.
public struct LexiconError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One plain sentence.
    public let message: String
    /// The sentence.
    public var description: String { message }
}

import Foundation

@testable import Reading

extension Lexicon {
    /// The tables of `Config/lexicon`, by name.
    static let shippedTables: [String: String] = {
        let folder = URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized
        var tables: [String: String] = [:]
        for name in tableNames {
            tables[name] = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return tables
    }()

    /// All of them.
    static func shipped() throws -> Lexicon { try shippedOnce.get() }

    private static let shippedOnce = Result { try Lexicon(tables: shippedTables) }

    /// Those of words, units and the calendar alone: no measure, no division.
    static func words() throws -> Lexicon { try wordsOnce.get() }

    private static let wordsOnce = Result { try Lexicon(tables: wordTables) }

    private static let wordTables = shippedTables.filter { $0.key != "measures.tsv" && $0.key != "regions.tsv" }

    /// Those with measures or divisions of a test's own.
    static func words(with tables: [String: String]) throws -> Lexicon {
        try Lexicon(tables: wordTables.merging(tables) { $1 })
    }

    /// The shipped tables with others in their place.
    static func shipped(with tables: [String: String]) throws -> Lexicon {
        try Lexicon(tables: shippedTables.merging(tables) { $1 })
    }
}

extension QuantityPass {
    /// The quantities of a passage, by the shipped words and units.
    static func read(_ passage: Passage) -> [Quantity] {
        guard let lexicon = try? Lexicon.words() else { return [] }
        return read(Tokens(passage, lexicon))
    }
}

import Operations
import Reading
import Store

/// The tables of measures and divisions, for commands that read no bulletins.
enum MeasureFiles {
    /// The known measures.
    static func measures(_ configuration: Configuration) throws -> MeasureTable {
        try table("measures.tsv", configuration) { (text) throws(LexiconError) in try MeasureTable(text) }
    }

    /// The known divisions.
    static func divisions(_ configuration: Configuration) throws -> DivisionNames {
        try table("regions.tsv", configuration) { (text) throws(LexiconError) in try DivisionNames(text) }
    }

    private static func table<Table>(
        _ name: String, _ configuration: Configuration, _ read: (String) throws(LexiconError) -> Table
    ) throws -> Table {
        let text = try LexiconFiles.tables(configuration)[name] ?? ""
        do throws(LexiconError) { return try read(text) } catch {
            throw CommandFailure.usedWrongly("the lexicon table \(error.message)")
        }
    }

    /// The code that a word of a user means: the code itself, or the measure's name. A code of the database that no
    /// table has (any more) is taken, too.
    static func code(_ word: String, _ table: MeasureTable, _ store: BulletinStore) throws -> String {
        if let measure = table.measure(word) { return measure.code }
        if try store.hasIndicators(code: word) { return word }
        throw CommandFailure.usedWrongly("\(word) is no known measure" + hint(table.nearest(word)))
    }

    /// The codes of the divisions that a word of a user means by an alias alone; what stands in a name or begins
    /// a code is left to the query.
    static func codes(ofRegion word: String, _ names: DivisionNames, _ store: BulletinStore) throws -> [String] {
        let found = names.found(word)
        if found.isEmpty, try !store.hasIndicators(region: word) {
            let nearest = names.nearest(word).map { "\($0.name) (\($0.code))" }
            throw CommandFailure.usedWrongly(
                "\(word) is no known division"
                    + (nearest.isEmpty ? "." : "; the nearest are \(Say.list(nearest))."))
        }
        return Array(Set(found.filter { $0.aliases.contains(word) }.map(\.code))).sorted()
    }

    /// What may have been meant instead.
    static func hint(_ measures: [Measure]) -> String {
        let nearest = measures.map { "\($0.name) (\($0.code))" }
        return (nearest.isEmpty ? "" : "; the nearest are \(Say.list(nearest))")
            + ". gongbao measures lists all."
    }
}

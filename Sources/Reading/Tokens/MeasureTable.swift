import BulletinModel

/// A measure that bulletins state, as the table has it.
public struct Measure: Sendable, Equatable {
    /// Whether it is measured at a point of time or over a period.
    public enum Kind: String, Sendable, CaseIterable {
        /// At a point of time (population at the year's end, deposits).
        case stock
        /// Over a period (output, revenue), rates and changes of a period included.
        case flow
    }

    /// What queries and other programs use.
    public let code: String
    /// The usual name.
    public let name: String
    /// Other names for the same measure.
    public let aliases: [String]
    /// The usual unit without magnitude words, `1` where it has none; nil where the table does not tell.
    public let unit: String?
    /// Stock or flow; nil where the table does not tell.
    public let kind: Kind?
    /// What is measured, in one sentence; nil where the table does not tell.
    public let definition: String?
    /// Where others can read the definition; nil where the table does not tell.
    public let source: String?

    /// All names.
    public var names: [String] { [name] + aliases }

    /// Writes its members, as the command and the portal's interface give them.
    public func write(to json: inout JSONWriter) {
        json.member("code", code)
        json.member("name", name)
        json.key("aliases")
        json.beginArray()
        for alias in aliases { json.value(alias) }
        json.endArray()
        json.member("unit", unit)
        json.member("kind", kind?.rawValue)
        json.member("definition", definition)
        json.member("source", source)
    }
}

/// The measures of `measures.tsv`, found by code or name.
public struct MeasureTable: Sendable {
    /// All measures, in the table's order.
    public let measures: [Measure]
    private let places: [WordKey: Int]

    /// Reads lines of code, name, aliases, unit, kind, definition and source with tabs between; the last four may
    /// be missing, as in tables of earlier versions.
    ///
    /// - Throws: ``LexiconError`` with file and line.
    public init(_ text: String) throws(LexiconError) {
        var measures: [Measure] = []
        var places: [WordKey: Int] = [:]
        var lines: [Int] = []
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            let measure = try Self.measure(cells, line: number)
            for word in [measure.code] + measure.names {
                guard let other = places.updateValue(measures.count, forKey: WordKey(word)), other != measures.count
                else {
                    continue
                }
                let what = word == measure.code ? "has a line" : "is a name of \(measures[other].code)"
                throw LexiconError(
                    message: "measures.tsv:\(number): \(word) \(what) already (line \(lines[other])); keep one of them."
                )
            }
            measures.append(measure)
            lines.append(number)
        }
        self.measures = measures
        self.places = places
    }

    private static func measure(_ cells: [String], line: Int) throws(LexiconError) -> Measure {
        func cell(_ column: Int) -> String? {
            column < cells.count && !cells[column].isEmpty ? cells[column] : nil
        }
        guard let code = cell(0), let name = cell(1) else {
            throw LexiconError(message: "measures.tsv:\(line): needs a code and a name with a tab between.")
        }
        guard letters(code), let first = code.utf8.first, (0x61...0x7A).contains(first) else {
            throw LexiconError(
                message: "measures.tsv:\(line): \(code) is no code; small letters, digits and _ make one.")
        }
        var kind: Measure.Kind?
        if let word = cell(4) {
            kind = Measure.Kind(rawValue: word)
            if kind == nil {
                throw LexiconError(message: "measures.tsv:\(line): \(word) is neither stock nor flow.")
            }
        }
        guard cells.count <= 7 else {
            throw LexiconError(message: "measures.tsv:\(line): has \(cells.count) columns; there are 7.")
        }
        return Measure(
            code: code, name: name, aliases: cell(2)?.utf8.split(separator: 0x2C).map { String(Substring($0)) } ?? [],
            unit: cell(3),
            kind: kind, definition: cell(5), source: cell(6))
    }

    /// The code of each name, in the table's order.
    var codesByName: [(word: String, value: String)] {
        measures.flatMap { measure in measure.names.map { (word: $0, value: measure.code) } }
    }

    /// The measure of a code, or of one of its names; nil where the table has none.
    public func measure(_ word: String) -> Measure? { places[WordKey(word)].map { measures[$0] } }

    private static func letters(_ word: String) -> Bool {
        word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }

    /// The measures in whose code, names or definition a text stands, in the table's order.
    public func search(_ text: String) -> [Measure] {
        let text = text.lowercased()
        return measures.filter { measure in
            ([measure.code, measure.definition ?? ""] + measure.names).contains { $0.lowercased().contains(text) }
        }
    }

    /// The measures whose code or a name is most like a word, the likest first.
    public func nearest(_ word: String, limit: Int = 3) -> [Measure] {
        Likeness(word).best(measures, limit: limit) { [$0.code] + $0.names }
    }
}

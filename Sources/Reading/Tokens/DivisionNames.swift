/// The administrative divisions of `regions.tsv` by what users call them.
public struct DivisionNames: Sendable {
    /// A division under one of its names.
    public struct Division: Sendable, Equatable {
        /// Six digits.
        public let code: String
        /// The official name.
        public let name: String
        /// Short and other names.
        public let aliases: [String]
    }

    /// All lines of the table; a division that changed its name has several.
    public let divisions: [Division]

    /// Reads the table.
    ///
    /// - Throws: ``LexiconError`` with file and line.
    public init(_ text: String) throws(LexiconError) {
        var divisions: [Division] = []
        try TableLines.forEach(of: text) { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, cells[0].utf8.count == 6, !cells[1].isEmpty else {
                throw LexiconError(message: "regions.tsv:\(number): needs a code of six digits and a name.")
            }
            let aliases = cells.count > 2 ? cells[2].split(separator: ",").map(String.init) : []
            divisions.append(Division(code: cells[0], name: cells[1], aliases: aliases))
        }
        self.divisions = divisions
    }

    /// The divisions that a text may mean: by the first digits of a code, a part of a name, or an alias.
    public func found(_ text: String) -> [Division] {
        guard !text.isEmpty else { return divisions }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return divisions.filter { $0.code.hasPrefix(text) }
        }
        return divisions.filter { $0.name.contains(text) || $0.aliases.contains(text) }
    }

    /// The divisions of which a text is the code, the name or an alias, each once.
    public func called(_ text: String) -> [Division] {
        var seen: Set<String> = []
        return divisions.filter { $0.code == text || $0.name == text || $0.aliases.contains(text) }
            .filter { seen.insert($0.code).inserted }
    }

    /// The divisions that are called most like a text, the likest first.
    public func nearest(_ text: String, limit: Int = 3) -> [Division] {
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            let codes = stride(from: text.count, to: 1, by: -1).lazy.map { found(String(text.prefix($0))) }
            return Array((codes.first { !$0.isEmpty } ?? []).prefix(limit))
        }
        var seen: Set<String> = []
        let like = Likeness(text).best(divisions, limit: limit * 3) { [$0.name] + $0.aliases }
        return Array(like.filter { seen.insert($0.name).inserted }.prefix(limit))
    }
}

import BulletinModel

/// The tables that people edit: known measures with their names, administrative divisions.
public struct Lexicon: Sendable {
    /// The names of the tables that there are.
    public static let tableNames = ["measures.tsv", "regions.tsv"]

    /// SHA-256 over all tables.
    public let digest: String
    private let codes: WordTable<String>
    let regions: RegionTable

    /// Reads tables by file name. `measures.tsv` has lines of code, name and aliases with
    /// tabs between, `regions.tsv` of code, name, aliases, first and last year; lines that begin
    /// with # are comments. A table that is missing knows nothing.
    ///
    /// - Throws: ``LexiconError``.
    public init(tables: [String: String]) throws(LexiconError) {
        var all: [UInt8] = []
        for (name, text) in tables.sorted(by: { $0.key < $1.key }) {
            all += Array("\(name)\n\(text.utf8.count)\n".utf8) + Array(text.utf8)
        }
        digest = BulletinID(bytes: all).rawValue
        var codes: [String: String] = [:]
        try TableLines.forEach(of: tables["measures.tsv"] ?? "") { (number, cells) throws(LexiconError) in
            guard cells.count >= 2, !cells[0].isEmpty, !cells[1].isEmpty else {
                throw LexiconError(message: "measures.tsv:\(number): needs a code and a name with a tab between.")
            }
            let aliases = cells.count > 2 ? cells[2].split(separator: ",").map(String.init) : []
            for alias in [cells[1]] + aliases {
                if let other = codes.updateValue(cells[0], forKey: alias), other != cells[0] {
                    throw LexiconError(
                        message: "measures.tsv:\(number): \(alias) is a name of \(other) already; keep one of them.")
                }
            }
        }
        self.codes = WordTable(codes.sorted { $0.key < $1.key }.map { (word: $0.key, value: $0.value) })
        if let text = tables["regions.tsv"] {
            regions = try RegionTable(text)
        } else {
            regions = .empty
        }
    }

    private static let scopes = WordSet(
        """
        全市 全省 全区 全县 全国 全州 全旗 全镇 地方 市本级 省本级 区本级 县本级 本级 \
        全年 当年 累计 完成 实现 全部 全口径
        """)
    private static let aspects = WordSet("增速 增幅 增长速度 增长率 总量 总数 数量")

    /// The code of a measure by its name, with or without its scope (全市, 市本级) and the
    /// aspect that a rank names (增速, 总量); nil where no table has it.
    public func code(_ name: String) -> String? { code(Scalars.of(name)) }

    /// The same, of a name whose scalars are at hand.
    func code(_ s: [UInt32]) -> String? {
        var start = 0
        if let code = code(s, start, s.count) { return code }
        while true {
            let scope = Self.scopes.begins(s, at: start)
            if scope == 0 { break }
            start += scope
            if let code = code(s, start, s.count) { return code }
        }
        let aspect = Self.aspects.ends(s, before: s.count, start: start)
        return aspect > 0 ? code(s, start, s.count - aspect) : nil
    }

    private func code(_ s: [UInt32], _ start: Int, _ end: Int) -> String? {
        guard let match = codes.longest(in: s, at: start, limit: end), start + match.length == end else { return nil }
        return match.value
    }
}

/// A lexicon table that cannot be used: where, and what is wrong.
public struct LexiconError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One plain sentence.
    public let message: String
    /// The sentence.
    public var description: String { message }
}

/// A configuration that cannot be used: where it is wrong, and what is allowed there.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// One plain sentence.
    public let description: String

    /// An error of one plain sentence.
    public init(_ description: String) {
        self.description = description
    }

    static func unknown(key: String, origin: Origin, known: [String]) -> Self {
        let nearest = Spelling.nearest(to: key, in: known) ?? misplaced(key, known)
        let hint = nearest.map { "; did you mean \($0)?" } ?? "; gongbao config reference lists them all."
        return Self("\(origin): there is no setting \(key)\(hint)")
    }

    /// A setting that is written at another place than where it belongs.
    private static func misplaced(_ key: String, _ known: [String]) -> String? {
        let name = key.split(separator: ".").last.map(String.init) ?? key
        let homes = known.filter { $0.split(separator: ".").last.map(String.init) == name }
        return homes.count == 1 ? homes[0] : nil
    }

    static func unusable(value: String, field: FieldDescription, origin: Origin) -> Self {
        let shown = value.isEmpty ? "empty" : field.isSecret ? "the value" : "\"\(value)\""
        return Self("\(origin): \(field.key) is \(shown), but must be \(field.allowed).")
    }
}

/// Where a value was written.
public enum Origin: Sendable, Equatable, CustomStringConvertible {
    /// A line of a file.
    case file(String, line: Int)
    /// An environment variable.
    case environment(String)
    /// A command line option.
    case option(String)
    /// Nowhere: the fallback.
    case fallback

    /// As error messages begin.
    public var description: String {
        switch self {
        case .file(let path, let line): "\(path):\(line)"
        case .environment(let variable): "environment variable \(variable)"
        case .option(let option): "option \(option)"
        case .fallback: "default"
        }
    }
}

/// How far two words are from each other.
public enum Spelling {
    /// The nearest of some words, unless all are too far to be meant.
    public static func nearest(to word: String, in words: [String]) -> String? {
        let near = words.map { (distance(word, $0), $0) }.min { $0.0 < $1.0 }
        return near.flatMap { $0.0 <= max(2, word.count / 3) ? $0.1 : nil }
    }

    /// Levenshtein's distance: the fewest single-character edits from one to the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let target = Array(second)
        var row = Array(0...target.count)
        for (i, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in target.enumerated() {
                let substituted = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[target.count]
    }
}

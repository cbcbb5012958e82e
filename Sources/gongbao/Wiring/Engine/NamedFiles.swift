import Synchronization
import Workers

/// The files that a command is given to read, however many they are.
///
/// The parser of the command line copies all of a list for each name that it adds, so that twenty thousand take
/// seconds. A long run of names is taken out before it parses, and put back into its place afterwards.
enum NamedFiles {
    private static let taken = Mutex<[String]>([])
    /// Stands for the names that were taken out; no argument of a process can be this.
    private static let mark = "\0"
    private static let readers: Set = ["extract", "segment", "run", "produce"]
    /// A run of fewer names is left to the parser.
    private static let fewest = 100

    /// The arguments of a command without most of the names in their longest run.
    static func shortened(_ arguments: [String]) -> [String] {
        guard arguments.count > fewest, let command = arguments.first, readers.contains(command) else {
            return arguments
        }
        var (longest, start) = (1..<1, 1)
        for place in 1...arguments.count where place == arguments.count || arguments[place].hasPrefix("-") {
            if place - start > longest.count { longest = start..<place }
            start = place + 1
        }
        // The first of them may be the value of an option.
        guard longest.count > fewest else { return arguments }
        let run = longest.dropFirst()
        taken.withLock { $0 = Array(arguments[run]) }
        return arguments[..<run.lowerBound] + [mark] + arguments[run.upperBound...]
    }

    /// All files that were named: on the command line, then in the list `list`.
    ///
    /// - Parameter list: a file with a name on each line, or, as `find -print0` writes it, with a zero byte after
    ///   each; `-` is standard input.
    /// - Throws: ``CommandFailure`` where the list cannot be read, or nothing is named.
    static func all(_ files: [String], from list: String?) throws -> [String] {
        var all = files
        if let place = files.firstIndex(of: mark) {
            all.replaceSubrange(place...place, with: taken.withLock { $0 })
        }
        guard let list else { return all }
        let bytes: [UInt8]
        do { bytes = try Document(argument: list).read(limit: 1 << 30) } catch let refusal as Document.Refusal {
            throw CommandFailure.failed("\(list) \(refusal.reason)")
        }
        let end: UInt8 = bytes.contains(0) ? 0 : 0x0A
        all += bytes.split(separator: end).map(FileName.text)
        // With no name at all a command would read standard input.
        guard !all.isEmpty else { throw CommandFailure.failed("\(list) names no file.") }
        return all
    }
}

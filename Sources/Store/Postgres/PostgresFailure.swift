import BulletinModel
import TopicLog

/// What went wrong on a server, before it is known what that means for a worker.
struct PostgresFailure {
    /// The five letters by which PostgreSQL names it; nil where the server did not say, because
    /// it could not be reached or was lost.
    var code: String?
    /// What the server or libpq says of it.
    var text: String

    /// The failure of a statement.
    init(code: String?, text: String) {
        self.code = code
        self.text = Self.line(text)
    }

    /// The failure to connect. The code is told in the message alone, where libpq is asked for
    /// verbose ones: `… FATAL:  28P01: password …`, with the place in the server's source below.
    init(connecting message: String) {
        let lines = message.split(whereSeparator: \.isNewline).filter {
            // A tab begins a hint of libpq's.
            !$0.hasPrefix("LOCATION:") && !$0.hasPrefix("\t")
        }
        var text = Self.line(lines.joined(separator: " "))
        // The last is of the host that was tried last; severities are words without a digit.
        if let match = text.matches(of: #/[^ :]+: ((?=[A-Z]*[0-9])[0-9A-Z]{5}): /#).last {
            code = String(match.output.1)
            text.removeSubrange(match.range)
        }
        self.text = text
    }

    /// What a caller should do about it.
    ///
    /// Nothing here is ever bad data: whatever comes in is an argument, and every value of ours
    /// has a place in the tables. A server that refuses one contradicts the tables of this version.
    func error(_ location: String) -> Failure {
        let place = "the database \(location)"
        switch (code.map { String($0.prefix(2)) }, code) {
        case (nil, _), ("08", _), ("57", "57P01"), ("57", "57P02"), ("57", "57P03"), ("57", "57P04"), ("57", "57P05"),
            ("25", "25P03"):
            return Failure(
                .transient, code: "unreachable", "There is no connection with \(place): \(sentence)")
        case ("40", "40001"), ("40", "40P01"):
            return Failure(.transient, code: "conflict", "Another writer was in the way in \(place): \(sentence)")
        case ("55", "55P03"), ("55", "55006"):
            return Failure(.transient, code: "locked", "Another holds a lock in \(place): \(sentence)")
        case ("53", "53100"):
            return Failure(.transient, code: "full", "The disk of \(place) is full; make room: \(sentence)")
        case ("53", _), ("57", "57014"):
            return Failure(
                .transient, code: "busy", "The server of \(place) cannot do it just now: \(sentence)")
        case ("25", "25006"):
            return Failure(.transient, code: "read_only", "One may only read in \(place): \(sentence)")
        case ("58", _):
            return Failure(.transient, code: "io", "The server of \(place) has trouble: \(sentence)")
        case ("28", _):
            return Failure(
                .setup, code: "not_admitted", "The server of \(place) does not admit this user: \(sentence)")
        case ("3D", _):
            return Failure(
                .setup, code: "no_database", "There is no \(place.dropFirst(4)): \(sentence) Make it with createdb.")
        case ("42", "42501"):
            return Failure(
                .setup, code: "not_permitted",
                "This user may not do that in \(place): \(sentence) Grant it, or use the owner.")
        case ("3F", _):
            return Failure(
                .setup, code: "no_schema",
                "There is no schema for the tables in \(place): \(sentence) Check search_path.")
        case ("XX", "XX001"), ("XX", "XX002"):
            return Failure(.fatal, code: "damaged", "Something is damaged in \(place); restore it: \(sentence)")
        default:
            return Failure(.fatal, code: "database", "Something is wrong in \(place): \(sentence)")
        }
    }

    /// What the server says, as a sentence of ours ends.
    private var sentence: String {
        var text = text
        while let last = text.last, last == "." || last == "。" { text.removeLast() }
        return (text.isEmpty ? "it gave no reason" : text) + "."
    }

    /// Several lines as one.
    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

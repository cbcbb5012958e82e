import ArgumentParser
import Audit
import Foundation
import TopicLog

/// The span of an audit, as options say.
struct SpanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Bulletins received from this day or time on: 2024-01-31 (in UTC) or 2024-01-31T08:00+08:00.",
            valueName: "time"))
    var from: String?

    @Option(help: ArgumentHelp("Bulletins received before this day or time.", valueName: "time"))
    var to: String?

    func validate() throws {
        for text in [from, to].compactMap(\.self) where Self.time(text) == nil {
            throw ValidationError("\(text) is no time; write it as 2024-01-31 or 2024-01-31T08:00+08:00.")
        }
    }

    var span: Auditor.Span {
        Auditor.Span(from: from.flatMap(Self.time), to: to.flatMap(Self.time))
    }

    /// The span in words.
    var words: String {
        switch (from, to) {
        case (nil, nil): "all there is"
        case (let from?, nil): "bulletins received from \(from) on"
        case (nil, let to?): "bulletins received before \(to)"
        case (let from?, let to?): "bulletins received from \(from) on and before \(to)"
        }
    }

    /// A day or time after ISO 8601; without a zone it is UTC.
    static func time(_ text: String) -> Timestamp? {
        let zones = ["XXXXX", ""]
        let forms = ["yyyy-MM-dd'T'HH:mm:ss.SSS", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"]
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.isLenient = false
        for form in forms {
            for zone in zones {
                formatter.dateFormat = form + zone
                if let date = formatter.date(from: text) {
                    return Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
                }
            }
        }
        return nil
    }
}

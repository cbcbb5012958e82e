import Foundation
import TopicLog

/// Where a replay begins or ends, as people write it: `earliest`, `latest`, an offset, or a time
/// with its zone, such as `2024-01-01T00:00+08:00` or `2024-01-01T00:00:00Z`.
public enum ReplayBound: Sendable, Equatable {
    /// The oldest record.
    case earliest
    /// The end as it is when the replay starts.
    case latest
    /// An offset, in each partition.
    case offset(Int64)
    /// The first record at or after a time, in each partition.
    case time(Timestamp)

    /// Reads what people write; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "earliest": self = .earliest
        case "latest": self = .latest
        default:
            if let offset = Int64(text), offset >= 0, !text.hasPrefix("+") {
                self = .offset(offset)
            } else if let time = Self.time(text) {
                self = .time(time)
            } else {
                return nil
            }
        }
    }

    private static func time(_ text: String) -> Timestamp? {
        let pattern = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,3}))?(Z|[+-]\d{2}:?\d{2})/
        guard let match = text.wholeMatch(of: pattern) else { return nil }
        let zone = match.5 == "Z" ? "+0000" : match.5.replacing(":", with: "")
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.isLenient = false
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ssxxxx"
        guard let date = formatter.date(from: "\(match.1)T\(match.2)\(match.3 ?? ":00")\(zone)") else { return nil }
        let fraction = match.4.map { String($0).padding(toLength: 3, withPad: "0", startingAt: 0) }
        return Timestamp(
            milliseconds: Int64(date.timeIntervalSince1970.rounded()) * 1000 + (fraction.flatMap { Int64($0) } ?? 0))
    }
}

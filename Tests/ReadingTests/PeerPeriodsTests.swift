import Foundation
import Testing

@testable import Reading

/// The cases of a public recognizer about years, halves, months and spans of days, as official prose
/// names them; read in place where they lie beside the package.
@Suite(.enabled(if: PeerCases.exist, "no peers' cases beside the package")) struct PeerPeriodsTests {
    @Test("periods that official prose names mean the same days", arguments: ["DatePeriodParser", "DateTimeModel"])
    func periods(file: String) throws {
        var right = 0
        var wrong: [String] = []
        for peer in try PeerPeriods.load(file) where PeerPeriods.differing[file]?[peer.ordinal] == nil {
            let found = PeerPeriods.read(peer.input, year: peer.year)
            let missing = peer.spans.filter { !$0.contains(where: found.contains) }
            if missing.isEmpty { right += 1 } else { wrong.append("\(peer.ordinal) \(peer.input): \(found)") }
        }
        #expect(right >= 8, "\(right) right")
        #expect(Double(right) >= 0.95 * Double(right + wrong.count), "\(wrong)")
    }

    @Test("every case that is left out exists and says why")
    func reasons() throws {
        for (file, cases) in PeerPeriods.differing {
            let known = Set(try PeerPeriods.load(file).map(\.ordinal))
            for (ordinal, reason) in cases { #expect(known.contains(ordinal) && !reason.isEmpty, "\(file) \(ordinal)") }
        }
    }
}

/// Loads the cases that resolve to a span of days, and knows which of them follow other conventions.
enum PeerPeriods {
    struct Case {
        var ordinal: Int
        var input: String
        /// The year in which it is said.
        var year: Int
        /// For each span found, the readings that count, as `first/last`.
        var spans: [[String]]
    }

    private static let weeks = "weeks and weekends are no period of a bulletin's figure"
    private static let clock = "a time of day, or a few days told from now"
    private static let years = "a span of years ends there where its last year begins"
    private static let short = "two-digit years are left open"
    private static let decades = "decades are no period of a figure"
    private static let emperors = "years of emperors are history"
    private static let order = "months in front of which a later one stands, or that no year holds"
    private static let compared = "what is only compared with has no period"

    static let differing: [String: [Int: String]] = [
        "DatePeriodParser": [
            3: weeks, 4: weeks, 5: weeks, 6: clock, 7: weeks, 10: clock, 11: clock, 13: years, 14: years, 15: decades,
            16: decades, 17: decades, 18: "no bulletin is of 789", 19: years, 20: compared, 21: short, 22: short,
            24: years, 25: years,
            30: weeks, 32: emperors, 33: emperors, 34: emperors, 35: "days with strokes and the year last",
            28: "从 opens a movement", 0: "从 opens a movement", 1: "从 opens a movement",
        ],
        "DateTimeModel": [
            8: "从 opens a movement", 10: clock, 11: weeks, 12: weeks, 13: clock, 40: short, 68: weeks, 42: years,
            43: "今年 is the whole year",
            50: years, 51: years, 52: order,
            53: order, 54: order, 66: "a number without 年", 73: "half a month", 74: clock, 107: emperors, 108: emperors,
            109: emperors, 118: decades, 126: weeks, 127: order, 128: weeks, 129: clock,
        ],
    ]

    static func load(_ file: String) throws -> [Case] {
        let data = try Data(contentsOf: PeerCases.folder.appending(path: file + ".json"))
        let raw = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
        return raw.enumerated().compactMap { ordinal, item in
            let context = item["Context"] as? [String: Any]
            let said = context?["ReferenceDateTime"] as? String ?? ""
            let spans = (item["Results"] as? [[String: Any]] ?? []).compactMap(Self.span)
            guard !spans.isEmpty, let year = Int(said.prefix(4)) else { return nil }
            return Case(ordinal: ordinal, input: item["Input"] as? String ?? "", year: year, spans: spans)
        }
    }

    /// The readings of one result: their ends are the first day that no longer counts, or the last one.
    private static func span(_ result: [String: Any]) -> [String]? {
        var pairs: [(String, String)] = []
        if let value = result["Value"] as? [String: Any] {
            for key in ["FutureResolution", "PastResolution"] {
                let days = value[key] as? [String: String]
                if let start = days?["startDate"], let end = days?["endDate"] { pairs.append((start, end)) }
            }
        }
        for value in (result["Resolution"] as? [String: Any])?["values"] as? [[String: String]] ?? []
        where value["type"] == "daterange" {
            if let start = value["start"], let end = value["end"] { pairs.append((start, end)) }
        }
        guard !pairs.isEmpty else { return nil }
        return pairs.flatMap { ["\($0.0)/\($0.1)", "\($0.0)/\(before($0.1))"] }
    }

    private static func before(_ day: String) -> String {
        let parts = day.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return day }
        let day = CalendarDay.before(parts[0], parts[1], parts[2], by: 1)
        return CalendarDay.text(day.year, day.month, day.day)
    }

    /// The periods that our reader finds, as `first/last`.
    static func read(_ text: String, year: Int) -> [String] {
        let scalars = PeerCases.folded(text)
        guard let calendar = try? Lexicon.words().calendar else { return [] }
        let context = CalendarContext(published: .init(year: year))
        return CalendarReader(scalars, calendar).tokens().filter { $0.role != .reference }.compactMap {
            $0.period(in: context, calendar).map { "\($0.start)/\($0.end)" }
        }
    }
}

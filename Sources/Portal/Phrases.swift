import Messages
import BulletinModel

/// The words of the pages, each in every language.
struct Phrases {
    let language: Language

    private var m: Messages { Messages(language) }

    // MARK: The page

    var product: String { m("sheet.product") }
    var untitled: String { m("sheet.untitled") }
    var file: String { m("sheet.file") }
    var publisher: String { m("sheet.publisher") }
    var published: String { m("sheet.published") }
    var address: String { m("sheet.url") }
    var identifier: String { m("sheet.identifier") }
    var notTold: String { m("sheet.not-told") }
    var legend: String { m("sheet.legend") }
    var leftOutLegend: String { m("sheet.left-out-legend") }
    var hint: String { m("sheet.hint") }
    var toText: String { m("sheet.to-text") }
    var readings: String { m("sheet.readings") }
    var text: String { m("sheet.text") }
    var noFigures: String { m("sheet.no-figures") }
    var leftOut: String { m("sheet.left-out") }
    var outside: String { m("sheet.outside") }
    var table: String { m("sheet.table") }
    var confidence: String { m("sheet.confidence") }
    var why: String { m("sheet.why") }
    var code: String { m("sheet.code") }
    var period: String { m("sheet.period") }
    var region: String { m("sheet.region") }
    var reason: String { m("sheet.reason") }
    var noPeriod: String { m("sheet.no-period") }
    var ownPage: String { m("sheet.own-page") }
    var noRegion: String { m("sheet.no-region") }

    func engine(_ version: EngineVersion) -> String {
        m("sheet.engine", ["number": "\(version.number)", "lexicon": String(version.lexicon.prefix(12))])
    }

    func article(_ ordinal: Int, of count: Int) -> String {
        m("sheet.article", ["number": "\(ordinal)", "count": "\(count)"])
    }

    func counts(articles: Int, figures: Int, leftOut: Int) -> String {
        m("sheet.counts", ["articles": "\(articles)", "figures": "\(figures)", "left": "\(leftOut)"])
    }

    func title(_ name: String) -> String { m("sheet.title", ["name": name]) }

    // MARK: Confidence

    func name(_ sureness: Sureness) -> String {
        switch sureness {
        case .sure: m("sureness.sure")
        case .likely: m("sureness.likely")
        case .unsure: m("sureness.unsure")
        case .weak: m("sureness.weak")
        }
    }

    func range(_ sureness: Sureness) -> String {
        let low = Int((sureness.least * 100).rounded())
        return switch sureness.below {
        case nil: m("sureness.from", ["low": "\(low)"])
        case let high?:
            low == 0
                ? m("sureness.under", ["high": "\(Int(high * 100))"])
                : m("sureness.between", ["low": "\(low)", "high": "\(Int(high * 100))"])
        }
    }

    // MARK: Fields

    func kind(_ indicator: Indicator) -> String {
        switch indicator.kind {
        case .level: return m("shown.level")
        case .share: return m("shown.share")
        case .rank: return m("shown.rank")
        case .change:
            guard let base = indicator.base else { return m("shown.change") }
            return switch base {
            case .yearOnYear: m("shown.yoy")
            case .previous: m("shown.previous")
            case .target: m("shown.target")
            case .annualAverage: m("shown.annual-average")
            case .since(let year): m("shown.since", ["year": "\(year)"])
            case .other: m("shown.other")
            }
        }
    }

    /// What is worth saying of how the number bounds the true one, whether it is an aim, and what and which round it is of.
    func remarks(_ indicator: Indicator) -> [String] {
        var remarks: [String] = []
        if indicator.status == .target { remarks.append(m("remark.target")) }
        switch indicator.bound {
        case .exact: break
        case .about: remarks.append(m("remark.about"))
        case .over: remarks.append(m("remark.over"))
        case .under: remarks.append(m("remark.under"))
        }
        switch indicator.scope {
        case .own: remarks.append(m("remark.own"))
        case .part: remarks.append(m("remark.part"))
        case .whole, nil: break
        }
        switch indicator.vintage {
        case .flash: remarks.append(m("remark.flash"))
        case .preliminary: remarks.append(m("remark.preliminary"))
        case .budget: remarks.append(m("remark.budget"))
        case .adjusted: remarks.append(m("remark.adjusted"))
        case .final: remarks.append(m("remark.final"))
        case .revised: remarks.append(m("remark.revised"))
        case nil: break
        }
        return remarks
    }

    /// A period after the language's habit: a year, a month, a quarter's months, a day, or two days.
    func span(_ period: Indicator.Period) -> String {
        guard let from = CalendarDay(period.start), let to = CalendarDay(period.end) else {
            return "\(period.start) – \(period.end)"
        }
        if from == to { return day(from) }
        if from.day == 1, to.isLastOfMonth {
            if from.year == to.year {
                if from.month == 1, to.month == 12 { return m("span.year", ["year": "\(from.year)"]) }
                if from.month == to.month {
                    return m("span.month", ["year": "\(from.year)", "number": "\(from.month)", "month": month(from)])
                }
                return m(
                    "span.months",
                    [
                        "year": "\(from.year)", "first": "\(from.month)", "last": "\(to.month)", "from": month(from),
                        "to": month(to),
                    ])
            }
            if from.month == 1, to.month == 12 { return m("span.years", ["from": "\(from.year)", "to": "\(to.year)"]) }
        }
        return "\(day(from))\(m("span.to"))\(day(to))"
    }

    private func month(_ day: CalendarDay) -> String { m("month.\(day.month)") }

    private func day(_ day: CalendarDay) -> String {
        m(
            "span.day",
            ["year": "\(day.year)", "number": "\(day.month)", "month": month(day), "day": "\(day.day)"])
    }

    /// A day of a bulletin's own, as it is where it is none.
    func day(_ text: String) -> String { CalendarDay(text).map(day) ?? text }

    // MARK: Reasons and rules

    /// Why a number is no figure; the reason's own word where there is no better one.
    func reason(_ reason: String) -> String {
        m.known("reason.\(reason)") ?? reason
    }

    /// What a rule found; nil where it says nothing worth telling.
    func rule(_ rule: String) -> String? {
        m.known("rule.\(rule)")
    }
}

/// A day of the calendar, taken apart.
struct CalendarDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    /// Reads `YYYY-MM-DD`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        (year, month, day) = (parts[0], parts[1], parts[2])
    }

    var isLastOfMonth: Bool {
        switch month {
        case 2: day == (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28)
        case 4, 6, 9, 11: day == 30
        default: day == 31
        }
    }
}

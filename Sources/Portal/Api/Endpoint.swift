import BulletinModel
import Panel
import Reading
import Synchronization

/// A parameter of the interface: what it may be is said once, checked against, and told in the OpenAPI document.
struct Parameter: Sendable {
    /// What its values are.
    enum Kind: Sendable {
        /// Text of at most 400 characters.
        case text
        /// Text of this form, a regular expression that OpenAPI has as well.
        case form(String)
        /// One of these words.
        case words([String])
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        /// `YYYY-MM-DD`.
        case day
    }

    let name: String
    let kind: Kind
    let about: String
    var isRepeated = false
    var isRequired = false

    init(_ name: String, _ kind: Kind, _ about: String, repeated: Bool = false, required: Bool = false) {
        self.name = name
        self.kind = kind
        self.about = about
        isRepeated = repeated
        isRequired = required
    }

    private static let forms = Forms()

    /// Why a value cannot be taken; nil where it can.
    func fault(_ value: String) -> String? {
        switch kind {
        case .text: return value.isEmpty || value.unicodeScalars.count > 400 ? "\(name) has 1 to 400 characters." : nil
        case .form(let form):
            return Self.forms.matches(value, form) ? nil : "\(name) has the form \(form)."
        case .words(let words):
            return words.contains(value) ? nil : "\(name) is one of " + words.joined(separator: ", ") + "."
        case .number(let range):
            guard value.utf8.count < 12, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value),
                range.contains(number)
            else { return "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)." }
            return nil
        case .day: return CalendarDay(value) == nil || value.utf8.count != 10 ? "\(name) is a day, YYYY-MM-DD." : nil
        }
    }
}

/// The forms of parameters as regular expressions, each compiled once.
private final class Forms: Sendable {
    private let compiled = Mutex<[String: Regex<AnyRegexOutput>]>([:])

    /// Whether all of a value has a form.
    func matches(_ value: String, _ form: String) -> Bool {
        compiled.withLock { compiled in
            if compiled[form] == nil {
                // By scalars, as the interface's description counts.
                compiled[form] = try? Regex(form).matchingSemantics(.unicodeScalar)
            }
            guard let pattern = compiled[form] else { return false }
            return value.wholeMatch(of: pattern) != nil
        }
    }
}

/// One address of the interface.
struct Endpoint: Sendable {
    /// Below the host; a part in braces is an identifier.
    let path: String
    let summary: String
    /// The name of the schema of what it answers as JSON.
    let schema: String
    var parameters: [Parameter] = []
    var hasCsv = false

    /// Checks the parameters of a request.
    ///
    /// - Throws: ``Problem`` for one that is unknown, missing, given twice or not of its kind.
    func check(_ request: PortalRequest) throws(Problem) {
        var seen: Set<String> = []
        for (name, value) in request.query {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                let all = parameters.map(\.name).joined(separator: ", ")
                throw Problem(
                    400, "There is no parameter \(name)" + (all.isEmpty ? "." : "; there are \(all)."), parameter: name)
            }
            if !seen.insert(name).inserted, !parameter.isRepeated {
                throw Problem(400, "\(name) is given twice.", parameter: name)
            }
            if let fault = parameter.fault(value) { throw Problem(400, fault, parameter: name) }
        }
        for parameter in parameters where parameter.isRequired && !seen.contains(parameter.name) {
            throw Problem(400, "\(parameter.name) is missing.", parameter: parameter.name)
        }
    }

    private static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> Parameter.Kind
    where Word.RawValue == String { .words(Word.allCases.map(\.rawValue)) }

    private static let limit = Parameter("limit", .number(1...1_000), "How many at most; 100 unless given.")
    private static let format = Parameter(
        "format", .words(["json", "csv"]), "The form; the header Accept may name it as well.")
    private static func after(_ form: String) -> Parameter {
        Parameter("after", .form(form), "Where to go on: the member next of the answer before.")
    }

    /// The filters of `gongbao query`.
    static let filters: [Parameter] = [
        Parameter("code", .text, "Code or name of a measure.", repeated: true),
        Parameter("name", .text, "Part of the name."),
        Parameter("region", .text, "A division by code or name, or the first digits of codes."),
        Parameter("from", .day, "The period ends on this day or later."),
        Parameter("to", .day, "The period begins on this day or earlier."),
        Parameter("kind", words(Indicator.Kind.self), "Amount, change, share or rank."),
        Parameter("status", words(Indicator.Status.self), "Result or aim."),
        Parameter("scope", words(Indicator.Scope.self), "How much of its region."),
        Parameter("vintage", words(Indicator.Vintage.self), "Which round of the accounts."),
        Parameter("bulletin", .form("^[0-9a-f]{64}$"), "The identifier of the document."),
        Parameter("text", .text, "Words in the article's headline or visible text."),
    ]

    private static let years = Parameter(
        "years", .form("^(19|20|21)[0-9]{2}(-(19|20|21)[0-9]{2})?$"), "A span of years, or a year.")
    private static let measureForm =
        "^[^:\\x00-\\x20\\x7F-\\xA0,，、]{1,60}(:(level|change|share|rank|actual|target|real|nominal|yoy|previous))*$"
    private static let by = Parameter(
        "by", words(PanelPeriod.Frequency.self), "How long periods are; year unless given.")
    private static let flag = Parameter.Kind.words(["true", "false"])

    /// All addresses.
    static let all: [Endpoint] = [
        Endpoint(
            path: "/api/v1/indicators", summary: "Figures by filter, in the order of articles.",
            schema: "IndicatorList",
            parameters: filters + [after("^[0-9a-f]{32}_[0-9]{1,9}$"), limit, format], hasCsv: true),
        Endpoint(path: "/api/v1/indicators/{id}", summary: "One figure.", schema: "Indicator"),
        Endpoint(
            path: "/api/v1/documents", summary: "Documents, those received last first.", schema: "DocumentList",
            parameters: [
                Parameter("publisher", .text, "By this publisher."), after("^[-+.:0-9TZ]{0,40}_[0-9a-f]{64}$"), limit,
                format,
            ], hasCsv: true),
        Endpoint(path: "/api/v1/documents/{id}", summary: "One document.", schema: "Document"),
        Endpoint(
            path: "/api/v1/articles", summary: "Articles in the order of their identifiers.", schema: "ArticleList",
            parameters: [
                Parameter("bulletin", .form("^[0-9a-f]{64}$"), "Of this document."), after("^[0-9a-f]{32}$"), limit,
                format,
            ], hasCsv: true),
        Endpoint(path: "/api/v1/articles/{id}", summary: "One article with its text.", schema: "Article"),
        Endpoint(
            path: "/api/v1/series", summary: "A measure over time, chosen by the rules of panels.", schema: "Series",
            parameters: [
                Parameter(
                    "measure", .form("^[^:\\x00-\\x20\\x7F-\\xA0]{1,60}$"), "Code or name of the measure.",
                    required: true),
                Parameter(
                    "region", .form("^[^\\x00-\\x20\\x7F-\\xA0]{1,40}$"), "A division by code or name; at most 8.",
                    repeated: true,
                    required: true),
                Parameter("kind", words(Indicator.Kind.self), "Amount, change, share or rank."), by, years, format,
            ], hasCsv: true),
        Endpoint(
            path: "/api/v1/panel", summary: "Measures × regions × periods, one chosen value a cell.", schema: "Panel",
            parameters: [
                Parameter(
                    "measure", .form(measureForm), "A measure by code or name, with kind and status behind colons.",
                    repeated: true, required: true),
                Parameter("years", years.kind, years.about, required: true),
                Parameter("level", words(Division.Level.self), "Only divisions of this level."),
                Parameter(
                    "within", .form("^[^\\x00-\\x20\\x7F-\\xA0]{1,40}$"),
                    "Only divisions in this one, by code or name.",
                    repeated: true),
                Parameter(
                    "region", .form("^[^\\x00-\\x20\\x7F-\\xA0]{1,40}$"), "Only this division, by code or name.",
                    repeated: true), by,
                Parameter("own", flag, "Also figures of a level's own budget."),
                Parameter("part", flag, "Also figures of parts that are no division."),
                Parameter("strict", flag, "Leaves cells with a conflict empty."), format,
            ], hasCsv: true),
        Endpoint(
            path: "/api/v1/measures", summary: "The known measures.", schema: "MeasureList",
            parameters: [Parameter("search", .text, "With this in code, names or definition."), format], hasCsv: true),
        Endpoint(path: "/api/v1/measures/{code}", summary: "One measure.", schema: "Measure"),
        Endpoint(
            path: "/api/v1/regions", summary: "The divisions of today.", schema: "RegionList",
            parameters: [
                Parameter("search", .text, "With this in the name, or codes that begin so."),
                Parameter("level", words(Division.Level.self), "Of this level."),
                Parameter("within", .form("^[0-9]{6}$"), "In the division of this code."), format,
            ], hasCsv: true),
        Endpoint(path: "/api/v1/regions/{code}", summary: "One division.", schema: "Region"),
        Endpoint(
            path: "/api/v1/search", summary: "What words mean, and the articles that hold them.", schema: "Findings",
            parameters: [
                Parameter("q", .text, "Words, a figure such as 1162.95亿元, a region, a code.", required: true),
                Parameter("publisher", .text, "By this publisher."),
                Parameter("year", .form("^[0-9]{4}$"), "Published in this year."),
                Parameter("offset", .number(0...1_000), "How many to leave out."),
                Parameter("limit", .number(1...100), "How many articles at most; 20 unless given."),
            ]),
        Endpoint(path: "/api/v1/status", summary: "What is stored, and how the workers stand.", schema: "Status"),
    ]

    /// The address that a path is of, with the identifier in it.
    static func find(_ path: [String]) -> (endpoint: Endpoint, identifier: String?)? {
        for endpoint in all {
            let pieces = endpoint.path.split(separator: "/").dropFirst(2)
            guard pieces.count == path.count, pieces.first.map(String.init) == path.first else { continue }
            return (endpoint, path.count > 1 ? path[1] : nil)
        }
        return nil
    }
}

import BulletinModel

/// The words of the pages, each in every language.
struct Phrases {
    let language: Language

    private func pick(_ chinese: String, _ english: String) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }

    // MARK: The page

    var product: String { pick("公报 · 读数核对页", "gongbao · reading sheet") }
    var untitled: String { pick("无标题文件", "Untitled document") }
    var file: String { pick("文件", "File") }
    var publisher: String { pick("发布单位", "Publisher") }
    var published: String { pick("发布日期", "Published") }
    var identifier: String { pick("文件指纹（SHA-256）", "Fingerprint (SHA-256)") }
    var notTold: String { pick("文中未说明", "not told in the text") }
    var legend: String { pick("图例", "How to read the marks") }
    var leftOutLegend: String { pick("不是指标的数字，附原因", "a number that is no figure, with the reason") }
    var hint: String {
        pick("把鼠标移到数字上，或用 Tab 键选中，这里显示它的读法。", "Point at a number, or reach it with Tab: how it was read stands here.")
    }
    var toText: String { pick("跳到正文", "Skip to the text") }
    var readings: String { pick("读出的指标", "Figures read") }
    var text: String { pick("正文", "Text") }
    var noFigures: String { pick("这一篇没有指标。", "This article states no figure.") }
    var leftOut: String { pick("未作指标的数字", "Numbers that are no figures") }
    var outside: String { pick("不属于任何一篇的文字", "Text that belongs to no article") }
    var table: String { pick("表格", "Table") }
    var confidence: String { pick("把握", "Confidence") }
    var why: String { pick("怎么读出来的", "How it was read") }
    var code: String { pick("指标代码", "Code") }
    var period: String { pick("时期", "Period") }
    var region: String { pick("地区", "Region") }
    var reason: String { pick("原因", "Reason") }
    var noPeriod: String { pick("时期不明", "no period") }
    var noRegion: String { pick("地区不明", "no region") }

    func engine(_ version: EngineVersion) -> String {
        pick(
            "阅读引擎第 \(version.number) 版，词表 \(version.lexicon.prefix(12))。本页不含脚本，不访问网络。",
            "Reading engine \(version.number), lexicon \(version.lexicon.prefix(12)). This page has no script and asks nothing of "
                + "any network.")
    }

    func article(_ ordinal: Int, of count: Int) -> String {
        pick("第 \(ordinal) 篇，共 \(count) 篇", "Article \(ordinal) of \(count)")
    }

    func counts(articles: Int, figures: Int, leftOut: Int) -> String {
        func english(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        return pick(
            "\(articles) 篇文章，读出 \(figures) 项指标，另有 \(leftOut) 个数字不是指标。",
            "\(english(articles, "article")), \(english(figures, "figure")) read, \(english(leftOut, "number")) left out."
        )
    }

    func title(_ name: String) -> String { pick("\(name)——读数核对页", "\(name) – reading sheet") }

    // MARK: Confidence

    func name(_ sureness: Sureness) -> String {
        switch sureness {
        case .sure: pick("可靠", "reliable")
        case .likely: pick("较可靠", "likely")
        case .unsure: pick("请核对", "check it")
        case .weak: pick("存疑", "doubtful")
        }
    }

    func range(_ sureness: Sureness) -> String {
        let low = Int((sureness.least * 100).rounded())
        return switch sureness.below {
        case nil: pick("\(low)% 以上", "\(low)% and more")
        case let high?:
            low == 0
                ? pick("不足 \(Int(high * 100))%", "under \(Int(high * 100))%")
                : pick("\(low)%—\(Int(high * 100))%", "\(low)% to \(Int(high * 100))%")
        }
    }

    // MARK: Fields

    func kind(_ indicator: Indicator) -> String {
        switch indicator.kind {
        case .level: return pick("水平值", "level")
        case .share: return pick("占比", "share")
        case .rank: return pick("位次", "rank")
        case .change:
            guard let base = indicator.base else { return pick("增减", "change") }
            return switch base {
            case .yearOnYear: pick("比上年同期", "change on the year before")
            case .previous: pick("比上期", "change on the period before")
            case .target: pick("比目标", "change against the target")
            case .annualAverage: pick("年均", "average change a year")
            case .since(let year): pick("比 \(year) 年", "change since \(year)")
            case .other: pick("比其他", "change against something else")
            }
        }
    }

    /// What is worth saying of how the number bounds the true one, whether it is an aim, and what and which round it is of.
    func remarks(_ indicator: Indicator) -> [String] {
        var remarks: [String] = []
        if indicator.status == .target { remarks.append(pick("目标", "target")) }
        switch indicator.bound {
        case .exact: break
        case .about: remarks.append(pick("约数", "about"))
        case .over: remarks.append(pick("以上", "at least"))
        case .under: remarks.append(pick("以内", "at most"))
        }
        switch indicator.scope {
        case .own: remarks.append(pick("本级", "this level alone"))
        case .part: remarks.append(pick("局部", "a part of the region"))
        case .whole, nil: break
        }
        switch indicator.vintage {
        case .flash: remarks.append(pick("快报数", "flash"))
        case .preliminary: remarks.append(pick("初步核算", "preliminary"))
        case .budget: remarks.append(pick("预算数", "budget"))
        case .adjusted: remarks.append(pick("调整预算", "adjusted budget"))
        case .final: remarks.append(pick("决算或最终核实", "final"))
        case .revised: remarks.append(pick("修订数", "revised"))
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
                if from.month == 1, to.month == 12 { return pick("\(from.year)年", "\(from.year)") }
                if from.month == to.month { return pick("\(from.year)年\(from.month)月", "\(to.monthName) \(from.year)") }
                return pick(
                    "\(from.year)年\(from.month)—\(to.month)月", "\(from.monthName) to \(to.monthName) \(from.year)")
            }
            if from.month == 1, to.month == 12 { return pick("\(from.year)—\(to.year)年", "\(from.year) to \(to.year)") }
        }
        return "\(day(from))\(pick("—", " to "))\(day(to))"
    }

    private func day(_ day: CalendarDay) -> String {
        pick("\(day.year)年\(day.month)月\(day.day)日", "\(day.day) \(day.monthName) \(day.year)")
    }

    /// A day of a bulletin's own, as it is where it is none.
    func day(_ text: String) -> String { CalendarDay(text).map(day) ?? text }

    // MARK: Reasons and rules

    /// Why a number is no figure; the reason's own word where there is no better one.
    func reason(_ reason: String) -> String {
        Self.reasons[reason].map { pick($0.0, $0.1) } ?? reason
    }

    /// What a rule found; nil where it says nothing worth telling.
    func rule(_ rule: String) -> String? {
        Self.rules[rule].map { pick($0.0, $0.1) }
    }

    private static let reasons: [String: (String, String)] = [
        "date": ("日期", "a date"),
        "duration": ("时长", "a length of time"),
        "age": ("年龄", "an age"),
        "ordinal": ("序号", "an ordinal"),
        "name": ("名称的一部分", "part of a name"),
        "code": ("编号或代码", "a code"),
        "slogan": ("概括性数词", "numbers its own points"),
        "determiner": ("虚指量词", "an article, no count"),
        "threshold": ("统计口径的门槛", "defines what is counted"),
        "specification": ("规格", "a specification"),
        "no_unit": ("没有单位", "nothing tells its unit"),
        "vague": ("概数", "a vague number"),
        "unreadable": ("无法读作数", "forms no number"),
        "table": ("表头或非单一数值的单元格", "a head or label of a table"),
        "series": ("连续数列", "one of a long row of numbers"),
        "navigation": ("网页导航", "the page's own navigation"),
    ]

    private static let rules: [String: (String, String)] = [
        "numeral:spelled": ("数字用汉字写出", "the number is spelled out"),
        "numeral:repaired": ("数字内的空格、换行或小数点已修补", "blanks, line breaks or a point inside the number were mended"),
        "unit:printed": ("单位紧跟数字", "the unit stands behind the number"),
        "unit:list": ("单位取自并列项末尾", "the unit stands behind the last number of the list"),
        "unit:sign": ("单位取自数字前的符号", "a sign in front tells the unit"),
        "unit:implied": ("单位由旁边的名词推出", "the noun beside it implies the unit"),
        "unit:table": ("单位取自表头或表题", "the table's head or caption tells the unit"),
        "unit:none": ("没有单位", "it has no unit"),
        "name:front": ("名称在数字之前", "the name stands in front of it"),
        "name:behind": ("名称在数字之后", "the name stands behind it"),
        "name:parent": ("名称取自前面的分句", "the name is from an earlier clause"),
        "name:list": ("名称与并列各项共用", "the name is shared in a list"),
        "name:rule": ("名称由规则表得出", "a row of the rule table found the name"),
        "name:table": ("名称取自行首", "the name is the row's head"),
        "name:carried": ("文中没有名称，沿用前一项", "nothing names it; it goes on with the one before"),
        "name:known": ("名称是已知指标", "the name is a known measure"),
        "name:kin": ("名称以已知指标结尾", "the name ends with a known measure"),
        "name:clear": ("分句中只有名称", "its clause holds nothing but the name"),
        "name:counted": ("分句中只有所计之物", "its clause holds nothing but what is counted"),
        "name:same": ("与前一项同一指标", "a change of what the figure before is of"),
        "period:clause": ("时期见本分句", "the period is told in its clause"),
        "period:sentence": ("时期见本句", "the period is told in its sentence"),
        "period:paragraph": ("时期见本段", "the period is told in its paragraph"),
        "period:heading": ("时期取自标题或发布日期", "the period is from a heading or the day of publication"),
        "period:table": ("时期取自表头或表题", "the period is told by the table"),
        "period:none": ("时期不明", "no period is told"),
        "doubt:long_name": ("名称过长", "the name is longer than names are"),
        "doubt:short_name": ("名称只有一个字", "the name has one character"),
        "doubt:odd_name": ("名称含不寻常的字符", "the name has unusual marks"),
        "doubt:crowded": ("同一句中数字很多", "many figures stand before it in the sentence"),
    ]
}

/// A day of the calendar, taken apart.
private struct CalendarDay: Equatable {
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

    var monthName: String {
        [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ][month - 1]
    }
}

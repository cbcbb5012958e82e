/// A unit as printed, with what matters for reading the figure before it.
struct Unit: Sendable, Equatable {
    /// What a unit measures, by the name that `units.tsv` uses.
    enum Family: String, Sendable {
        /// 元, 美元: amounts of money.
        case money
        /// 人, 名, 人次.
        case person
        /// 个, 家, 座: a classifier that counts bodies or things.
        case count
        /// 县, 镇, 村: a body that is counted without a classifier; the number alone is the figure, of 个.
        case body
        /// 类, 种, 方面: counts of kinds, which most often number the text's own points.
        case kind
        /// 吨, 亩, 公里, 千瓦时: a physical measure.
        case measure
        /// 千伏, 微米, 英寸: the rating of a thing, no result.
        case rating
        /// 年, 天, 分钟: a length of time.
        case time
        /// 号, 季度, 世纪: a place in the calendar, never a length.
        case calendar
        /// %, ‰, 成.
        case percent
        /// 百分点, 千分点, 基点.
        case points
        /// 倍, 番.
        case multiple
        /// 岁.
        case age
        /// 位, 名 behind an ordinal; behind a count a classifier for persons.
        case place
        /// ￥, $: a mark of a currency in front of the amount.
        case sign
        /// 折, 点: read only in a grammar of its own.
        case special
        /// A word that begins like a unit and is none (人口, 家庭, 条件).
        case none
    }

    /// Whether it may stand behind any number.
    var isPlain: Bool { family != .none && family != .sign && family != .special }

    /// As printed, without magnitude words.
    var text: String
    /// The scalar that is the whole unit, 0 for longer ones; comparing it costs nothing.
    var only: UInt32
    /// What it measures.
    var family: Family

    init(text: String, family: Family) {
        self.text = text
        self.family = family
        let scalars = text.unicodeScalars
        only = scalars.count == 1 ? scalars.first?.value ?? 0 : 0
    }
}

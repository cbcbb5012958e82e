/// What a word is or does, as the tables say it by the name of the case. A word may have many.
///
/// A row of `words.tsv` gives a word its features; parts of speech come from `vocabulary.tsv`.
enum Feature: UInt8, TableTerm, Sendable {
    // MARK: Parts of speech

    /// 企业, 收入.
    case noun
    /// 增长, 建成.
    case verb
    /// 大, 重要.
    case adjective
    /// 已经, 均.
    case adverb
    /// 这, 其.
    case pronoun
    /// 在, 对.
    case preposition
    /// 和, 但.
    case conjunction
    /// 的, 了.
    case particle
    /// 个, 吨.
    case classifier
    /// 许多, 一些.
    case number
    /// 河南, 长江.
    case placeName
    /// 国务院.
    case body
    /// Names of other things.
    case properNoun
    /// 今年, 目前.
    case timeWord
    /// 里, 以上.
    case direction
    /// 稳中求进.
    case idiom
    /// 同比, 环保.
    case abbreviation
    /// 大型, 农用.
    case attribute
    /// Parts of words and whatever else.
    case otherPart

    // MARK: What a token is

    /// A number in digits or spelled out, and the magnitude words 万 and 亿.
    case numeral
    /// A number in Arabic digits.
    case digits
    /// A run of Latin letters.
    case letters
    /// Punctuation or a sign.
    case mark
    /// A blank of any width.
    case blank

    // MARK: Which table knows it

    /// A unit or classifier of `units.tsv`.
    case unit
    /// A word that begins like a unit and is none.
    case guardWord
    /// A name of a measure.
    case measureName
    /// A name of an administrative division.
    case division
    /// A word of `calendar.tsv`.
    case calendarWord

    // MARK: Discourse

    /// 其中: what follows is a part of what stands before.
    case among
    /// 分别: figures and subjects in the same order.
    case respectively

    // MARK: Quantities and units

    /// Found as a word only where it cuts none, and never cut out of others.
    case phrase
    /// 超过 in 营业收入超过: what a counted body has passed.
    case passes
    /// 营业收入 in 营业收入超百亿元企业: what the mark is of.
    case thresholdMeasure
    /// 企业, 园区: bodies that a mark tells apart.
    case thresholdBody
    /// 方针, 阶段: whatever counts them counts points of the text.
    case sloganNoun
    /// 视察 behind 两次.
    case visit
    /// 坚持 in 三个坚持: only points begin so.
    case pointOpening
    /// First characters of slogan nouns that also qualify a thing (重点项目).
    case pointModifier
    /// 任务, 工程: points where few are counted.
    case softSloganNoun
    /// 中心, 枢纽: things where words in front say which.
    case builtPoint
    /// 企业, 学校: bodies and things, whatever their number.
    case concreteThing
    /// Characters that end a phrase of nouns: particles, conjunctions, marks.
    case phraseEnd
    /// 产量 in 10种有色金属产量.
    case countedMeasure
    /// Characters between a measure and its figure.
    case measureLink
    /// 五台山, 三农: words that begin with a number and a classifier.
    case fixedNumberWord
    /// 省, 县, 面 in 东北三省: counted in a name.
    case regionClassifier
    /// 用时, 寿命: a length of time is a result.
    case measuredTime
    /// 压缩至 behind a length of time.
    case shortens
    /// 近, 前, 后 before a length of time.
    case placesTime
    /// 寿命: years of age that are a mean.
    case lifeSpan
    /// 降水, 水深: what small lengths measure.
    case rainfall
    /// 约, 近 in front of a figure.
    case boundAbout
    /// 超过, 不低于 in front of a figure.
    case boundOver
    /// 不足, 低于 in front of a figure.
    case boundUnder
    /// 最近, 节约: ends like a bound word and is none.
    case boundGuard
    /// 以上 behind a figure.
    case behindOver
    /// 以下 behind a figure.
    case behindUnder
    /// 左右 behind a figure.
    case behindAbout
    /// 达到, 为: may stand between a bound word and its figure.
    case boundLink
    /// 目标, 平均: what 高于 compares with.
    case namedTarget
    /// 满意度, 得分: what points of a score measure.
    case score
    /// 毫米, 厘米.
    case smallLength
    /// 里, 方 in 四里: units that close ordinary words behind a spelled number.
    case wordUnit
    /// 增长 behind 以上: the figure is no mark of what is counted.
    case thresholdGoesOn
    /// 企业 behind 以上: the figure says which are counted.
    case screenedBody
    /// 住院日.
    case stay
    /// 批次: a spelled number tells them apart.
    case batch
    /// 指数, 系数: a number without a unit measures.
    case indexNoun
    /// 达到, 为 between an index and its number.
    case reaches
    /// 综合指数: a whole number is one, too.
    case wholeIndex
    /// 立, 员 behind 成: part of another word.
    case tenthsTail
    /// 合, 算 behind 折: part of another word.
    case discountTail
    /// 年, 天 behind 一半: part of another word.
    case halfTail
    /// 天, 小时: units whose ranges may measure.
    case lengthOfTime
    /// 居, 全省: words around which 第二 is a rank.
    case rankContext
    /// 安全第一.
    case rankSlogan
    /// 放在, 作为: what comes first, and no rank.
    case putsFirst
    /// 放在 further off.
    case placesFirst
    /// 家, 个: classifiers of what a mark tells apart.
    case counter
    /// Characters that hardly stand in a name.
    case oddInName
    /// Nouns that a bare number counts in 人.
    case impliesPersons
    /// Nouns that a bare number counts in 人次.
    case impliesVisits
    /// Nouns that a bare number counts in 元.
    case impliesMoney
    /// Nouns that a bare number counts in 户.
    case impliesHouseholds
    /// 月, 小时: lengths of time that 个 may stand in front of.
    case takesClassifier
    /// 年, 径 behind 半: another word.
    case halfOpens
    /// GDP, CPI: letters that name a measure.
    case acronym
    /// 全市, 地方: stands in front of a measure and changes none.
    case measureScope
    /// 增速, 总量 behind a measure.
    case measureAspect

    /// 减负: words that end with 负 and are no sign.
    case burdenEnd
    /// 结构, 比重, 之比: what numbers with colons between are parts of.
    case structureNoun
    /// 收入比, 指数, 满意度: what measures without a unit.
    case dimensionless
    /// 缩小至, 提升至 between two values of one measure.
    case movesTo
    /// 小时: of which hundreds measure.
    case longTime
    /// 保持在 before a length of time.
    case stays
    /// 制, 内, 处 behind an amount: it defines or places.
    case definesBehind
    /// 超过 behind a body that is counted.
    case passesMark
    /// 个, 人 in 十来个: what a round number with 来 counts.
    case countsRound
    // MARK: Names

    /// 年初预算, 目标: what was planned.
    case plan
    /// 完成率, behind a plan in a name.
    case fulfilment
    /// 一般公共预算: an account of a budget.
    case account
    /// 保险基金: an account that has the name of its fund in front.
    case fund
    /// 市本级, 省级: whose budget.
    case budgetLevel
    /// 收入, 支出.
    case budgetSide
    /// 实际完成, 执行: what became of a plan.
    case budgetDone
    /// 财政拨款, 拨款: what an office gets from an account, behind its name.
    case grantFromAccount
    /// 总数, 总量: behind what is counted.
    case countTotal
    /// 所, 家, 座: units of things that are counted one by one.
    case itemUnit
    /// 为, 达到: links a figure to what stands in front.
    case figureLink
    /// 全市, 全年: may open a clause and names nothing.
    case clauseLead
    /// 当年结余: what an account leaves.
    case balance
    /// 金额, 全长: what of a thing is told.
    case relational
    /// 新增, 改造: an action whose object is counted.
    case action
    /// 其中, 主要是: the parts of the figure before follow.
    case listOpener
    /// 还本付息: whose parts stand in a note.
    case pairNoun
    /// 资金, 面积: needs no noun of the head of its list.
    case amountNoun
    /// 拨付, 投入: gives money.
    case fundVerb
    /// 支持, 用于: what money is for.
    case fundPurpose
    /// 实施, 开展: opens what money is for and says nothing.
    case fundLead
    /// 收入总计: the sum of a list.
    case totalNoun
    /// 我市: to whom something is given.
    case grantee
    /// 死亡, 受伤: what became of persons.
    case casualty
    /// 增长, 上涨: how those counted fared.
    case thrive
    /// 发放, 提供: what is done for those counted.
    case giveVerb
    /// 加快, 回落: how one thing compares with another.
    case compareVerb
    /// 达到, 形成: a verb that a name does not keep.
    case lightVerb
    /// 施工面积, 产量: what is measured, at the end of a name.
    case measureTail
    /// 完成, 执行: in front of a figure, behind what it is of.
    case figureDone
    /// 生产线, 电站: works, of which an amount behind them is the size.
    case works
    /// 局, 公司, 群众: ends a word for who does something.
    case agentEnd

    // MARK: Places

    /// 全市, 我县: all of a division of the text's own, of the kind that the word names.
    case wholeDivision
    /// 市本级, 区本级: a level's own budget or body.
    case ownLevel
    /// 市级, 省级: the same in accounts, elsewhere a rank.
    case levelWord
    /// 园区, 以上: behind 市级 it is a rank.
    case rankBehind
    /// 全国, 我国.
    case nation
    /// 国务院, 海关总署: who speaks for the country.
    case nationalBody
    /// 国内生产总值: measured of countries alone.
    case nationalMeasure
    /// 开发区, 市区, 各县区: a part of a division that is none.
    case partArea
    /// 开发区, 高新区: a part that has an administration of its own.
    case zone
    /// 全镇, 全球: what has no code.
    case placeless
    /// 全镇, 全村: placeless, and in the text's own division.
    case belowCounty
    /// 新华社, 本报: the place behind it is where the report was sent from.
    case newsAgency
    /// 截至, 此外, 据: what may stand in front of the place that a clause tells of.
    case placeOpening
    /// 大学, 路, 籍: behind a place it makes it a part of another name.
    case placeTail
    /// 集团, 公司: a few words behind a place it makes it a part of another name.
    case bodyBehind
    /// 机场, 地铁: figures of it are of the place in front.
    case facility
    /// 首个, 文明: behind 全国 it makes a title or an order.
    case orderBehind
    /// 居, 高于, 占: what follows is compared with.
    case comparing
    /// 赴, 与, 邻: what follows is another place.
    case placeAway
    /// 在, 落户: what follows is where a thing is.
    case locating
    /// 至, 到: between two places it makes a route.
    case routeWord
    /// 和, 及: between two places it makes a list.
    case joining
    /// 等: behind a list.
    case andOthers
    /// 其中, 同比: a sentence that begins so goes on with the place of the one before.
    case continuing
    /// 规模以上, 农民: the first word of many measures.
    case partOfMeasure

    // MARK: Accounts

    /// 一般公共预算, 政府债务: what accounts are of.
    case accountWord
    /// 预算, 决算, 债务限额: in a title it makes the text an account.
    case accountTitle
    /// 部门决算, 单位预算: in a title it makes the text the account of one body.
    case unitAccount
    /// 简介, 年度报告: in the title of a body it makes the text one about that body alone.
    case profileWord
    /// 补助, 对: what follows is given to.
    case givenTo
    /// 上解: what lower levels pay is the own level's.
    case paidUp
    /// 转移支付.
    case transferWord
    /// 预算草案, 预算安排: a section of plans.
    case budgetSection
    /// 执行情况: a section of what was done.
    case executionSection
    /// 方案: behind 调整预算 it makes the name of a paper.
    case planPaper
    /// 快报数, 预计执行数.
    case flashWord
    /// 年快报, 月报数据: said once of all figures of a text.
    case flashNote
    /// 初步核算, 初步统计.
    case preliminaryWord
    /// 均为初步统计数: said once of all figures of a text.
    case preliminaryNote
    /// 年初预算, 预算数.
    case budgetWord
    /// 调整预算, 变动预算.
    case adjustedWord
    /// 决算, 最终核实.
    case finalWord
    /// 修订, 核实后.
    case revisedWord
    /// 完成, 执行: what was done, of whatever round.
    case executionWord
    /// 实际完成: what was done, in a plan, too.
    case doneWord
    /// 的 in front of a figure.
    case ofWord
    /// 完成%, 占: a rate of completion.
    case rateWord

    static let byName = names()
}

/// A set of features.
struct FeatureSet: Sendable, Hashable, ExpressibleByArrayLiteral {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    /// No feature.
    init() {}

    /// These features.
    init(arrayLiteral features: Feature...) {
        for feature in features { insert(feature) }
    }

    /// Adds a feature.
    mutating func insert(_ feature: Feature) {
        let bit: UInt64 = 1 << UInt64(feature.rawValue & 63)
        switch feature.rawValue >> 6 {
        case 0: first |= bit
        case 1: second |= bit
        case 2: third |= bit
        default: fourth |= bit
        }
    }

    /// Takes a feature away.
    mutating func remove(_ feature: Feature) {
        let bit: UInt64 = 1 << UInt64(feature.rawValue & 63)
        switch feature.rawValue >> 6 {
        case 0: first &= ~bit
        case 1: second &= ~bit
        case 2: third &= ~bit
        default: fourth &= ~bit
        }
    }

    /// Whether it has the feature.
    @inline(__always) func contains(_ feature: Feature) -> Bool {
        let word =
            switch feature.rawValue >> 6 {
            case 0: first
            case 1: second
            case 2: third
            default: fourth
            }
        return word >> UInt64(feature.rawValue & 63) & 1 != 0
    }

    /// Whether both have one in common.
    @inline(__always) func intersects(_ other: FeatureSet) -> Bool {
        first & other.first | second & other.second | third & other.third | fourth & other.fourth != 0
    }

    /// All features of both.
    func union(_ other: FeatureSet) -> FeatureSet {
        var both = self
        both.first |= other.first
        both.second |= other.second
        both.third |= other.third
        both.fourth |= other.fourth
        return both
    }

    /// Whether it has none.
    var isEmpty: Bool { first | second | third | fourth == 0 }

    /// The features, in the order of their declaration.
    var all: [Feature] {
        var features: [Feature] = []
        for (place, word) in [first, second, third, fourth].enumerated() {
            var rest = word
            while rest != 0 {
                if let feature = Feature(rawValue: UInt8(place * 64 + rest.trailingZeroBitCount)) {
                    features.append(feature)
                }
                rest &= rest - 1
            }
        }
        return features
    }
}

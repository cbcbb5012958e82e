/// What a word tells where a rule looks for it, as the tables say it by the name of the case. A word may have many.
///
/// A ``Feature`` belongs to a word of the text, wherever the text is cut into words; a cue is looked for at a place that a
/// rule knows, and cuts nothing. Rows of `words.tsv`, `names.tsv` and `pages.tsv` give words their cues.
enum Cue: UInt8, TableTerm, Sendable {
    // MARK: names.tsv

    /// Left out at the end and the beginning of a name: verbs that only link, adverbs, words of time and of the bulletin's
    /// own region.
    case linking
    /// Words that begin or end like a linking word and are none.
    case wholeWord
    /// What makes a change come about, in front of what changes.
    case causing
    /// What becomes of people counted, right behind the figure.
    case fate
    /// What says that something moved, behind its noun.
    case moving
    /// 来, 以来: goes with a number of years, behind it.
    case behindYears
    /// 连续, 过去: goes with a number of years, in front of it.
    case beforeYears
    /// What makes a number of years part of a name: 五年期贷款, 九年义务教育.
    case yearsInName
    /// What makes a number the beginning of a name: 65岁以上人口, 5A级景区.
    case numberNoun
    /// Nouns that need no noun of the head of their list.
    case completeNoun
    /// What stands before 的 and only describes the noun behind it.
    case describing
    /// What a part is measured with.
    case sharing
    /// What stands before a verb of placing and belongs to it: 稳居, 均居, 跃居.
    case beforePlacing
    /// What 均 makes an average of: 年均, 人均, 平均.
    case averaged
    /// When something was that has changed since.
    case origin
    /// Words of a class that share the words behind them: 城镇和农村人均住房面积.
    case classWord
    /// What someone is taken into or given, whose object tells the figure: 3个站入选国家名单.
    case taking
    /// What is done for those named behind 为 and 给, who do not name the figure.
    case giving
    /// Marks that a figure passes, behind it: 突破500亿元大关.
    case markPassed
    /// What a figure reaches and no name: 实现11.51万亿元的历史新高.
    case height
    /// Places in front of a rank.
    case rankPlace
    /// Nouns with which a phrase behind a figure may end though it holds a verb: 服务业扩大开放综合试点.
    case closingNoun
    /// Verbs at which a noun ends only where no noun closes the phrase behind them.
    case softStop
    /// Verbs that stay in a name in front of the noun behind the figure.
    case actionVerb
    /// Words behind a noun that turn to the front of its name: 78个项目竣工 is 竣工项目.
    case completion
    /// Adverbs between a noun and what becomes of it.
    case completionAdverb
    /// Where a noun behind a figure ends.
    case nounStop
    /// A bare aspect: the name is the parent's.
    case aspect
    /// Measures that mean nothing without what they are of.
    case bareMeasure
    /// Measures that say only what of a thing is told, which may be of any thing that stands before.
    case relationalMeasure
    /// 辖4镇: what is governed is the unit itself.
    case governing
    /// Rates that tell what they are of.
    case wholeRate
    /// Where the topic of a sentence ends.
    case topicEnd
    /// What topics end with.
    case topicNoun
    /// Verbs in front of a project that a name does not keep.
    case pushing
    /// Verbs that place something in an order.
    case placing
    /// Nouns that say what is measured, for parts of a list that leave theirs out.
    case measureNoun
    /// Nouns that the last of several coordinated names says for all, beside measureNoun.
    case sharedNoun
    /// Words behind coordinated names that belong to the noun they share: 交通、水利领域投资额.
    case sharedHead
    /// What a figure fulfils and no name: 完成预算的98%.
    case goal
    /// What stands before a goal and belongs to it.
    case goalHead
    /// Words that only compare and name nothing.
    case voidWord
    /// Verbs with which a measure passes a mark, behind its noun: 总产值跨上千亿元台阶.
    case passing
    /// Rates of change that a change in points is of: 增速比上年提高1个百分点.
    case rateNoun
    /// Classes of a statistical list, which take the measure of their head: 采矿业增长2%.
    case listedClass
    /// Besides what `kinds.tsv` has for a rise, words that a change's name does not keep.
    case riseWord
    /// The same beside what it has for a fall.
    case fallWord
    /// Characters that no short object of a verb holds.
    case objectBreak
    /// 总投资, 占地: an amount that describes what another figure counts.
    case thingMeasure
    /// Between such a measure and its figure.
    case thingLink
    /// What may close the words behind a figure and is no part of a noun.
    case dangling
    /// 初 高 集 其 当, with which 中 makes a word.
    case beforeMiddle
    /// 规模大, 带动力强: adjectives at the ends of what describes a noun.
    case qualityEnd
    /// 县, 村: one character that names what is counted.
    case placeNoun
    /// How works are built, in front of their noun.
    case manner
    /// 之一: closes a noun and is none of it.
    case oneOf
    /// 完成: what follows was done to those counted.
    case carriedOut
    /// Passive verbs whose object says what those counted have become.
    case becoming
    /// 用于: what money is used for follows.
    case usedFor
    /// 惠及, 覆盖: how many places or persons something gets to.
    case reaching
    /// 又, 拟, 合计: what those counted do or sum up to begins here.
    case verbLead
    /// 支持, 组织: those counted do what follows.
    case prompting
    /// 受到, 遭到: what those counted suffer follows.
    case suffering
    /// 得到, 享受: what those counted get follows.
    case receiving
    /// 投资, 融资: right in front of money they name it.
    case moneyName
    /// 项, 条: units of things told one by one, whose noun may be left out.
    case countedUnit
    /// 地位: behind a place in an order it names nothing.
    case standing
    /// 解决: what was solved for those counted follows.
    case solving
    /// 问题: closes what was solved and is none of it.
    case problem
    /// Units of persons.
    case personUnit
    /// 次: the unit of what is done several times.
    case timesUnit
    /// What may be done several times.
    case repeated
    /// 并, 而: the sentence goes on and names nothing.
    case goingOn
    /// 左右, 以上: bounds behind a figure.
    case boundBehind
    /// Bounds of the figure before, behind it.
    case boundOfLast
    /// Between 的 and a rate.
    case rateModifier
    /// Rates that a figure in front qualifies.
    case qualifiedRate
    /// Between a verb and its figure.
    case verbLink
    /// Orders, with the word that places something in them.
    case contest
    /// 在: in front of the name of an order.
    case contestOpening
    /// Among whom: regions are no part of a name.
    case contestField
    /// 情况, 方面: how a heading ends that stands in one line with its text.
    case headingEnd
    /// What ends the words that tell how something was worked out.
    case method
    /// 安排: sets money aside; who does it names nothing.
    case granting
    /// 累计, 共: what stands behind it tells the figure.
    case totalling
    /// What only its institution tells: 幼儿园共有教职工.
    case heldByBody
    /// Names without one of these are not looked through for whom something goes to.
    case condensing
    /// 提请: goes to somebody, up to the word below.
    case submitted
    /// 审议: what those do to whom something was submitted.
    case reviewed
    /// 加上: what stands up to it is no name.
    case added
    /// 各类: inside a name it goes.
    case allKinds
    /// 荣誉: which ones are examples alone.
    case honour
    /// What a change is measured against.
    case comparedWith
    /// Verbs of comparison that open a clause of their own.
    case comparingClause
    /// 占地面积 is one word, 占地区生产总值 is not.
    case takesUp
    /// 中的比重: behind the whole of a part.
    case withinWhole
    /// Measures of money that mean nothing without what it was for.
    case bareMoney
    /// 快报数: what the same figure was said to be before.
    case reportedBefore
    /// In front of what something is as much as.
    case equalTo
    /// What institutions have, which alone does not tell whose.
    case held
    /// 学校, 医院: bodies that have beds, staff, pupils.
    case institution
    /// What makes 进出口 no one's in particular.
    case tradeOfAll
    /// 出口, 进口.
    case halfTrade
    /// 进出口 and its like: what a part of trade is told after.
    case wholeTrade
    /// 均, 都: one figure for each of several.
    case bothAlike
    /// How often, or for whom, in front of a figure.
    case perWhat
    /// 种, 造: what is done needs no measure.
    case worksVerb
    /// With these no measure begins.
    case noMeasureOpens
    /// What the members of a list are, at their end.
    case classEnd
    /// What a plan's words leave when 预算 and 目标 are cut off.
    case planLeft
    /// Measures of a thing or body, which the bulletin's own region hardly has.
    case ownedMeasure
    /// Units of things and persons counted.
    case countUnit
    /// 计划: at the end of what was planned, which is no thing.
    case planning
    /// Units of land.
    case landUnit
    /// What land yields.
    case harvest
    /// Units of what a works can make or hold.
    case capacityUnit
    /// 市本级, 集中供养: whose it is, right in front of a figure.
    case ownerLevel
    /// 规模, 增速: measures that may share one place in an order.
    case scale
    /// 双双: two have the same figure.
    case inPairs
    /// 公司: ends the name of a firm or trade.
    case bodyNoun
    /// What stands in front of such a body and is no part of its name.
    case beforeBody
    /// 就业 ends like 业 and is no class.
    case noClass
    /// How the list of the classes opens.
    case listOpens
    /// How something fares, behind what a short sentence is about.
    case faring
    /// Measures of a crop that do not say of which.
    case cropYield
    /// 生产: behind what is produced.
    case making
    /// 的基础上: closes the circumstances with which a sentence begins.
    case circumstance
    /// 对, 向: in front of the first of several, it belongs to all.
    case sharedLead
    /// Nouns of which one character in front says the kind: 轻工业, 猪肉.
    case kindNoun
    /// Measures that somebody or some kind has, and that alone tell nothing.
    case ownMeasure
    /// Units that name what they count: 辖4镇、10乡.
    case placeUnit
    /// How a note opens that tells a part.
    case including
    /// What grows where growth alone is told.
    case economy
    /// 人均: the mean of what went before.
    case meanOf
    /// Trade, of whatever direction.
    case anyTrade
    /// 惠及, 受益: what becomes of persons and names them not alone.
    case benefit
    /// 累计, 达: tells the whole, not what was added.
    case wholeTold
    /// 净增: what was added.
    case netGain
    /// 安排, 考虑: behind a figure, it belongs to that figure.
    case settles
    /// How names of divisions end.
    case divisionEnd
    /// What makes a division's name a part of another name.
    case institutionOfPlace
    /// A part of any city, whose figures differ from the city's own.
    case cityPart
    /// What else measures a place, beside amounts.
    case extent
    /// 天时间: a length of time that only tells how fast something was done.
    case durationSpan
    /// What makes a plan's name a time.
    case planTail
    /// Between a year or a plan that something is compared with and its figure.
    case comparedYearTail
    /// Linking words inside a name, which go, too; the earlier ones first.
    case innerLink
    /// 了, 约: may stand between a verb of change and its number.
    case changeLink
    /// Between figures of which one verb tells.
    case figureJoint
    /// Between 的 and the change that a figure in front qualifies, in this order.
    case changeQualifier
    /// Between the numbers of a list.
    case listJoint
    /// 增长: what is added to a name that says only what grows.
    case growth
    /// 率: how names of rates end.
    case rateEnd
    /// 级: how words for a rank end.
    case rankEnd
    /// 第: in front of an ordinal.
    case ordinalLead
    /// 总数: that all of a kind are counted, at the end of a name.
    case totalNumber
    /// 下设: how words of governing end that stand behind a place.
    case governsEnd
    /// 中央: the nation's own level, at the beginning of a table's title.
    case centralLevel
    /// The country, of whose own level such a table tells.
    case country
    /// 人民币: behind a unit of money, whose name it is no part of.
    case renminbi
    /// How names of divisions end that are also known without it; the earlier ones first.
    case divisionStem

    // MARK: pages.tsv

    /// Words in the names of digests.
    case digest
    /// How the titles of documents end whose headings are chapters.
    case titleOfChapters
    /// How the headings of chapters end.
    case chapterEnd
    /// Who wrote, in bylines.
    case writerRole
    /// 电, 讯: closes a dateline.
    case datelineEnd
    /// What may follow a dateline without a mark between.
    case behindDateline
    /// How papers and sites call themselves.
    case ownPaper
    /// Words that are no part of a paper's name.
    case noPaper
    /// What stands in front of the day on which a document came out.
    case dayLabel
    /// What stands in front of the day on which it was made or changed.
    case laterLabel
    /// What stands in front of the name of who published a text.
    case publisherLabel
    /// What stands in front of the name of whom a text was taken from.
    case sourceLabel
    /// A report that is named after the year in which it is given.
    case workReport
    /// 数据 in front of 来源: it names who counted.
    case figureSource
    /// Behind the name of the paper whose reporter signs.
    case reporter
    /// What may stand above a title: file marks, the way through a site.
    case markAbove
    /// 市长, 局长: who makes a report, in front of its day or of a name.
    case post
    /// Marks of papers of a meeting, above their title.
    case meetingPaper
    /// In front of the number of a table.
    case tableLabel
    /// In brackets behind the title of a table.
    case titleUnit
    /// How titles of documents end.
    case titleEnd
    /// With which the second line of a title begins.
    case titleJoint
    /// With which a title of two lines begins.
    case titleOpening
    /// In front of a title.
    case titleLabel
    /// Labels behind a title in one line with it.
    case behindTitle
    /// How the names of sites end that stand behind a page's title.
    case siteEnd
    /// Names of a site's parts that stand behind a page's title.
    case rubric
    /// Leads from one page of a newspaper to another.
    case jumpLead
    /// What names a part of a report.
    case partName
    /// How the title of a whole document ends, not the heading of a part.
    case titleOfWhole
    /// How the heading of a part ends that looks back.
    case lookingBack
    /// How the heading of a part opens where it prints no year.
    case partOpener
    /// Where a report was delivered, behind the day.
    case meeting
    /// What may stand behind the day in a masthead.
    case behindDay
    /// How the names of authorities end.
    case authorityEnd
    /// Ends like an authority, or stands in lines that name none.
    case noAuthority
    /// News agencies, whose names are whole: the place follows.
    case agency
    /// How the names of papers, stations and sites end.
    case mediaEnd
    /// What stands behind a publisher in one line with it.
    case nextLabel
    /// What stands in a publisher's place and names none.
    case nobody
    /// How the names of the pages of a newspaper end.
    case sectionEnd
    /// In the head of the column of changes of a table set as plain lines.
    case growthHead
    /// How often a page was looked at.
    case viewCounter
    /// Who keeps a page, under which licence.
    case imprint
    /// What units and magnitudes begin with, where a number stands in a line of its own.
    case splitUnit

    static let byName = names()
}

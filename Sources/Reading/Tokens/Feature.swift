/// What a word is or does, as the tables say it by the name of the case. A word may have many.
///
/// A row of `words.tsv` gives a word its features; parts of speech come from `vocabulary.tsv`.
enum Feature: UInt8, CaseIterable, Sendable {
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

    /// The feature of this name; nil where there is none.
    init?(_ name: some StringProtocol) {
        guard let feature = Self.byName[String(name)] else { return nil }
        self = feature
    }

    /// The name that tables use.
    var name: String { String(describing: self) }

    private static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
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
    var all: [Feature] { Feature.allCases.filter(contains) }
}

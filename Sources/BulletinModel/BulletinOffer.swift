/// What a bulletin's record says of the offer that it came with: what was said of the bulletin, and whether that holds.
///
/// The same bytes may be offered many times. What was said with the first of them holds for the reading; what others say is
/// kept beside it, unless the user asked that it hold from now on.
public struct BulletinOffer: Sendable, Hashable {
    /// How an offer stands to those of the same bytes before it.
    public enum Standing: String, Sendable, CaseIterable {
        /// There is none before; the bulletin's articles follow.
        case first
        /// Kept as another place that the bytes came from. It changes no reading, and no article follows.
        case further
        /// Holds instead of what was said before; the articles follow once more.
        case restated
    }

    /// What was said; the region is a code.
    public let given: GivenData
    /// Whether that holds.
    public let standing: Standing

    /// An offer, with which nothing was said unless it is.
    public init(_ given: GivenData = GivenData(), standing: Standing = .first) {
        self.given = given
        self.standing = standing
    }

    /// The header with ``given``, as JSON; absent where nothing was said.
    public static let givenHeader = "gongbao_given"
    /// The header with ``standing``; absent for the first.
    public static let standingHeader = "gongbao_offer"

    /// Reads it from a record's headers.
    ///
    /// - Parameter header: the value of a header of this name.
    /// - Throws: `GivenData.Problem` where one of them is none that was written by gongbao.
    public init(header: (String) -> String?) throws(GivenData.Problem) {
        given =
            try header(Self.givenHeader).map { text throws(GivenData.Problem) in
                let data = try GivenData(parsing: Array(text.utf8))
                guard data.json == text, data.region.map(Self.isCode) ?? true else {
                    throw GivenData.Problem("the header \(Self.givenHeader) is not as it is written.")
                }
                return data
            } ?? GivenData()
        guard let word = header(Self.standingHeader) else {
            standing = .first
            return
        }
        guard let standing = Standing(rawValue: word), standing != .first else {
            throw GivenData.Problem("the header \(Self.standingHeader) is not as it is written.")
        }
        self.standing = standing
    }

    /// The headers that say it.
    public var headers: [(name: String, value: String)] {
        var list: [(name: String, value: String)] = []
        if !given.isEmpty { list.append((Self.givenHeader, given.json)) }
        if standing != .first { list.append((Self.standingHeader, standing.rawValue)) }
        return list
    }

    /// Whether a text is the code of a division: six digits.
    public static func isCode(_ text: String) -> Bool {
        text.utf8.count == 6 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

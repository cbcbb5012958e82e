import BulletinModel

/// What the figures and headings before a figure leave for it: the measure that was last told, the one
/// that was last planned, the account that figures are of, and the figure whose note it stands in.
///
/// It runs forwards. A subject holds to the end of its paragraph, an account until another one is named,
/// the head of a note to the end of the note.
struct SubjectScope {
    /// A measure that a figure was of.
    struct Measure: Equatable {
        /// Its name without words of plan.
        var name: [UInt32]
        /// The same with them.
        var full: [UInt32]
        var unit: String
        var kind: Indicator.Kind
        /// Where its figure ends in the passage.
        var end: Int
    }

    /// An account of a budget, with the level whose it is: 市级 | 政府性基金预算 | 收入.
    struct Account: Equatable {
        var level: [UInt32]
        var body: [UInt32]
        var side: [UInt32]
    }

    /// What the last level was of.
    private(set) var subject: Measure?
    /// What the last level or change was of.
    private(set) var latest: Measure?
    /// What a plan was last told of.
    private(set) var planned: [UInt32] = []
    /// The account named last.
    private(set) var account: Account?
    /// The thing that the last level was of, for measures that say only what of it is told (金额, 全长).
    private(set) var holder: [UInt32] = []
    /// What the sentence at hand is about, or else an earlier one of the paragraph: 海螺水泥, 昆明路快速路.
    private(set) var topic: [UInt32] = []
    /// The figures in front of whose open parentheses or behind whose 其中 the text stands.
    private(set) var heads: [Measure] = []

    /// The figure behind which a list of its parts began (其中, 主要是); up to the end of the sentence.
    private(set) var list: Measure?

    private let words: NameWords

    init(_ words: NameWords) { self.words = words }

    // MARK: - Lifetimes

    /// A new paragraph: its figures have subjects of their own.
    mutating func enterParagraph() {
        subject = nil
        latest = nil
        planned = []
        holder = []
        topic = []
        heads = []
        list = nil
    }

    /// A heading, or a sentence without figures: the account that it names holds for what follows.
    mutating func enter(heading s: [UInt32], _ range: Range<Int>) {
        guard let found = account(s, range), range.upperBound - range.lowerBound <= 40 || found.side.isEmpty else {
            return
        }
        account = found
    }

    /// The text between two figures: parentheses open and close, sentences without figures name accounts. Says whether
    /// a note was closed whose head is the subject again.
    @discardableResult
    mutating func walk(_ s: [UInt32], _ gap: Range<Int>) -> Bool {
        var sentence: Int?
        var isClosed = false
        // 收入9亿元。其中，…: a list may begin with a sentence of its own.
        let opener = words.listOpeners.last(s, in: gap)
        if opener != nil, let whole = latest?.name == subject?.name ? subject : latest { list = whole }
        for i in gap {
            switch s[i] {
            case 0x28, 0xFF08: if let subject { heads.append(subject) }
            case 0x29, 0xFF09:
                if let head = heads.popLast(), head != subject {
                    (subject, latest) = (head, head)
                    isClosed = true
                }
            case let c where Glyph.endsSentence(c):
                if let start = sentence ?? (gap.lowerBound == 0 ? 0 : nil) { enter(heading: s, start..<i) }
                sentence = i + 1
                heads = []
                if s[i] == 0x3002, (opener?.at ?? 0) <= i { list = nil }
            default: break
            }
        }
        return isClosed
    }

    /// A figure was named.
    mutating func note(_ name: [UInt32], unit: String, kind: Indicator.Kind, end: Int) {
        guard kind != .rank, !name.isEmpty else { return }
        let plain = plain(name)
        latest = Measure(name: plain, full: name, unit: unit, kind: kind, end: end)
        guard kind != .change else { return }
        if plain.count < name.count { planned = plain }
        if let found = account(plain, plain.indices), !found.side.isEmpty || account?.body != found.body {
            account = found
        }
        subject = latest
        let measure = max(
            words.relational.ends(plain, before: plain.count), words.measures.ends(plain, before: plain.count))
        if measure == plain.count { return }
        let whose = thing(Array(plain[..<(plain.count - measure)]))
        if !whose.isEmpty { holder = whose }
    }

    /// What is counted or measured, without the verb that counts it.
    private func thing(_ name: [UInt32]) -> [UInt32] {
        let verb = words.actions.begins(name, at: 0)
        if verb == name.count { return [] }
        return verb > 0 && name.count - verb >= 2 ? Array(name[verb...]) : name
    }

    /// Takes up what the sentences that begin in a stretch of the text are about.
    mutating func follow(_ tokens: Tokens, _ gap: Range<Int>) {
        let s = tokens.s
        for i in gap where i == 0 || Glyph.endsSentence(s[i - 1]) {
            if let found = TopicReader.read(tokens, from: i, words: words) { topic = found }
        }
    }

    /// What something was done with, where the last level says so: 养老保险资金 of 筹集养老保险资金.
    var object: [UInt32]? {
        guard let name = subject?.name else { return nil }
        let verb = max(words.actions.begins(name, at: 0), words.funding.begins(name, at: 0))
        return verb > 0 && name.count - verb >= 2 ? Array(name[verb...]) : nil
    }

    /// The thing that the last level counts: 基站 of 基站总数.
    var counted: [UInt32]? {
        guard let name = subject?.name else { return nil }
        let thing = thing(Array(name[..<(name.count - words.totals.ends(name, before: name.count))]))
        return thing.count >= 2 ? thing : nil
    }

    // MARK: - Words

    /// The head of the note or list that the text stands in.
    var head: Measure? { heads.last ?? list }

    /// The head's name where it ends with what is measured, which its parts take.
    var wholeHead: [UInt32]? {
        guard let name = head?.full else { return nil }
        let isWhole =
            words.plans.ends(name, before: name.count) > 0 || words.complete.ends(name, before: name.count) > 0
            || words.relational.ends(name, before: name.count) > 0
        return isWhole ? name : nil
    }

    /// What of the head is measured, where it is long enough to tell: 施工面积; else the whole of its name.
    var headMeasure: [UInt32]? {
        guard let name = wholeHead else { return nil }
        let measure = words.measures.ends(name, before: name.count)
        return measure >= 3 ? Array(name[(name.count - measure)...]) : name.count <= 12 ? name : nil
    }

    /// The head's words without the pair that its parts are named by: 政府债券|还本付息.
    var headOwner: [UInt32]? {
        guard let head else { return nil }
        let pair = words.pairs.ends(head.name, before: head.name.count)
        return pair > 0 && head.name.count - pair >= 2 ? Array(head.name[..<(head.name.count - pair)]) : nil
    }

    /// The fund of insurance that the account is, with its level; nil for other accounts.
    var fund: [UInt32]? {
        guard let account, words.funds.ends(account.body, before: account.body.count) > 0 else { return nil }
        return plain(account.level + account.body)
    }

    /// A name without the words of plan at its end: 支出调整预算 is a plan of 支出. An account is called
    /// a budget itself (一般公共预算).
    func plain(_ name: [UInt32]) -> [UInt32] {
        var end = name.count
        while true {
            let rate = words.rates.ends(name, before: end)
            let plan = words.plans.ends(name, before: end - rate)
            guard plan > 0, end - rate - plan >= 2 else { break }
            if words.accounts.ends(name, before: end - rate) >= plan { break }
            end -= rate + plan
        }
        return Array(name[..<end])
    }

    /// The account that words name; nil where they name none.
    func account(_ s: [UInt32], _ range: Range<Int>) -> Account? {
        var last: (at: Int, length: Int)?
        var i = range.lowerBound
        while i < range.upperBound {
            let length = words.accounts.begins(s, at: i, end: range.upperBound)
            // 一般公共预算财政拨款: what an office gets from an account, not the account.
            if length > 0, words.grants.begins(s, at: i + length, end: range.upperBound) == 0 { last = (i, length) }
            i += max(1, length)
        }
        guard let last else { return nil }
        var begin = last.at
        // 城镇职工基本医疗|保险基金: which fund it is.
        if words.funds.begins(s, at: last.at, end: last.at + last.length) > 0 {
            while begin > range.lowerBound, Glyph.isHan(s[begin - 1]), s[begin - 1] != 0x7684,
                words.levels.ends(s, before: begin, start: range.lowerBound) == 0
            {
                begin -= 1
            }
        }
        let level = words.levels.ends(s, before: begin, start: range.lowerBound)
        let end = last.at + last.length
        let side = words.sides.begins(s, at: end, end: range.upperBound)
        return Account(
            level: Array(s[(begin - level)..<begin]), body: Array(s[begin..<end]), side: Array(s[end..<(end + side)]))
    }
}

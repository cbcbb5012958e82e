/// Takes a head apart: its unit, its time, what kind of figures stand under it, and what is left as a name.
struct HeadReader {
    private let lexicon: Lexicon
    private var words: HeadWords { lexicon.heads }
    private let isTitle: Bool
    private var s: [UInt32] = []
    private var head = Head()

    private init(_ lexicon: Lexicon, isTitle: Bool) {
        self.lexicon = lexicon
        self.isTitle = isTitle
    }

    /// The most scalars of a head that say anything.
    private static let longest = 200

    /// What a head says. `isTitle` for the title of a whole table.
    static func read(_ cell: [UInt32], _ lexicon: Lexicon, isTitle: Bool = false) -> Head {
        var reader = HeadReader(lexicon, isTitle: isTitle)
        reader.s = folded(cell.count > longest ? Array(cell.prefix(longest)) : cell)
        reader.read()
        return reader.head
    }

    /// Without blanks, the gloss in another language and the marks of notes; brackets in half width.
    static func folded(_ cell: [UInt32]) -> [UInt32] {
        var s: [UInt32] = []
        s.reserveCapacity(cell.count)
        var letters = 0
        var sawHan = false
        for c in cell {
            if isNoteMark(c) || Glyph.isBlank(c) || c == 10 { continue }
            // Number of Hospitals behind 医院数: the same in English.
            letters = (0x61...0x7A).contains(c) ? letters + 1 : 0
            sawHan = sawHan || Glyph.isHan(c)
            if letters == 4, sawHan {
                var start = s.count - 3
                while start > 0, Glyph.isLetter(s[start - 1]) { start -= 1 }
                s.removeSubrange(start...)
                if s.last == 0x28 { s.removeLast() }
                break
            }
            switch c {
            case 0xFF08, 0x3014, 0x5B, 0xFF3B: s.append(0x28)
            case 0xFF09, 0x3015, 0x5D, 0xFF3D: s.append(0x29)
            case 0xFF1A: s.append(0x3A)
            case 0xFF1D: s.append(0x3D)
            case 0xFF03: s.append(0x23)
            case 0x2030: s.append(c)
            default: s.append(c)
            }
        }
        return s
    }

    private func isGloss(_ s: [UInt32]) -> Bool {
        guard !s.contains(where: Glyph.isHan) else { return false }
        var run = 0
        for c in s {
            run = (0x61...0x7A).contains(c) ? run + 1 : 0
            if run == 4 { return true }
        }
        return false
    }

    /// ① and the like, * and ※.
    static func isNoteMark(_ c: UInt32) -> Bool {
        (0x2460...0x2473).contains(c) || [0x2A, 0x203B, 0xB9, 0xB2, 0xB3].contains(c) || (0x2070...0x2079).contains(c)
    }

    private mutating func read() {
        // The same head in another language.
        if !isTitle, isGloss(s) { return }
        let all = words.whole(s)
        if apply(whole: all) { return }
        readOutline()
        readAmong()
        readLabelledUnit()
        readBrackets()
        readSign()
        readComparison()
        readTimes()
        if !s.isEmpty, apply(whole: words.whole(s)) { return }
        readEdges()
        head.text = trimmed(s)
        if head.kind == .share { readPartOfWhole() }
        head.isIndustries = words.isWhole(head.text, .industries)
    }

    private func trimmed(_ s: [UInt32]) -> [UInt32] {
        var s = s[...]
        while let first = s.first, Self.marks.contains(first) { s = s.dropFirst() }
        while let last = s.last, Self.marks.contains(last) { s = s.dropLast() }
        return Array(s)
    }

    /// : ， 、 ； — - . ( ) / “ and 的, at the edges of what is left.
    private static let marks: Set<UInt32> = [
        0x3A, 0xFF0C, 0x2C, 0x3001, 0xFF1B, 0x3B, 0x2014, 0x2013, 0x2D, 0x2E, 0x2F, 0x28, 0x7684, 0x2022, 0xB7, 0x25CF,
        0x3002, 0x5F, 0x7E,
    ]

    // MARK: What a word does

    /// Takes over what a word says that is all of the head or of what is left of it; false where it is only a name.
    private mutating func apply(whole: [HeadWord]) -> Bool {
        guard !whole.isEmpty else { return false }
        var isDone = false
        for word in whole {
            switch word.role {
            case .corner: head.isCorner = true
            case .ordinal:
                head.isOrdinal = true
                isDone = true
            case .remark:
                head.isRemark = true
                isDone = true
            case .unit:
                head.isUnit = true
                isDone = true
            case .formula:
                head.isFormula = true
                isDone = true
            case .generic:
                head.isGeneric = true
                isDone = true
            case .own, .whole, .part:
                head.extent = word.role == .own ? .own : word.role == .whole ? .whole : .part
                if word.role != .whole { head.extentWords = s }
                isDone = true
            case .total, .change, .amount, .share, .rank, .index, .completion, .budget, .executed:
                take(word)
                isDone = true
            case .time:
                guard let (time, end) = HeadTimeReader(s, words, allowsBareYear: !isTitle).read(at: 0), end == s.count
                else { break }
                merge(time)
                isDone = true
            case .among: head.isAmong = true
            default: break
            }
        }
        // 出口 is a measure and 单位 may be a corner: a name stays one.
        if !head.isGeneric, whole.contains(where: { $0.role == .noun }), head.kind == nil, head.suffix.isEmpty,
            head.isPlanned == nil
        {
            head.text = s
            return true
        }
        if isDone { head.text = [] } else if head.isCorner { head.text = s }
        return isDone || head.isCorner
    }

    private mutating func take(_ word: HeadWord) {
        switch word.role {
        case .total: head.isTotal = true
        case .change, .amount:
            if head.kind == nil { head.kind = word.role == .change ? .change : .amount }
            if head.base.isEmpty { head.base = word.value }
        case .share: if head.kind == nil { head.kind = .share }
        case .rank: head.kind = .rank
        case .index: head.kind = .index
        case .completion:
            head.kind = .completion
            head.suffix = Scalars.of(word.value)
        case .budget:
            let pieces = word.value.split(separator: ":", omittingEmptySubsequences: false)
            head.isPlanned = true
            if head.suffix.isEmpty { head.suffix = Scalars.of(String(pieces[0])) }
            if pieces.count > 1, !pieces[1].isEmpty { head.vintage = String(pieces[1]) }
        case .executed:
            head.isPlanned = word.value == "planned"
            head.vintage = word.value == "planned" ? "flash" : word.value.isEmpty ? nil : word.value
        default: break
        }
    }

    private mutating func merge(_ time: HeadTime) {
        if head.time.isEmpty {
            head.time = time
        } else {
            if head.time.year == nil, head.time.offset == nil {
                (head.time.year, head.time.lastYear, head.time.offset) = (time.year, time.lastYear, time.offset)
            }
            if head.time.part == nil { head.time.part = time.part }
        }
    }

    // MARK: From the front

    /// A title without the number of its table (表3, 2-23) and of the page that it stands on.
    static func unnumbered(_ title: [UInt32], _ words: HeadWords) -> [UInt32] {
        var s = title[...]
        func skipBlanks() { while let c = s.first, Glyph.isBlank(c) { s = s.dropFirst() } }
        skipBlanks()
        let word = words.begins(Array(s), at: 0, .number)
        if word > 0 {
            var rest = s.dropFirst(word)
            while let c = rest.first, Glyph.isBlank(c) { rest = rest.dropFirst() }
            let number = rest.prefix {
                Glyph.isDigit($0) || Glyph.digit($0) != nil || $0 == 0x5341 || NumeralScalars.isDash($0) || $0 == 0x2E
            }
            // 表2025年…: the year is the title's.
            let isYear = number.count >= 4 && rest.dropFirst(number.count).first == 0x5E74
            if !number.isEmpty, !isYear {
                s = rest.dropFirst(number.count)
            } else if !number.isEmpty, number.count > 4 {
                s = rest.dropFirst(number.count - 4)
            }
        } else {
            let number = s.prefix { Glyph.isDigit($0) || NumeralScalars.isDash($0) || $0 == 0x2E }
            let next = s.dropFirst(number.count).first
            if !number.isEmpty, let next, Glyph.isBlank(next) || Glyph.isHan(next) && next != 0x5E74, number.count <= 7
            {
                let behind = s.dropFirst(number.count).first { !Glyph.isBlank($0) }
                if behind != 0x5E74, behind != 0x6708 { s = s.dropFirst(number.count) }
            }
        }
        while let c = s.first, Glyph.isBlank(c) || [0x3A, 0xFF1A, 0x2022, 0xB7, 0x3001, 0x2E].contains(c) {
            s = s.dropFirst()
        }
        return Array(s)
    }

    private mutating func readOutline() {
        guard !s.isEmpty else { return }
        // （一）
        if s[0] == 0x28, s.count > 2 {
            var j = 1
            while j < s.count, Glyph.digit(s[j]) != nil || s[j] == 0x5341 { j += 1 }
            if j > 1, j < s.count, s[j] == 0x29, j + 1 < s.count {
                head.outline = 2
                s.removeFirst(j + 1)
                return
            }
            j = 1
            while j < s.count, Glyph.isDigit(s[j]) { j += 1 }
            if j > 1, j < 4, j < s.count, s[j] == 0x29, j + 1 < s.count {
                head.outline = 4
                s.removeFirst(j + 1)
            }
            return
        }
        var j = 0
        while j < s.count, Glyph.digit(s[j]) != nil || s[j] == 0x5341 { j += 1 }
        if j > 0, j < s.count, s[j] == 0x3001 {
            head.outline = 1
            s.removeFirst(j + 1)
            return
        }
        j = 0
        while j < s.count, Glyph.isDigit(s[j]) || s[j] == 0x2E && j > 0 { j += 1 }
        guard j > 0, j < s.count else { return }
        if s[j] == 0x3001 || s[j - 1] == 0x2E && !Glyph.isDigit(s[j]) {
            head.outline = 3
            s.removeFirst(s[j] == 0x3001 ? j + 1 : j)
        }
    }

    private mutating func readAmong() {
        while let first = s.first, first == 0x23 {
            head.isAmong = true
            s.removeFirst()
        }
        let length = words.begins(s, at: 0, .among)
        // 内 alone in front of a name is part of it.
        if length > 1 || length == 1 && s.count > 1 && s[1] == 0x3A {
            head.isAmong = true
            s.removeFirst(length)
        }
        while let first = s.first, first == 0x3A || first == 0x23 { s.removeFirst() }
    }

    private mutating func readLabelledUnit() {
        guard let start = words.unitLabel(s) else { return }
        let end = s[start...].firstIndex { $0 == 0x29 || $0 == 0xFF1B || $0 == 0x3B } ?? s.count
        head.units += TableUnit.list(Array(s[start..<end]), lexicon)
        var from = start
        while from > 0, s[from - 1] != 0x28, !words.isWhole(Array(s[from..<start].filter { $0 != 0x3A }), .unitLabel) {
            from -= 1
        }
        if from > 0, s[from - 1] == 0x28 { from -= 1 }
        s.removeSubrange(from..<min(s.count, end < s.count && s[end] == 0x29 ? end + 1 : end))
    }

    // MARK: Brackets

    private mutating func readBrackets() {
        var i = 0
        while i < s.count {
            guard s[i] == 0x28 else {
                i += 1
                continue
            }
            var depth = 0
            var close = i
            while close < s.count {
                if s[close] == 0x28 { depth += 1 } else if s[close] == 0x29 { depth -= 1 }
                if depth == 0 { break }
                close += 1
            }
            let inner = Array(s[(i + 1)..<min(close, s.count)])
            let end = min(close + 1, s.count)
            if takes(bracket: inner, atEnd: end == s.count) {
                s.removeSubrange(i..<end)
            } else if end == s.count, close < s.count {
                if drops(bracket: inner) { s.removeSubrange(i..<end) }
                i = s.count
            } else {
                // What stands inside a name belongs to it.
                if close < s.count { s.remove(at: close) }
                s.remove(at: i)
            }
        }
    }

    /// 县 市 区 州 旗 盟 地 镇 乡 、
    private static let divisions: Set<UInt32> = [
        0x53BF, 0x5E02, 0x533A, 0x5DDE, 0x65D7, 0x76DF, 0x5730, 0x9547, 0x4E61, 0x3001,
    ]

    /// Whether what brackets hold is no part of the name; takes over what it says.
    private mutating func takes(bracket inner: [UInt32], atEnd: Bool) -> Bool {
        guard !inner.isEmpty else { return true }
        // 县（市、区）: kinds of divisions, which count nothing here.
        if inner.allSatisfy(Self.divisions.contains) { return false }
        let units = TableUnit.list(inner, lexicon)
        if !units.isEmpty {
            head.units += units
            return true
        }
        if inner.contains(0x3D) || words.isWhole(inner, .index) {
            // 上年=100 makes an index, A=B+C only numbers the columns.
            if inner.suffix(3).elementsEqual([0x31, 0x30, 0x30]) || words.isWhole(inner, .index) { head.kind = .index }
            return true
        }
        if words.ends(inner, before: inner.count, .index) > 0 {
            head.kind = .index
            return true
        }
        if let (time, end) = HeadTimeReader(inner, words, allowsBareYear: true).read(at: 0), end == inner.count {
            merge(time)
            return true
        }
        let roles = words.whole(inner)
        if !roles.isEmpty {
            var took = false
            for word in roles {
                switch word.role {
                case .budget, .executed, .change, .share, .rank, .completion, .total:
                    take(word)
                    took = true
                case .generic, .tail, .whole: took = true
                default: break
                }
            }
            if took { return true }
        }
        // （一）, （续）: which part of a long table it is.
        if atEnd, inner.count <= 2, inner.allSatisfy({ Glyph.digit($0) != nil || Glyph.isDigit($0) || $0 == 0x7EED }) {
            return true
        }
        return inner.allSatisfy { Glyph.isLetter($0) || $0 == 0x20 }
    }

    /// A bracket at the end goes but where it narrows.
    private func drops(bracket inner: [UInt32]) -> Bool {
        if isTitle { return true }
        // 含 不含
        return !(inner.first == 0x542B || inner.count > 1 && inner[0] == 0x4E0D)
    }

    /// 增减%, 产量,万吨: a unit that stands behind without brackets.
    private mutating func readSign() {
        guard let last = s.last else { return }
        if last == 0x25 || last == 0x2030 {
            guard s.count > 1, !Glyph.isDigit(s[s.count - 2]) else { return }
            head.units.append(TableUnit(power: 0, unit: last == 0x25 ? "%" : Scalars.string([last])))
            s.removeLast()
            if s.last == 0xB1 { s.removeLast() }
            return
        }
        if let comma = s.lastIndex(where: { $0 == 0xFF0C || $0 == 0x2C || $0 == 0x3A }), comma > 0 {
            let units = TableUnit.list(Array(s[(comma + 1)...]), lexicon)
            if !units.isEmpty {
                head.units += units
                s.removeSubrange(comma...)
            }
        }
    }

    // MARK: Comparisons and times

    /// 比上年同期增长, 较2023年决算数, 为上年决算数的: what a figure is measured against.
    private mutating func readComparison() {
        let reader = HeadTimeReader(s, words, allowsBareYear: !isTitle)
        for i in s.indices {
            // 比 较 与 为
            guard [0x6BD4, 0x8F83, 0x4E0E, 0x4E3A].contains(s[i]), let (time, end) = reader.read(at: i + 1) else {
                continue
            }
            if s[i] == 0x8F83, i > 0, s[i - 1] == 0x6BD4 { continue }
            let rest = Array(s[end...])
            if s[i] == 0x4E3A {
                guard time.offset == -1 || time.year != nil else { continue }
                head.kind = .completion
                head.suffix = Array(s[i..<end]) + rest.prefix { $0 != 0x7684 }
                s.removeSubrange(i...)
                return
            }
            // 与上年相比 and the like; what follows may still say what is counted.
            let isAmount = words.ends(rest, before: rest.count, .amount) > 0
            head.kind = isAmount ? .amount : .change
            switch (time.offset, time.part) {
            case (-1, .yearEnd) where time.year == nil:
                // 比年初, 比上年末
                head.base = s[i + 1] == 0x5E74 ? "yearstart" : "yoy"
            case (_, .lastMonth): head.base = "previous"
            default: head.base = "yoy"
            }
            if let word = words.whole(Array(s[i...])).first(where: { $0.role == .change || $0.role == .amount }) {
                head.base = word.value
                head.kind = word.role == .change ? .change : .amount
            }
            s.removeSubrange(i...)
            return
        }
    }

    private mutating func readTimes() {
        let reader = HeadTimeReader(s, words, allowsBareYear: !isTitle)
        var kept: [UInt32] = []
        var i = 0
        while i < s.count {
            let isInside = i > 0 && (Glyph.isDigit(s[i - 1]) && Glyph.isDigit(s[i]) || s[i - 1] == 0x2E)
            if !isInside, let (time, end) = reader.read(at: i), stands(time, i..<end) {
                merge(time)
                i = end
                // 2024年的
                if i < s.count, s[i] == 0x7684 { i += 1 }
                continue
            }
            kept.append(s[i])
            i += 1
        }
        s = kept
    }

    /// Whether what reads as a time is one here: 同期 inside a longer word is none.
    private func stands(_ time: HeadTime, _ range: Range<Int>) -> Bool {
        if time.year != nil { return true }
        // A word that leans on the table stands at an edge of the head.
        if time.offset != nil || [.month, .toDate, .lastMonth, .whole].contains(time.part) {
            return range.lowerBound == 0 || range.upperBound == s.count && !isTitle
        }
        return true
    }

    // MARK: Edges

    private mutating func readEdges() {
        var rounds = 0
        while !s.isEmpty, rounds < 8 {
            rounds += 1
            if cutEnd() || cutFront() { continue }
            break
        }
    }

    private mutating func cutEnd() -> Bool {
        s = trimmed(s)
        guard let match = words.ends(s, before: s.count) else { return false }
        let isWhole = match.length == s.count
        for word in match.value {
            switch word.role {
            case .change, .rank, .completion, .index: break
            case .share:
                if match.length < 2 || !isWhole && Self.looseShares.contains(Scalars.string(s.suffix(match.length))) {
                    continue
                }
            case .amount: if !isWhole, match.length < 3 { continue }
            case .budget, .executed: if isTitle && match.length < 2 { continue }
            case .total: if !isWhole, match.length < 2 { continue }
            case .generic: if !isWhole { continue }
            case .tail: if !isTitle { continue }
            default: continue
            }
            if match.value.contains(where: { $0.role == .noun }), !isTitle { return false }
            if word.role == .generic { head.isGeneric = true } else { take(titled(word)) }
            s.removeLast(match.length)
            return true
        }
        return false
    }

    /// Words that make a share only where they are all of a head.
    private static let looseShares: Set<String> = []

    /// In a title 增长速度 says what one column holds, not what all do.
    private func titled(_ word: HeadWord) -> HeadWord {
        guard isTitle else { return word }
        switch word.role {
        case .change, .amount, .share, .rank, .completion: return HeadWord(role: .tail, value: "")
        default: return word
        }
    }

    private mutating func cutFront() -> Bool {
        s = trimmed(s)
        if isTitle {
            let lead = words.begins(s, at: 0, .lead)
            if lead > 0, lead < s.count {
                s.removeFirst(lead)
                return true
            }
        }
        guard let match = words.begins(s, at: 0), match.length < s.count else { return false }
        for word in match.value {
            switch word.role {
            case .whole:
                head.extent = head.extent ?? .whole
            case .own:
                head.extent = .own
                head.extentWords = Array(s.prefix(match.length))
            case .change where match.length > 2 && !isTitle:
                take(word)
            default: continue
            }
            s.removeFirst(match.length)
            return true
        }
        return false
    }

    /// 税收收入占一般公共预算收入: the part is what the share is named after.
    private mutating func readPartOfWhole() {
        guard let at = head.text.firstIndex(of: 0x5360), at > 0 else { return }
        head.text = Array(head.text[..<at])
    }
}

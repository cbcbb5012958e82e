import BulletinModel

/// Walks over the folded scalars of one passage and collects quantities.
struct QuantityReader {
    let tokens: Tokens
    let scalars: [UInt32]
    let lexicon: Lexicon
    var quantities: [Quantity] = []
    /// Figures that are no quantities, with why; in no strict order.
    var screened: [Screened] = []
    /// Where the clause at hand begins: behind the last full stop, comma or semicolon.
    var clause = 0
    /// The end of a short quotation (“四上”) whose numerals are a name.
    var nameEnd = 0
    /// Numerals that wait for the unit of the last one of their list (10、20和30万元).
    var waiting: [Numeral] = []

    /// Where the last figure ended, and how many stood right behind each other up to it.
    var run: (end: Int, count: Int) = (-1, 0)

    init(_ tokens: Tokens) {
        self.tokens = tokens
        scalars = tokens.s
        lexicon = tokens.lexicon
    }

    /// All quantities, in order.
    mutating func read() -> [Quantity] {
        var index = 0
        while index < scalars.count {
            let role = ScalarRole.of(scalars[index])
            if role == .other {
                index += 1
                continue
            }
            switch role {
            case .other: break
            case .boundary:
                index += 1
                clause = index
            case .title: index = behindTitle(index)
            case .quote: index = openQuote(index)
            case .ordinal: index = ordinal(at: index)
            case .head: index = firstPlace(at: index)
            case .numeral: index = numeral(at: index)
            }
        }
        forget()
        return quantities
    }

    /// Digits that neither a quantity nor anything screened out covers; there should be none.
    func unread() -> [Screened] {
        var covered = quantities.map(\.range) + screened.map(\.range)
        covered.sort { $0.lowerBound < $1.lowerBound }
        var left: [Screened] = []
        var next = covered.startIndex
        var end = 0
        var i = 0
        while i < scalars.count {
            guard NumeralScalars.arabic(scalars[i]) != nil else {
                i += 1
                continue
            }
            var j = i
            while j < scalars.count, NumeralScalars.arabic(scalars[j]) != nil { j += 1 }
            while next < covered.endIndex, covered[next].lowerBound <= i {
                end = max(end, covered[next].upperBound)
                next += 1
            }
            if end <= i { left.append(Screened(range: i..<j, reason: .unreadable)) }
            i = j
        }
        return left
    }

    // MARK: - Brackets

    /// Titles of documents (《…》) and document numbers (〔2023〕) hold no quantities.
    private mutating func behindTitle(_ index: Int) -> Int {
        let close: UInt32 = scalars[index] == 0x300A ? 0x300B : 0x3015
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 60 {
            if scalars[cursor] == close {
                if scalars[index...cursor].contains(where: { NumeralScalars.arabic($0) != nil }) {
                    screen(index..<(cursor + 1), .name)
                }
                return cursor + 1
            }
            cursor += 1
        }
        return index + 1
    }

    private mutating func openQuote(_ index: Int) -> Int {
        var cursor = index + 1
        while cursor < scalars.count, cursor < index + 16 {
            switch scalars[cursor] {
            case 0x201D, 0x300D, 0x300F:
                nameEnd = cursor
                return index + 1
            case 0x3002, 0xFF0C, 0x201C: return index + 1
            default: cursor += 1
            }
        }
        return index + 1
    }

    // MARK: - Ranks

    private mutating func firstPlace(at index: Int) -> Int {
        // 首位, but not the concept 首位度 and not 放在首位.
        guard index + 1 < scalars.count, scalars[index + 1] == 0x4F4D else { return index + 1 }
        let end = index + 2
        if end < scalars.count, scalars[end] == 0x5EA6 { return end }
        if QuantityRank.isPutFirst(scalars, before: index, clause: clause, lexicon) { return end }
        forget()
        quantities.append(
            Quantity(
                range: index..<end, numeral: index..<(index + 1), value: "1", unit: lexicon.unit(.place), form: .rank))
        return end
    }

    private mutating func ordinal(at index: Int) -> Int {
        let first = NumeralReader.skipSpaces(scalars, from: index + 1)
        guard first < scalars.count else { return index + 1 }
        let scan = NumeralReader.scan(scalars, at: first)
        guard let numeral = scan.numeral else {
            screen(index..<scan.end, .ordinal)
            return max(scan.end, index + 1)
        }
        forget()
        guard let end = QuantityRank.end(scalars, ordinal: index, numeral: numeral.range, clause: clause, lexicon)
        else {
            let end = behindOrdinal(numeral.range.upperBound)
            screen(index..<end, .ordinal)
            return end
        }
        quantities.append(
            Quantity(
                range: index..<end, numeral: numeral.range, value: numeral.value.text, valueTo: numeral.upper?.text,
                unit: lexicon.unit(.place),
                form: .rank))
        return end
    }

    /// Steps over the range or list that an ordinal opens (第一、二产业, 第3—5条).
    private func behindOrdinal(_ index: Int) -> Int {
        var cursor = index
        while cursor < scalars.count {
            let sign = scalars[cursor]
            guard
                sign == 0x3001 || sign == 0x548C || sign == 0x81F3 || NumeralScalars.isDash(sign)
                    || NumeralScalars.isTilde(sign),
                cursor + 1 < scalars.count, ScalarRole.of(scalars[cursor + 1]) == .numeral
            else { break }
            let next = NumeralReader.scan(scalars, at: cursor + 1)
            guard let numeral = next.numeral, !numeral.hasPoint, numeral.range.count <= 3,
                UnitReader.read(tokens, at: numeral.range.upperBound) == nil || sign != 0x3001
            else { break }
            cursor = numeral.range.upperBound
        }
        return cursor
    }
}

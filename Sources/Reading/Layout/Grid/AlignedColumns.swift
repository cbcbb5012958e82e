/// The pieces of a line that blanks set apart, as in text made of PDF pages.
enum AlignedColumns {
    /// The pieces of a line that two blanks or more, or a tab, set apart.
    static func cells(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = line.lowerBound
        while start < line.upperBound {
            while start < line.upperBound, Glyph.isBlank(s[start]) { start += 1 }
            var end = start
            var next = start
            while next < line.upperBound {
                guard Glyph.isBlank(s[next]) else {
                    next += 1
                    end = next
                    continue
                }
                var behind = next
                while behind < line.upperBound, Glyph.isBlank(s[behind]) { behind += 1 }
                if behind - next >= 2 || s[next] == 9 || s[next] == 0x3000 { break }
                next = behind
            }
            if end > start { cells.append(start..<end) }
            start = max(end, next)
        }
        return cells
    }

    /// The pieces of a line that may be a table's row or head, words in letters set apart (地   区) put together.
    static func pieces(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        for cell in cells(s, line) {
            if let last = pieces.last, isSpread(s, last), cell.count == 1, Glyph.isHan(s[cell.lowerBound]),
                cell.lowerBound - last.upperBound <= 8, s[cell.lowerBound] != s[last.upperBound - 1]
            {
                pieces[pieces.count - 1] = last.lowerBound..<cell.upperBound
            } else {
                pieces.append(cell)
            }
        }
        return pieces
    }

    /// 地, and 地   区 so far: single characters and blanks.
    private static func isSpread(_ s: [UInt32], _ range: Range<Int>) -> Bool {
        guard Glyph.isHan(s[range.lowerBound]) else { return false }
        var wasHan = false
        for i in range {
            let isHan = Glyph.isHan(s[i])
            if isHan && wasHan || !isHan && !Glyph.isBlank(s[i]) { return false }
            wasHan = isHan
        }
        return true
    }

    /// The pieces of a row of figures: numbers with one blank between are cells of their own.
    static func figures(_ s: [UInt32], _ line: Range<Int>, _ lexicon: Lexicon) -> [Range<Int>] {
        pieces(s, line).flatMap { split(s, $0, lexicon) }
    }

    private static func split(_ s: [UInt32], _ piece: Range<Int>, _ lexicon: Lexicon) -> [Range<Int>] {
        let words = TextLine.words(s, piece)
        guard words.count > 1 else { return [piece] }
        let numbers = words.map { TextGrids.isNumber(s, $0, lexicon) }
        guard numbers.contains(true) else { return [piece] }
        var cells: [Range<Int>] = []
        for (k, word) in words.enumerated() {
            guard let last = cells.last, k > 0 else {
                cells.append(word)
                continue
            }
            let isCut: Bool
            switch (numbers[k - 1], numbers[k]) {
            case (true, true): isCut = !continues(s, words[k - 1], word)
            case (false, true): isCut = numbers[k...].allSatisfy { $0 }
            case (true, false):
                isCut = numbers[..<k].allSatisfy { $0 } && word.count > 1 && !isTimeWord(s[word.lowerBound])
            case (false, false): isCut = false
            }
            if isCut { cells.append(word) } else { cells[cells.count - 1] = last.lowerBound..<word.upperBound }
        }
        return cells
    }

    /// 1 234: one number with a blank for its mark.
    private static func continues(_ s: [UInt32], _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count <= 3, left.allSatisfy({ Glyph.isDigit(s[$0]) }), s[left.lowerBound] != 0x30, right.count >= 3
        else {
            return false
        }
        let digits = right.prefix { Glyph.isDigit(s[$0]) }.count
        return digits == 3
    }

    /// 年 月 日 岁: behind a number they go on with it.
    private static func isTimeWord(_ c: UInt32) -> Bool { [0x5E74, 0x6708, 0x65E5, 0x5C81, 0x5B63].contains(c) }

    /// Pieces without those that only say in another language what others do.
    static func withoutGloss(_ s: [UInt32], _ pieces: [Range<Int>]) -> [Range<Int>] {
        guard pieces.contains(where: { piece in s[piece].contains(where: Glyph.isHan) }) else { return pieces }
        return pieces.compactMap { native(s, $0) }
    }

    /// A piece without the words in Latin letters that end it; nil where it has no others.
    static func native(_ s: [UInt32], _ piece: Range<Int>) -> Range<Int>? {
        var letters = 0
        for i in piece {
            letters = (0x61...0x7A).contains(s[i]) ? letters + 1 : 0
            guard letters == 3 else { continue }
            var end = i - 2
            while end > piece.lowerBound, Glyph.isLetter(s[end - 1]) || Glyph.isBlank(s[end - 1]) { end -= 1 }
            while end > piece.lowerBound, s[end - 1] == 0x28 || s[end - 1] == 0xFF08 || Glyph.isBlank(s[end - 1]) {
                end -= 1
            }
            return s[piece.lowerBound..<end].contains(where: Glyph.isHan) ? piece.lowerBound..<end : nil
        }
        return piece
    }

    /// The pieces of a line of heads: one blank between words parts them, too.
    static func heads(_ s: [UInt32], _ line: Range<Int>) -> [Range<Int>] {
        pieces(s, line).flatMap { piece -> [Range<Int>] in
            if isSpread(s, piece) { return [piece] }
            var cells: [Range<Int>] = []
            var from = piece.lowerBound
            for i in piece where i > from && i + 1 < piece.upperBound && Glyph.isBlank(s[i]) && !Glyph.isBlank(s[i + 1])
            {
                let isYear =
                    i + 5 < piece.upperBound && s[i + 5] == 0x5E74 && s[(i + 1)..<(i + 5)].allSatisfy(Glyph.isDigit)
                let isPart = ends(s[i - 1]) && (Glyph.isHan(s[i + 1]) && !isTimeWord(s[i + 1]) || isYear)
                let isShort = i - from == 1 || i - from == 1 && piece.upperBound - i == 2
                if isPart, !isShort {
                    cells.append(from..<i)
                    from = i + 1
                }
            }
            cells.append(from..<piece.upperBound)
            return cells
        }
    }

    private static func ends(_ c: UInt32) -> Bool { Glyph.isHan(c) || c == 0xFF09 || c == 0x29 || c == 0x25 }
}

/// The properties of runs of letters or paragraphs in a Word 97 document: pages of 512 bytes ([MS-DOC] 2.9.24 and 2.9.175)
/// that say where in the file each run begins, and what modifies it.
struct WordProperties {
    /// What modifies one run: the style, and operations with their operands.
    struct Modifiers {
        /// The number of the style; 0 where none is told.
        let style: Int
        private let bytes: [UInt8]

        init(style: Int, _ bytes: [UInt8]) {
            self.style = style
            self.bytes = bytes
        }

        /// The operand of an operation; of several the last.
        func operand(_ operation: Int) -> [UInt8]? {
            var found: [UInt8]?
            var at = 0
            while let code = bytes.u16(at) {
                let size: Int
                var start = at + 2
                switch code >> 13 {
                case 0, 1: size = 1
                case 2, 4, 5: size = 2
                case 3: size = 4
                case 7: size = 3
                default:
                    // The definition of a table has a length of two bytes, one more than there are.
                    if code == 0xD608 {
                        size = (bytes.u16(start) ?? 1) - 1
                        start += 2
                    } else {
                        guard start < bytes.count else { return found }
                        size = Int(bytes[start])
                        start += 1
                    }
                }
                guard size >= 0, let operand = bytes.part(start, size) else { return found }
                if code == operation { found = operand }
                at = start + size
            }
            return found
        }

        /// Whether an operation switches something on.
        func isOn(_ operation: Int) -> Bool { operand(operation)?.first == 1 }
    }

    /// Where runs begin in the file, in order, and what modifies them.
    private var starts: [Int] = []
    private var runs: [Modifiers] = []

    /// - Parameters:
    ///   - table: where the pages are told: places in the file, then numbers of pages.
    ///   - areParagraphs: whether these are properties of paragraphs, and not of letters.
    init(_ stream: [UInt8], table: [UInt8], areParagraphs: Bool) {
        let count = max(0, (table.count - 4) / 8)
        for k in 0..<count {
            guard let number = table.u32(4 * (count + 1) + 4 * k),
                let page = stream.part((number & 0x3F_FFFF) * 512, 512)
            else { continue }
            let runs = Int(page[511])
            let width = areParagraphs ? 13 : 1
            guard 4 * (runs + 1) + width * runs <= 511 else { continue }
            for run in 0..<runs {
                guard let start = page.u32(4 * run) else { continue }
                starts.append(start)
                let at = 2 * Int(page[4 * (runs + 1) + width * run])
                self.runs.append(at == 0 ? Modifiers(style: 0, []) : Self.modifiers(page, at, areParagraphs))
            }
        }
    }

    private static func modifiers(_ page: [UInt8], _ at: Int, _ areParagraphs: Bool) -> Modifiers {
        let none = Modifiers(style: 0, [])
        guard areParagraphs else { return page.part(at + 1, Int(page[at])).map { Modifiers(style: 0, $0) } ?? none }
        // A length in words, less a byte; where that is 0 the next byte is one without.
        let isLong = page[at] == 0
        guard !isLong || at + 1 < 512 else { return none }
        let (start, size) = isLong ? (at + 2, 2 * Int(page[at + 1])) : (at + 1, 2 * Int(page[at]) - 1)
        guard size >= 2, let bytes = page.part(start, size), let style = bytes.u16(0) else { return none }
        return Modifiers(style: style, Array(bytes.dropFirst(2)))
    }

    /// What modifies the letter at a place of the file.
    subscript(place: Int) -> Modifiers {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? runs[low - 1] : Modifiers(style: 0, [])
    }
}

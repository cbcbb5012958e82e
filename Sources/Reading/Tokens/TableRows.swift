/// The rows of a lexicon table as bytes: large tables are read without a string for each cell.
struct TableRow {
    /// The number of the line, from 1.
    let number: Int
    fileprivate let bytes: UnsafeBufferPointer<UInt8>
    fileprivate let start: Int
    fileprivate let end: Int

    /// The cell in a column, from 0; empty where the row has none there.
    func cell(_ column: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        var start = start
        for _ in 0..<column {
            while start < end, bytes[start] != 0x09 { start += 1 }
            if start == end { return bytes[end..<end] }
            start += 1
        }
        var stop = start
        while stop < end, bytes[stop] != 0x09 { stop += 1 }
        return bytes[start..<stop]
    }

    /// All cells as text.
    var texts: [String] {
        var texts: [String] = []
        texts.reserveCapacity(5)
        var from = start
        for i in start...end where i == end || bytes[i] == 0x09 {
            texts.append(from == i ? "" : String(decoding: bytes[from..<i], as: UTF8.self))
            from = i + 1
        }
        return texts
    }

    /// The first three cells, in one go.
    var firstThree:
        (Slice<UnsafeBufferPointer<UInt8>>, Slice<UnsafeBufferPointer<UInt8>>, Slice<UnsafeBufferPointer<UInt8>>)
    {
        func stop(from start: Int) -> Int {
            var at = start
            while at < end, bytes[at] != 0x09 { at += 1 }
            return at
        }
        let first = stop(from: start)
        let second = stop(from: min(first + 1, end))
        let third = stop(from: min(second + 1, end))
        return (bytes[start..<first], bytes[min(first + 1, end)..<second], bytes[min(second + 1, end)..<third])
    }

    /// The cell as text.
    func text(_ column: Int) -> String { String(decoding: cell(column), as: UTF8.self) }

    /// Hands on each row that is neither empty nor a comment. A mark of the byte order in front and
    /// carriage returns at the ends of lines say nothing.
    static func forEach(
        of text: String, _ body: (TableRow) throws(LexiconError) -> Void
    ) throws(LexiconError) {
        var text = text
        let result: Result<Void, LexiconError> = text.withUTF8 { bytes in
            do throws(LexiconError) {
                try forEach(of: bytes, body)
                return .success(())
            } catch { return .failure(error) }
        }
        try result.get()
    }

    private static func forEach(
        of bytes: UnsafeBufferPointer<UInt8>, _ body: (TableRow) throws(LexiconError) -> Void
    ) throws(LexiconError) {
        var number = 0
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let next = end + 1
            number += 1
            if end > start, bytes[end - 1] == 0x0D { end -= 1 }
            if end > start, bytes[start] != 0x23 {
                try body(TableRow(number: number, bytes: bytes, start: start, end: end))
            }
            start = next
        }
    }
}

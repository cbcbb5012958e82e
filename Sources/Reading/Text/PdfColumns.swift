/// Reads a page of prose in columns one column after the other, by where its words stand.
///
/// The converter sets the columns side by side, with blanks between. Which column a piece of a line belongs to is told by
/// where it begins; a line across all columns ends the ones above it.
enum PdfColumns {
    /// A piece of a line with fewer ideographs is no prose, or with so many where a sentence's mark stands in it.
    private static let fewest = 5
    private static let fewestWithMark = 3

    /// Whether a page is set in columns of prose: most of its longer lines have a gap with running text on both sides. A
    /// table's cells are shorter, or numbers.
    static func isSet(_ page: [UInt32]) -> Bool {
        var (long, split) = (0, 0)
        for line in page.split(separator: 10) {
            let pieces = AlignedColumns.cells(page, line.startIndex..<line.endIndex).filter { isProse(page[$0]) }
            if !pieces.isEmpty { long += 1 }
            if pieces.count >= 2 { split += 1 }
        }
        return split >= 3 && split * 2 > long
    }

    private static func isProse(_ piece: ArraySlice<UInt32>) -> Bool {
        let count = piece.count(where: Glyph.isHan)
        return count >= fewest || count >= fewestWithMark && piece.contains { $0 == 0xFF0C || $0 == 0x3002 }
    }

    /// The page with its left column in front of its right one.
    static func inOrder(_ page: [UInt32]) -> [UInt32] {
        let lines = page.split(separator: 10, omittingEmptySubsequences: false).map { line in
            (start: line.startIndex, cells: AlignedColumns.cells(page, line.startIndex..<line.endIndex))
        }
        // Where the right column begins, counted from its line's beginning.
        let starts = lines.compactMap { $0.cells.count == 2 ? $0.cells[1].lowerBound - $0.start : nil }.sorted()
        guard let gutter = starts.isEmpty ? nil : starts[starts.count / 2] else { return page }
        var (left, right): ([UInt32], [UInt32]) = ([], [])
        var out: [UInt32] = []
        func end() {
            out += left + right
            (left, right) = ([], [])
        }
        for line in lines {
            switch line.cells.count {
            case 0:
                if !left.isEmpty { left.append(10) }
                if !right.isEmpty { right.append(10) }
            case 1:
                let cell = line.cells[0]
                let (from, to) = (cell.lowerBound - line.start, cell.upperBound - line.start)
                if from + 4 >= gutter {
                    right += page[cell] + [10]
                } else if to <= gutter + 4 {
                    left += page[cell] + [10]
                } else {
                    end()
                    out += page[cell] + [10]
                }
            default:
                for cell in line.cells {
                    if cell.lowerBound - line.start + 4 >= gutter, cell != line.cells[0] {
                        right += page[cell] + [10]
                    } else {
                        left += page[cell] + [10]
                    }
                }
            }
        }
        end()
        return out
    }
}

/// Puts the text of a PDF together, page by page.
///
/// Across the page, the rows of a table stay rows, but two columns of prose run into each other;
/// column by column it is the other way round. So each page is taken in the order that suits it.
enum PdfPages {
    private static let formFeed: UInt32 = 12

    /// The text of a PDF, pages one after the other, a line feed between them.
    ///
    /// - Throws: ``DecodeError``: what the converter says; `pdf_no_text` where no page has any.
    static func decode(_ bytes: [UInt8], _ pdf: PdfText) throws(DecodeError) -> DecodedText {
        var pages = try pages(of: bytes, pdf, .acrossThePage)
        if pages.contains(where: hasColumns) {
            let read = try self.pages(of: bytes, pdf, .columnByColumn)
            for i in pages.indices where read.count == pages.count && hasColumns(pages[i]) { pages[i] = read[i] }
        }
        let scalars = Array(pages.joined(separator: [10]))
        guard scalars.contains(where: { $0 != 10 && !Glyph.isBlank($0) }) else {
            throw DecodeError(
                .pdfNoText,
                "The PDF has no text: its pages are pictures, as a scanner makes them. Read them with OCR first.")
        }
        return DecodedText(scalars: scalars, encoding: .utf8, form: .plain)
    }

    private static func pages(
        of bytes: [UInt8], _ pdf: PdfText, _ order: PdfText.Order
    ) throws(DecodeError) -> [[UInt32]] {
        guard let scalars = try pdf.text(bytes, order).withUnsafeBufferPointer(Scalars.utf8) else {
            throw DecodeError(.pdfDamaged, "The PDF is damaged: the text in it is no Unicode.")
        }
        var pages = scalars.split(separator: formFeed, omittingEmptySubsequences: false).map { page in
            // What a page holds besides text is of no use and may be what a terminal would obey.
            page.filter { $0 >= 0x20 || $0 == 10 || $0 == 9 }
        }
        if pages.count > 1, pages.last?.isEmpty == true { pages.removeLast() }
        return pages
    }

    /// Whether a page is set in columns of prose: most of its longer lines have a gap with a good
    /// piece of running text on both sides. A table's cells are shorter, or numbers.
    static func hasColumns(_ page: [UInt32]) -> Bool {
        var (long, split) = (0, 0)
        for line in page.split(separator: 10) {
            let pieces = AlignedColumns.cells(page, line.startIndex..<line.endIndex).filter {
                page[$0].count(where: Glyph.isHan) >= 8
            }
            if !pieces.isEmpty { long += 1 }
            if pieces.count >= 2 { split += 1 }
        }
        return split >= 3 && split * 2 > long
    }
}

import BulletinModel

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
        let places = try pdf.text(bytes, .withPlaces).withUnsafeBufferPointer(Scalars.utf8)
        pages = PdfScripts.read(pages, places: places ?? [])
        pages = pages.map { PdfColumns.isSet($0) ? PdfColumns.inOrder($0) : $0 }
        let scalars = Array(pages.joined(separator: [10]))
        guard scalars.contains(where: { $0 != 10 && !Glyph.isBlank($0) }) else {
            throw DecodeError(
                .pdfNoText,
                "The PDF has no text: its pages are pictures, as a scanner makes them. \(ScannedText.advice)")
        }
        if lacksCharacters(scalars) {
            throw DecodeError(
                .pdfNoText,
                "The PDF's fonts do not tell which characters they show, so it has figures without words. \(ScannedText.advice)"
            )
        }
        return DecodedText(scalars: scalars, encoding: .utf8, form: .plain)
    }

    /// Whether a PDF has text that can be read; also where it cannot be told.
    static func hasText(_ bytes: [UInt8], _ pdf: PdfText) -> Bool {
        do throws(DecodeError) { _ = try decode(bytes, pdf) } catch {
            return error.code != DeadLetterCode.pdfNoText.rawValue
        }
        return true
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

    /// Whether the pages have figures and no ideographs: their fonts do not tell which characters they show.
    private static func lacksCharacters(_ s: [UInt32]) -> Bool {
        var (digits, letters) = (0, 0)
        for c in s {
            if Glyph.isHan(HanVariant.folded(c)) { return false }
            if Glyph.isDigit(c) { digits += 1 }
            if Glyph.isLetter(c) { letters += 1 }
        }
        return digits >= 8 && letters < digits
    }
}

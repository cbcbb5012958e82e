import BulletinModel

/// Recognises the text of pages that are pictures, for the engine, which knows nothing of programs and processes: of scanned
/// PDF files and of images.
public struct ScannedText: Sendable {
    /// What recognises it, with its version and language: `tesseract 5.3.0 chi_sim`.
    public let version: @Sendable () throws(DecodeError) -> String
    /// The words of each page as tab-separated lines, as `tesseract … tsv` prints them.
    public let pages: @Sendable ([UInt8]) throws(DecodeError) -> [[UInt8]]

    /// Names what tells the version and what recognises.
    public init(
        version: @escaping @Sendable () throws(DecodeError) -> String,
        pages: @escaping @Sendable ([UInt8]) throws(DecodeError) -> [[UInt8]]
    ) {
        self.version = version
        self.pages = pages
    }

    /// Whether these bytes are a PNG, JPEG or TIFF image.
    public static func isImage(_ bytes: [UInt8]) -> Bool {
        [[0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A]]
            .contains { bytes.starts(with: $0) }
    }

    /// How to have pictures read.
    static let advice = "Have it recognised with --ocr, or the setting decoder.ocr."

    /// The text of pages that are pictures, with how sure its words are.
    ///
    /// - Throws: ``DecodeError``: what the program says; `document_no_text` where no page has any.
    func decode(_ bytes: [UInt8]) throws(DecodeError) -> DecodedText {
        var page = RecognisedPage()
        for words in try pages(bytes) { page.add(words) }
        guard page.scalars.contains(where: { !Glyph.isBlank($0) && $0 != 10 }) else {
            throw DecodeError(.documentNoText, "The pages are pictures in which no text was recognised.")
        }
        return DecodedText(scalars: page.scalars, encoding: .utf8, form: .plain, scan: page.quality)
    }
}

/// The lines of recognised pages, put together of their words.
private struct RecognisedPage {
    private(set) var scalars: [UInt32] = []
    private(set) var quality = ScanQuality()

    /// A word where it stands on its page.
    private struct Word {
        let block: Int
        let line: [Int]
        let left: Int
        let right: Int
        let height: Int
        let percent: Int
        let text: [UInt32]
    }

    /// Adds the words of the next page.
    mutating func add(_ table: [UInt8]) {
        let words = String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap(Self.word)
        let margins = Dictionary(grouping: words, by: \.block).mapValues { $0.map(\.left).min() ?? 0 }
        var last: Word?
        for word in words {
            let wide = max(1, word.height)
            if let last, last.line == word.line {
                // Columns of a table stand apart, words of Latin letters a little.
                let gap = word.left - last.right
                if gap > 2 * wide {
                    blank(3)
                } else if Self.isLatin(last.text.last), Self.isLatin(word.text.first) {
                    blank(1)
                }
            } else {
                if let last { scalars += last.line.prefix(2) == word.line.prefix(2) ? [10] : [10, 10] }
                if word.left - (margins[word.block] ?? 0) > wide { blank(2) }
            }
            quality.append(word.percent, from: scalars.count)
            scalars += word.text
            last = word
        }
        if last != nil { scalars += [10, 10] }
    }

    private mutating func blank(_ count: Int) { scalars += [UInt32](repeating: 0x20, count: count) }

    /// A line of the table that is a word: level 5, page, block, paragraph, line, word, left, top, width, height, sureness.
    private static func word(_ line: Substring) -> Word? {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == 12, cells[0] == "5" else { return nil }
        let numbers = cells[1...9].map { Int($0) ?? 0 }
        let text = Scalars.of(String(cells[11])).filter { $0 > 0x20 }
        guard !text.isEmpty, let percent = Double(cells[10]) else { return nil }
        return Word(
            block: numbers[1], line: Array(numbers[1...3]), left: numbers[5], right: numbers[5] &+ numbers[7],
            height: numbers[8], percent: Int(min(100, max(0, percent)).rounded()), text: text)
    }

    private static func isLatin(_ scalar: UInt32?) -> Bool {
        scalar.map { Glyph.isLetter($0) } ?? false
    }
}

/// Finds superscripts in a PDF by where its words stand, and takes them out of the numbers that they stand at.
///
/// A converter writes `120.3` and a raised `4` as 120.34. A raised word is smaller than its neighbours, and its foot
/// stands above theirs.
enum PdfScripts {
    private struct Word {
        let text: [UInt32]
        let left: Double
        let right: Double
        let top: Double
        let foot: Double
        var height: Double { foot - top }
    }

    /// How much of the text around a raised word tells its place.
    private static let context = 8

    /// The pages of a text with the raised marks of notes left out and the powers of units raised.
    ///
    /// - Parameter places: the pages' words with their boxes, as `pdftotext -bbox-layout` gives them.
    static func read(_ pages: [[UInt32]], places: [UInt32]) -> [[UInt32]] {
        var pages = pages
        var page = -1
        var line: [Word] = []
        var box: (left: Double, right: Double, top: Double, foot: Double)?
        var tokenizer = HtmlTokenizer(places)
        while let token = tokenizer.next() {
            switch token {
            case .open("page", _, _): page += 1
            case .open("line", _, _): line = []
            case .open("word", let range, _):
                let attributes = HtmlAttributes(places, range)
                guard let left = number(attributes["xmin"]), let right = number(attributes["xmax"]),
                    let top = number(attributes["ymin"]), let foot = number(attributes["ymax"])
                else { continue }
                box = (left, right, top, foot)
            case .text(let range):
                guard let found = box else { continue }
                box = nil
                line.append(
                    Word(
                        text: HtmlEntity.decoded(places, range), left: found.left, right: found.right, top: found.top,
                        foot: found.foot))
            case .close("line"):
                if pages.indices.contains(page) { take(line, from: &pages[page]) }
                line = []
            default: break
            }
        }
        return pages
    }

    private static func take(_ line: [Word], from page: inout [UInt32]) {
        guard line.count >= 2 else { return }
        for k in line.indices.dropFirst() where isRaised(line[k], behind: line[k - 1]) {
            let before = line[k - 1].text.suffix(context)
            let after = k + 1 < line.count ? line[k + 1].text.prefix(context) : []
            let mark = line[k].text
            guard let at = place(of: before + mark + after, in: page) else { continue }
            let range = (at + before.count)..<(at + before.count + mark.count)
            page.replaceSubrange(range, with: HtmlScript.read(mark, behind: before, isSuper: true) ?? [])
        }
    }

    private static func isRaised(_ word: Word, behind before: Word) -> Bool {
        guard word.text.count <= 5, before.height > 0, word.height < before.height * 0.78 else { return false }
        return word.foot < before.foot - before.height * 0.15 && word.top < before.top + before.height * 0.3
            && abs(word.left - before.right) < before.height * 0.4
    }

    /// The one place at which these scalars stand; nil where none or several could be meant.
    private static func place(of text: some Collection<UInt32>, in page: [UInt32]) -> Int? {
        let text = Array(text)
        guard let first = text.first, page.count >= text.count else { return nil }
        var found: Int?
        for i in 0...(page.count - text.count) where page[i] == first {
            guard page[i..<(i + text.count)].elementsEqual(text) else { continue }
            if found != nil { return nil }
            found = i
        }
        return found
    }

    private static func number(_ text: [UInt32]?) -> Double? { text.flatMap { Double(Scalars.string($0)) } }
}

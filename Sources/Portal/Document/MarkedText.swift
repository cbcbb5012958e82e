import BulletinModel
import Reading

/// Where in an article's text something is to be marked.
struct Mark: Equatable {
    /// What is marked: figures, by their places in the list, or a number that is none, by its place in the other.
    enum Subject: Equatable {
        case figures([Int])
        case leftOut(Int)
    }

    /// Place in the bulletin's decoded text.
    var range: Range<Int>
    var subject: Subject
}

/// The marks of an article, in order, none over another.
struct Marks {
    private(set) var all: [Mark] = []

    /// Figures that share a place share a mark; what is left out takes only room that no figure has.
    init(_ indicators: [Indicator], _ unresolved: [Unresolved]) {
        let figures = indicators.enumerated().sorted {
            ($0.element.start, $0.element.end, $0.offset) < ($1.element.start, $1.element.end, $1.offset)
        }
        for (place, indicator) in figures where indicator.start < indicator.end {
            if let last = all.last, indicator.start < last.range.upperBound,
                case .figures(let places) = last.subject
            {
                all[all.count - 1].range = last.range.lowerBound..<max(last.range.upperBound, indicator.end)
                all[all.count - 1].subject = .figures(places + [place])
            } else {
                all.append(Mark(range: indicator.start..<indicator.end, subject: .figures([place])))
            }
        }
        var others: [Mark] = []
        var next = 0
        for (place, figure) in unresolved.enumerated() where figure.start < figure.end {
            var start = max(figure.start, others.last?.range.upperBound ?? 0)
            while next < all.count, all[next].range.upperBound <= start { next += 1 }
            var i = next
            while start < figure.end {
                let taken = i < all.count ? all[i].range : nil
                let end = min(figure.end, taken?.lowerBound ?? figure.end)
                if start < end { others.append(Mark(range: start..<end, subject: .leftOut(place))) }
                guard let taken, taken.lowerBound < figure.end else { break }
                start = max(start, taken.upperBound)
                i += 1
            }
        }
        all = (all + others).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
}

/// Writes passages of an article with the marks in them.
struct MarkedText {
    private let text: [UInt32]
    private let base: Int
    private let marks: [Mark]
    /// Write what opens and what closes a mark; the last argument tells whether it is the first time, as a mark may
    /// go on in the next passage.
    private let open: (inout Html, Mark, Bool) -> Void
    private let close: (inout Html, Mark, Bool, ShownNumbers) -> Void
    private var begun: Set<Int> = []
    private var closed: Set<Int> = []
    /// The figures, and the numbers that are none, that have been shown so far, by their places in the lists, with
    /// what a reader sees of them: no markup, which a quote may have inside.
    private(set) var shown = ShownNumbers()

    init(
        _ article: Article, _ marks: Marks, open: @escaping (inout Html, Mark, Bool) -> Void,
        close: @escaping (inout Html, Mark, Bool, ShownNumbers) -> Void
    ) {
        text = Scalars.of(article.text)
        base = article.start
        self.marks = marks.all
        self.open = open
        self.close = close
    }

    /// The passage as the bulletin prints it, column breaks joined and markup left out, with its marks.
    mutating func write(_ passage: Passage, to html: inout Html) {
        guard let first = passage.origin.first else { return }
        var next = marks.firstIndexBehind(first)
        var at: Int?
        var run = String.UnicodeScalarView()
        for place in passage.origin {
            while next < marks.count, marks[next].range.upperBound <= place { next += 1 }
            let mark = next < marks.count && marks[next].range.contains(place) ? next : nil
            if mark != at {
                flush(&run, at, &html)
                if let mark { open(&html, marks[mark], begun.insert(mark).inserted) }
                at = mark
            }
            guard place >= base, place - base < text.count else { continue }
            run.append(Unicode.Scalar(text[place - base]) ?? "\u{FFFD}")
        }
        flush(&run, at, &html)
    }

    /// Writes a run of text, and closes the mark that it stands in.
    private mutating func flush(_ run: inout String.UnicodeScalarView, _ mark: Int?, _ html: inout Html) {
        let words = String(run)
        run.removeAll()
        html.text(words)
        guard let mark else { return }
        shown.add(words, marks[mark].subject)
        close(&html, marks[mark], closed.insert(mark).inserted, shown)
    }
}

/// What of an article's figures, and of its numbers that are none, its text shows.
struct ShownNumbers {
    /// By place in the list of indicators.
    private(set) var figures: [Int: String] = [:]
    /// By place in the list of what is unresolved.
    private(set) var others: [Int: String] = [:]

    fileprivate mutating func add(_ words: String, _ subject: Mark.Subject) {
        switch subject {
        case .figures(let places): for place in places { figures[place, default: ""] += words }
        case .leftOut(let place): others[place, default: ""] += words
        }
    }
}

extension [Mark] {
    /// The first mark that ends behind a place.
    fileprivate func firstIndexBehind(_ place: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].range.upperBound <= place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

import BulletinModel

/// A text as the passes read it: every scalar in its place, but breaks inside paragraphs taken out and traditional forms
/// of ideographs made simplified ones. What is told of it in words is given back in the forms that it prints.
struct ReadableText {
    /// What is read; as many scalars as the text has.
    let scalars: [UInt32]
    private let script: TraditionalScript?
    private let isJoined: Bool

    init(_ s: [UInt32], _ form: Article.Form, _ variants: VariantTable) {
        let joined = form == .html ? nil : WrappedLines.joined(s)
        script = TraditionalScript(joined ?? s, variants)
        scalars = script?.scalars ?? joined ?? s
        isJoined = joined != nil
    }

    /// Whether it differs from the text.
    var isChanged: Bool { isJoined || script != nil }

    /// Words that were read, in the forms that the text prints.
    func printed(_ words: String) -> String {
        var words = words
        if isJoined { words.unicodeScalars.removeAll { $0.value == WrappedLines.joiner } }
        return script?.printed(words) ?? words
    }

    /// An article as it is read.
    func reading(of article: Article, _ variants: VariantTable) -> Article {
        guard isChanged else { return article }
        func folded(_ words: String?) -> String? {
            script == nil ? words : words.map { Scalars.string(Scalars.of($0).map(variants.folded)) }
        }
        return article.with(text: Scalars.string(scalars), folded)
    }

    /// The same article with its text as it stands in the bulletin, and what was told of it as printed.
    func article(_ read: Article, of text: DecodedText) -> Article {
        guard isChanged else { return read }
        return read.with(text: text.string(read.start..<read.end)) { $0.map(printed) }
    }
}

extension Article {
    /// The article with another text of the same length, and its words changed.
    fileprivate func with(text: String, _ change: (String?) -> String?) -> Article {
        var setting = setting
        setting.title = change(setting.title)
        setting.publisher = change(setting.publisher)
        setting.number = change(setting.number)
        var article = Article(
            bulletin: bulletin, ordinal: ordinal, headline: change(headline), subheadline: change(subheadline),
            section: change(section), column: change(column), byline: change(byline), start: start, end: end,
            text: text, form: form, setting: setting)
        article.scan = scan
        return article
    }
}

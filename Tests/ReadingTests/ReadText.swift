import BulletinModel

@testable import Reading

/// What the engine reads in a text, with the shipped tables unless others are given.
struct ReadText {
    let articles: [Article]
    let indicators: [Indicator]

    init(_ text: String, with lexicon: Lexicon? = nil) throws {
        let engine = Engine(lexicon: try lexicon ?? Lexicon.shipped())
        let bytes = Array(text.utf8)
        articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        indicators = articles.flatMap(engine.extract)
    }
}

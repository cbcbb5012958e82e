import BulletinModel

@testable import Reading

/// What the engine with the shipped tables reads in a text.
struct ReadText {
    let articles: [Article]
    let indicators: [Indicator]

    init(_ text: String) throws {
        let engine = Engine(lexicon: try Lexicon.shipped())
        let bytes = Array(text.utf8)
        articles = engine.segment(try engine.decode(bytes), bulletin: BulletinID(bytes: bytes))
        indicators = articles.flatMap(engine.extract)
    }
}

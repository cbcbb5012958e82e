import BulletinModel
import Reading
import Workers

/// The reading engine as the workers ask for it.
struct EngineReader: BulletinReader {
    /// The engine.
    let reading: Engine

    var engine: EngineVersion { reading.engineVersion }

    func articles(of bytes: [UInt8], bulletin: BulletinID) throws(Failure) -> [Article] {
        let text: DecodedText
        do {
            text = try reading.decode(bytes)
        } catch {
            throw Failure(.data, code: error.code, error.message)
        }
        let articles = reading.segment(text, bulletin: bulletin)
        guard !articles.isEmpty else {
            throw Failure(.data, code: "empty", "The bulletin has no text to read.")
        }
        return articles
    }

    func indicators(of article: Article) -> [Indicator] {
        reading.extract(article)
    }
}

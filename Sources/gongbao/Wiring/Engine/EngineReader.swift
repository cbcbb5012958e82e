import BulletinModel
import Dispatch
import Documents
import Reading
import TopicLog
import Workers

/// The reading engine as the workers ask for it.
struct EngineReader: BulletinReader {
    /// The engine.
    let reading: Engine

    var engine: EngineVersion { reading.engineVersion }

    /// One PDF is read at a time: the words of the largest that is taken, with their places, take 350 MiB, so that
    /// a worker fits into the memory that it is given however many processors there are.
    private static let pdf = DispatchSemaphore(value: 1)

    func articles(of bytes: [UInt8], bulletin: BulletinID, given: GivenData) throws(Failure) -> [Article] {
        let isPdf = bytes.starts(with: Array("%PDF-".utf8))
        if isPdf { Self.pdf.wait() }
        defer { if isPdf { Self.pdf.signal() } }
        let text: DecodedText
        do throws(DecodeError) { text = try reading.decode(bytes) } catch { throw Failure(error) }
        let articles = reading.segment(text, bulletin: bulletin, given: given)
        guard !articles.isEmpty || text.isContainer else {
            throw Failure(.empty, "The bulletin has no text to read.")
        }
        return articles
    }

    func decoder(of bytes: [UInt8]) throws(Failure) -> String? {
        do throws(DecodeError) { return try reading.decoder(of: bytes) } catch { throw Failure(error) }
    }

    func holdsMembers(_ bytes: [UInt8]) -> Bool { DocumentConverter().holdsMembers(bytes) }

    func members(of bytes: [UInt8], atMost room: Int) throws(Failure) -> [Member] {
        var bounds = PackageBounds()
        bounds.totalBytes = min(bounds.totalBytes, room)
        do throws(DecodeError) {
            return try DocumentConverter(bounds: bounds).members(of: bytes).map {
                Member(name: $0.name, bytes: $0.bytes)
            }
        } catch {
            throw Failure(error)
        }
    }

    func indicators(of article: Article) -> [Indicator] {
        reading.extract(article)
    }

    func indicators(of article: Article, atMost most: Int) -> [Indicator] {
        reading.extract(article, atMost: most)
    }
}

extension Failure {
    /// Only bytes that are at fault are bad data.
    fileprivate init(_ error: DecodeError) {
        let kind: Kind =
            switch error.cause {
            case .bytes: .data
            case .setup: .setup
            case .outage: .transient
            }
        self.init(kind, code: error.code, error.message)
    }
}

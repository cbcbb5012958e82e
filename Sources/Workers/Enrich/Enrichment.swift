import BulletinModel
import TopicLog

/// The enrichment stage without a worker around it: articles in, what becomes of them out. For
/// replay, which reads and writes by itself.
public struct Enrichment: Sendable {
    /// How many figures an article may state where nothing else is set.
    public static let defaultMostFigures = 20_000
    private let stage: EnrichmentStage

    /// The stage with an engine, writing to the indicators topic of these.
    public init(reader: any BulletinReader, topics: Topics, mostFigures: Int = defaultMostFigures) {
        stage = EnrichmentStage(reader: reader, topics: topics, mostFigures: mostFigures)
    }

    /// What becomes of each record, in the records' order, worked out on all cores.
    public func outcomes(of records: [Record]) -> [Outcome] {
        concurrentMap(records, stage.process)
    }
}

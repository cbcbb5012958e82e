import BulletinModel
import Reading
import TopicLog

/// What another engine or lexicon would change, before it is rolled out.
public struct EngineComparison: Sendable {
    /// How a figure would change.
    public enum Change: String, Sendable, CaseIterable {
        /// Only the new one reads it.
        case added
        /// Only the old one reads it.
        case removed
        /// Both read it, differently.
        case changed
    }

    /// One figure that would change.
    public struct Example: Sendable, Equatable {
        /// How.
        public let change: Change
        /// The figure, as the new one reads it; as the old one where it is removed.
        public let indicator: Indicator
        /// The fields that differ.
        public let fields: [Finding.FieldChange]
        /// The passage.
        public let passage: Finding.Passage?
        /// The bulletin's source.
        public let source: String
    }

    /// Bulletins that were read.
    public private(set) var bulletins = 0
    /// Articles that were read.
    public private(set) var articles = 0
    /// Articles of which something would change.
    public private(set) var changedArticles = 0
    /// Figures that both read alike.
    public private(set) var same = 0
    /// Figures that would change, by how.
    public private(set) var totals: [Change: Int] = [:]
    /// Changed figures by the field that differs.
    public private(set) var fields: [String: Int] = [:]
    /// The first of each kind and field.
    public private(set) var examples: [Example] = []
    private var shown: [String: Int] = [:]
    private let most: Int

    /// Nothing compared yet.
    ///
    /// - Parameter examples: how many are kept of each class, and of each field among the changed.
    public init(examples: Int) {
        most = examples
    }

    /// Whether anything would change.
    public var isEmpty: Bool { totals.isEmpty }

    /// Derives the bulletins of a span with two engines.
    ///
    /// - Throws: what the source throws.
    public mutating func compare(
        _ source: any RecordSource, topic: String, _ span: Auditor.Span, old: Engine, new: Engine
    ) throws {
        let spans = try Auditor.bounds(topic, source, from: span.from, to: span.to)
        _ = try source.read(spans) { records in
            typealias Reading = (Article, [Indicator], [Indicator])
            let results = concurrentMap(records) { record -> Swift.Result<[Reading], DecodeError> in
                do throws(DecodeError) {
                    let articles = try Deriver(new).articles(of: record)
                    return .success(articles.map { ($0, old.extract($0), new.extract($0)) })
                } catch {
                    return error.cause == .bytes ? .success([]) : .failure(error)
                }
            }
            let readings = try results.map { try $0.get() }
            for (record, reading) in zip(records, readings) {
                bulletins += 1
                let name = record.header("ce_source").flatMap { CloudEvent.source(ofReference: $0) } ?? ""
                for (article, before, after) in reading { add(article, before, after, name) }
            }
        }
    }

    /// Notes how two readings of an article differ.
    mutating func add(_ article: Article, _ old: [Indicator], _ new: [Indicator], _ source: String) {
        let difference = ReadingDifference(from: old, to: new)
        articles += 1
        same += difference.same
        if !difference.isEmpty { changedArticles += 1 }
        func example(_ change: Change, _ indicator: Indicator, _ fields: [Finding.FieldChange] = []) -> Example {
            Example(
                change: change, indicator: indicator, fields: fields,
                passage: Finding.Passage(article, start: indicator.start, end: indicator.end, around: 24),
                source: source)
        }
        for one in difference.added { count(example(.added, one)) }
        for one in difference.removed { count(example(.removed, one)) }
        for one in difference.changed {
            for field in one.fields { fields[field.name, default: 0] += 1 }
            count(example(.changed, one.new, one.fields))
        }
    }

    private mutating func count(_ example: Example) {
        totals[example.change, default: 0] += 1
        let classes = example.fields.isEmpty ? [example.change.rawValue] : example.fields.map(\.name)
        guard classes.contains(where: { shown[$0, default: 0] < most }) else { return }
        for name in classes { shown[name, default: 0] += 1 }
        examples.append(example)
    }

    /// The result as one JSON object.
    public var json: [UInt8] {
        JSONWriter.line { json in
            json.member("schema", "gongbao.comparison.v1")
            json.member("bulletins", bulletins)
            json.member("articles", articles)
            json.member("changed_articles", changedArticles)
            json.member("same", same)
            json.member("added", totals[.added] ?? 0)
            json.member("removed", totals[.removed] ?? 0)
            json.member("changed", totals[.changed] ?? 0)
            let ordered = fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            json.objects("fields", ordered) { json, field in
                json.member("name", field.key)
                json.member("count", field.value)
            }
            json.objects("examples", examples) { json, example in
                json.member("change", example.change.rawValue)
                json.member("source", example.source)
                json.member("id", example.indicator.id.rawValue)
                json.member("name", example.indicator.name)
                json.member("quote", example.indicator.quote)
                json.objects("fields", example.fields) { json, field in
                    json.member("name", field.name)
                    json.member("old", field.stored)
                    json.member("new", field.expected)
                }
            }
        }
    }
}

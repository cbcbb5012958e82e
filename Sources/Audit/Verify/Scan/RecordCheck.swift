import BulletinModel
import TopicLog

/// Holds a record's key and headers to its value.
enum RecordCheck {
    /// What of the key and headers does not fit; nil when all do.
    ///
    /// - Parameter engine: what a closing record says made it; nil when the value does not tell.
    static func problem(
        _ record: Record, schema: MessageSchema, id: String, key: String, engine: EngineVersion? = nil
    ) -> String? {
        guard let bytes = record.key, bytes.elementsEqual(key.utf8) else { return "its key is not \(key.prefix(16))…" }
        var expected = [
            ("ce_specversion", "1.0"), ("ce_id", id), ("ce_type", schema.rawValue),
            ("content-type", schema.contentType),
        ]
        if let engine {
            expected.append((CloudEvent.engineHeader, String(engine.number)))
            expected.append((CloudEvent.lexiconHeader, engine.lexicon))
        }
        for (name, value) in expected where record.header(name) != value {
            let found = record.header(name).map { "\"\($0.prefix(40))\"" } ?? "missing"
            return "its header \(name) is \(found) and should be \"\(value.prefix(40))\""
        }
        for name in ["ce_source", "ce_time"] where record.header(name)?.isEmpty ?? true {
            return "it has no header \(name)"
        }
        if let trace = record.header("traceparent"), !CloudEvent.isTraceparent(trace) {
            return "its header traceparent is no W3C trace context"
        }
        guard let number = record.header(CloudEvent.engineHeader).flatMap({ Int32($0) }), number >= 0,
            record.header(CloudEvent.lexiconHeader) != nil
        else { return "its headers do not tell the engine and the lexicon" }
        return nil
    }
}

extension Record {
    /// `topic/partition@offset`.
    var place: String { "\(partition)@\(offset)" }
}

/// The text between two offsets as people write it.
func describeOffsets(_ range: Range<Int64>) -> String {
    range.count == 1 ? "offset \(range.lowerBound)" : "offsets \(range.lowerBound) to \(range.upperBound - 1)"
}

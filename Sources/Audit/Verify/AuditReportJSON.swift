import BulletinModel
import TopicLog

extension AuditReport {
    /// The report as one JSON object.
    public var json: [UInt8] {
        var json = JSONWriter(capacity: 4096)
        json.beginObject()
        json.member("schema", "gongbao.audit.v1")
        json.key("holds")
        json.value(holds)
        json.member("source", source)
        json.member("database", database)
        json.member("span", span)
        json.member("began", Int(began.milliseconds))
        json.key("engine")
        json.beginObject()
        json.member("number", engine.number)
        json.member("lexicon", engine.lexicon)
        json.endObject()
        json.key("checked")
        json.beginObject()
        json.member("bulletins", counts.bulletins)
        json.member("articles", counts.articles)
        json.member("readings", counts.readings)
        json.member("indicators", counts.indicators)
        json.member("closings", counts.closings)
        json.member("dead_letters", counts.deadLetters)
        json.member("rows", counts.rows)
        json.member("superseded", counts.superseded)
        json.member("rejected", counts.rejected)
        json.member("waiting", counts.waiting)
        json.member("recalled", counts.recalled)
        json.endObject()
        json.key("partitions")
        json.beginArray()
        for account in accounts {
            json.beginObject()
            json.member("topic", account.partition.topic)
            json.member("partition", Int(account.partition.partition))
            json.member("from", Int(account.offsets.lowerBound))
            json.member("to", Int(account.offsets.upperBound))
            json.member("records", account.records)
            json.member("markers", account.markers)
            json.member("without_data", account.withoutData)
            json.member("missing", account.missing)
            json.endObject()
        }
        json.endArray()
        json.key("differences")
        json.beginObject()
        json.member("missing", totals[.missing] ?? 0)
        json.member("extra", totals[.extra] ?? 0)
        json.member("changed", totals[.changed] ?? 0)
        json.member("tampered", totals[.tampered] ?? 0)
        json.member("other_engine", totals[.otherEngine] ?? 0)
        json.endObject()
        json.key("findings")
        json.beginArray()
        for finding in findings { finding.write(to: &json) }
        json.endArray()
        json.key("notes")
        json.beginArray()
        for note in notes { json.value(note) }
        json.endArray()
        json.endObject()
        json.endLine()
        return json.bytes
    }
}

extension Finding {
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("class", kind.rawValue)
        json.member("subject", subject.rawValue)
        json.member("place", place)
        json.member("id", id)
        json.member("article", article?.rawValue)
        json.member("message", message)
        json.key("fields")
        json.beginArray()
        for field in fields {
            json.beginObject()
            json.member("name", field.name)
            json.member("stored", field.stored)
            json.member("expected", field.expected)
            json.endObject()
        }
        json.endArray()
        json.key("passage")
        if let passage {
            json.beginObject()
            json.member("before", passage.before)
            json.member("quote", passage.quote)
            json.member("after", passage.after)
            json.endObject()
        } else {
            json.null()
        }
        json.endObject()
    }
}

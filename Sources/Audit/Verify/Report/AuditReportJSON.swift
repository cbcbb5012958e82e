import BulletinModel
import TopicLog

extension AuditReport {
    /// The report as one JSON object.
    public var json: [UInt8] {
        JSONWriter.line { json in
            json.member("schema", "gongbao.audit.v1")
            json.key("holds")
            json.value(holds)
            json.member("source", source)
            json.member("database", database)
            json.member("span", span)
            json.member("began", Int(began.milliseconds))
            json.object("engine") { json in
                json.member("number", engine.number)
                json.member("lexicon", engine.lexicon)
            }
            json.object("checked", counts.write)
            json.objects("partitions", accounts) { json, account in
                json.member("topic", account.partition.topic)
                json.member("partition", Int(account.partition.partition))
                json.member("from", Int(account.offsets.lowerBound))
                json.member("to", Int(account.offsets.upperBound))
                json.member("records", account.records)
                json.member("markers", account.markers)
                json.member("without_data", account.withoutData)
                json.member("missing", account.missing)
            }
            json.object("differences") { json in
                json.member("missing", totals[.missing] ?? 0)
                json.member("extra", totals[.extra] ?? 0)
                json.member("changed", totals[.changed] ?? 0)
                json.member("tampered", totals[.tampered] ?? 0)
                json.member("other_engine", totals[.otherEngine] ?? 0)
            }
            json.objects("findings", findings) { json, finding in finding.write(to: &json) }
            json.key("notes")
            json.beginArray()
            for note in notes { json.value(note) }
            json.endArray()
        }
    }
}

extension AuditReport.Counts {
    fileprivate func write(_ json: inout JSONWriter) {
        json.member("bulletins", bulletins)
        json.member("articles", articles)
        json.member("readings", readings)
        json.member("indicators", indicators)
        json.member("closings", closings)
        json.member("dead_letters", deadLetters)
        json.member("rows", rows)
        json.member("superseded", superseded)
        json.member("rejected", rejected)
        json.member("waiting", waiting)
        json.member("recalled", recalled)
    }
}

extension Finding {
    fileprivate func write(to json: inout JSONWriter) {
        json.member("class", kind.rawValue)
        json.member("subject", subject.rawValue)
        json.member("place", place)
        json.member("id", id)
        json.member("article", article?.rawValue)
        json.member("message", message)
        json.objects("fields", fields) { json, field in
            json.member("name", field.name)
            json.member("stored", field.stored)
            json.member("expected", field.expected)
        }
        guard let passage else { return json.member("passage", nil) }
        json.object("passage") { json in
            json.member("before", passage.before)
            json.member("quote", passage.quote)
            json.member("after", passage.after)
        }
    }
}

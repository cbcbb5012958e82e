import BulletinModel
import Messages

/// The OpenAPI 3.1 document, made of the same table that requests are checked against; what it explains is in the
/// language of who asks.
enum OpenApi {
    static func document(version: String, _ m: Messages) -> [UInt8] {
        JSONWriter.line { json in
            json.member("openapi", "3.1.0")
            json.object("info") { json in
                json.member("title", "gongbao")
                json.member("version", version)
                json.member(
                    "description",
                    m.said(
                        "Figures of Chinese official bulletins, each with the place in the source that states it. Read only. "
                            + "Lists go on at the member next; answers carry ETag and honour If-None-Match."))
            }
            json.key("paths")
            json.beginObject()
            for endpoint in Endpoint.all { path(endpoint, m, &json) }
            json.endObject()
            json.object("components") { json in
                json.key("schemas")
                json.beginObject()
                for schema in ApiSchema.all {
                    json.name(schema.name)
                    schema.write(to: &json)
                }
                json.endObject()
            }
        }
    }

    private static func path(_ endpoint: Endpoint, _ m: Messages, _ json: inout JSONWriter) {
        json.name(endpoint.path)
        json.beginObject()
        json.object("get") { json in
            json.member("summary", m.said(endpoint.summary))
            json.member("operationId", operation(endpoint.path))
            json.key("parameters")
            json.beginArray()
            if let name = endpoint.path.split(separator: "{").dropFirst().first.map({ String($0.dropLast()) }) {
                json.beginObject()
                json.member("name", name)
                json.member("in", "path")
                json.key("required")
                json.value(true)
                json.object("schema") { json in
                    json.member("type", "string")
                    json.member("pattern", "^[0-9a-z_]{1,80}$")
                }
                json.endObject()
            }
            for parameter in endpoint.parameters { write(parameter, m, &json) }
            json.endArray()
            json.object("responses") { json in
                json.object("200") { json in
                    json.member("description", m.said("The answer."))
                    json.object("content") { json in
                        json.object("application/json") {
                            $0.object("schema") { $0.member("$ref", "#/components/schemas/" + endpoint.schema) }
                        }
                        if endpoint.hasCsv {
                            json.object("text/csv") { $0.object("schema") { $0.member("type", "string") } }
                        }
                    }
                }
                for status: (StaticString, String) in [
                    ("400", "A parameter is unknown or cannot be taken."), ("404", "There is nothing of this name."),
                    ("405", "Only GET and HEAD are answered."),
                    ("503", "The database cannot be reached, or too many wait."),
                ] {
                    json.object(status.0) { json in
                        json.member("description", m.said(status.1))
                        json.object("content") { json in
                            json.object("application/problem+json") {
                                $0.object("schema") { $0.member("$ref", "#/components/schemas/Problem") }
                            }
                        }
                    }
                }
            }
        }
        json.endObject()
    }

    private static func operation(_ path: String) -> String {
        let words = path.split(separator: "/").dropFirst(2).map { $0.filter { $0 != "{" && $0 != "}" } }
        return words.count > 1 ? "get_\(words[0])_\(words[1])" : "list_\(words.first ?? "")"
    }

    private static func write(_ parameter: Parameter, _ m: Messages, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("name", parameter.name)
        json.member("in", "query")
        json.member("description", m.said(parameter.about))
        json.key("required")
        json.value(parameter.isRequired)
        json.object("schema") { json in
            guard parameter.isRepeated else { return schema(parameter.kind, &json) }
            json.member("type", "array")
            json.member("minItems", 1)
            json.member("maxItems", 8)
            json.object("items") { schema(parameter.kind, &$0) }
        }
        json.endObject()
    }

    private static func schema(_ kind: Parameter.Kind, _ json: inout JSONWriter) {
        switch kind {
        case .number(let range):
            json.member("type", "integer")
            json.member("minimum", range.lowerBound)
            json.member("maximum", range.upperBound)
        case .words(let words):
            json.member("type", "string")
            json.key("enum")
            json.beginArray()
            for word in words { json.value(word) }
            json.endArray()
        case .text:
            json.member("type", "string")
            json.member("minLength", 1)
            json.member("maxLength", 400)
            json.member("pattern", "^[^\\x00]+$")
        case .form(let form):
            json.member("type", "string")
            json.member("pattern", form)
        case .day:
            json.member("type", "string")
            json.member("format", "date")
        }
    }
}

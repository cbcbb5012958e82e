import BulletinModel

/// A schema of the OpenAPI document: the members of an object, each with its type.
struct ApiSchema: Sendable {
    /// What a member holds.
    indirect enum Kind: Sendable {
        case text
        case number
        case integer
        case flag
        case nullable(Kind)
        case list(Kind)
        case reference(String)
        case object([(String, Kind)])
    }

    let name: String
    let members: [(String, Kind)]

    func write(to json: inout JSONWriter) { Self.write(.object(members), to: &json) }

    private static func write(_ kind: Kind, to json: inout JSONWriter) {
        json.beginObject()
        switch kind {
        case .text: json.member("type", "string")
        case .number: json.member("type", "number")
        case .integer: json.member("type", "integer")
        case .flag: json.member("type", "boolean")
        case .reference(let name): json.member("$ref", "#/components/schemas/" + name)
        case .nullable(let kind):
            json.key("anyOf")
            json.beginArray()
            write(kind, to: &json)
            json.beginObject()
            json.member("type", "null")
            json.endObject()
            json.endArray()
        case .list(let kind):
            json.member("type", "array")
            json.key("items")
            write(kind, to: &json)
        case .object(let members):
            json.member("type", "object")
            json.key("properties")
            json.beginObject()
            for (name, kind) in members {
                json.name(name)
                write(kind, to: &json)
            }
            json.endObject()
            json.key("required")
            json.beginArray()
            for (name, _) in members { json.value(name) }
            json.endArray()
        }
        json.endObject()
    }

    private static func list(_ name: String, of item: String) -> ApiSchema {
        ApiSchema(
            name: name,
            members: [("data", .list(.reference(item))), ("next", .nullable(.text)), ("next_link", .nullable(.text))])
    }

    private static let maybe = Kind.nullable(.text)

    private static let article: [(String, Kind)] = [
        ("id", .text), ("bulletin", .text), ("ordinal", .integer), ("headline", maybe), ("title", maybe),
        ("publisher", maybe), ("published", maybe),
    ]

    private static let measure: [(String, Kind)] = [
        ("code", .text), ("name", .text), ("aliases", .list(.text)), ("unit", maybe), ("kind", maybe),
        ("definition", maybe), ("source", maybe),
    ]

    /// All schemas.
    static let all: [ApiSchema] = [
        list("IndicatorList", of: "Indicator"), list("DocumentList", of: "Document"),
        list("ArticleList", of: "ArticleEntry"), list("MeasureList", of: "Measure"), list("RegionList", of: "Region"),
        ApiSchema(
            name: "Indicator",
            members: [
                ("id", .text), ("bulletin", .text), ("article", .text), ("article_ordinal", .integer),
                ("start", .integer),
                ("end", .integer), ("quote", .text), ("name", .text), ("value", .text), ("value_to", maybe),
                ("unit", .text),
                ("kind", .text), ("base", maybe), ("bound", .text), ("status", .text),
                ("period", .nullable(.object([("start", .text), ("end", .text)]))), ("code", maybe),
                ("region", .nullable(.object([("name", .text), ("code", maybe)]))), ("scope", maybe),
                ("vintage", maybe),
                ("confidence", .number), ("rules", .list(.text)), ("engine", .integer), ("source", maybe),
                ("title", maybe),
                ("headline", maybe), ("publisher", maybe), ("published", maybe), ("url", maybe), ("received", maybe),
                ("link", .text),
            ]),
        ApiSchema(
            name: "Document",
            members: [
                ("id", .text), ("source", .text), ("size", .integer), ("received", maybe), ("title", maybe),
                ("publisher", maybe), ("published", maybe), ("articles", .integer), ("indicators", .integer),
                ("link", .text),
            ]),
        ApiSchema(name: "ArticleEntry", members: article + [("indicators", .nullable(.integer))]),
        ApiSchema(
            name: "Article",
            members: article + [
                ("subheadline", maybe), ("section", maybe), ("column", maybe), ("byline", maybe), ("start", .integer),
                ("end", .integer), ("form", .text), ("url", maybe), ("text", .text),
            ]),
        ApiSchema(
            name: "Series",
            members: [
                ("measure", .text), ("kind", .text), ("by", .text), ("unit", .text),
                (
                    "series",
                    .list(
                        .object([
                            ("region", .text), ("name", .text), ("status", .text),
                            (
                                "points",
                                .list(
                                    .object([
                                        ("period", .text), ("value", .nullable(.number)), ("standing", .text),
                                        ("flagged", .flag), ("rivals", .integer), ("indicator", maybe),
                                        ("bulletin", maybe),
                                    ]))
                            ),
                        ]))
                ),
            ]),
        ApiSchema(
            name: "Panel",
            members: [
                (
                    "columns",
                    .list(
                        .object([
                            ("column", .text), ("measure", .text), ("kind", .text), ("status", .text), ("unit", .text),
                        ]))
                ),
                (
                    "rows",
                    .list(
                        .object([
                            ("region_code", maybe), ("region", .text), ("period", .text),
                            (
                                "cells",
                                .list(
                                    .object([
                                        ("value", .nullable(.number)), ("standing", .text), ("flagged", .flag),
                                        ("indicator", maybe),
                                    ]))
                            ),
                        ]))
                ),
            ]),
        ApiSchema(name: "Measure", members: measure + [("indicators", .integer)]),
        ApiSchema(name: "MeasureFound", members: measure),
        ApiSchema(
            name: "Region", members: [("code", .text), ("name", .text), ("level", .text), ("link", .text)]),
        ApiSchema(
            name: "Findings",
            members: [
                ("region", .nullable(.reference("Region"))), ("measures", .list(.reference("MeasureFound"))),
                ("indicators", .list(.reference("Indicator"))), ("count", .integer),
                ("articles", .list(.reference("ArticleEntry"))),
                ("publishers", .list(.object([("publisher", .text), ("count", .integer)]))),
                ("years", .list(.object([("year", .text), ("count", .integer)]))),
            ]),
        ApiSchema(
            name: "Status",
            members: [
                ("version", .text), ("engine", .integer), ("bulletins", .integer), ("articles", .integer),
                ("indicators", .integer), ("dead_letters", .integer), ("newest", maybe),
                (
                    "workers",
                    .list(.object([("worker", .text), ("state", .text), ("lag", .integer), ("rejected", .integer)]))
                ),
                (
                    "groups",
                    .list(.object([("group", .text), ("topic", .text), ("records", .integer), ("lag", .integer)]))
                ),
            ]),
        ApiSchema(
            name: "Problem", members: [("type", .text), ("title", .text), ("status", .integer), ("detail", .text)]),
    ]
}

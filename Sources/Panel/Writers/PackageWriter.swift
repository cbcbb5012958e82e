import BulletinModel

/// A Frictionless data package: a CSV file for each table and a file that describes them.
public enum PackageWriter {
    /// The files by name, the description first.
    ///
    /// - Parameter mark: whether the CSV files begin with a byte order mark.
    public static func files(_ tables: [DataTable], title: String, mark: Bool) -> [(name: String, bytes: [UInt8])] {
        let contents = tables.map { ($0.name + ".csv", CsvWriter.bytes($0, mark: mark)) }
        var json = JSONWriter(capacity: 1 << 14)
        json.beginObject()
        json.member("profile", "tabular-data-package")
        json.member("name", "gongbao-panel")
        json.member("title", title)
        json.key("resources")
        json.beginArray()
        for (table, content) in zip(tables, contents) {
            json.beginObject()
            json.member("profile", "tabular-data-resource")
            json.member("name", table.name)
            json.member("title", table.title)
            json.member("description", table.about)
            json.member("path", content.0)
            json.member("format", "csv")
            json.member("mediatype", "text/csv")
            json.member("encoding", "utf-8")
            json.member("bytes", content.1.count)
            json.key("schema")
            json.beginObject()
            json.key("fields")
            json.beginArray()
            for field in table.fields {
                json.beginObject()
                json.member("name", field.name)
                json.member("title", field.title)
                json.member("type", type(field.type))
                if !field.about.isEmpty { json.member("description", field.about) }
                if let unit = field.unit { json.member("unit", unit) }
                if !field.values.isEmpty {
                    json.key("constraints")
                    json.beginObject()
                    json.key("enum")
                    json.beginArray()
                    for value in field.values.keys.sorted() { json.value(value) }
                    json.endArray()
                    json.endObject()
                }
                json.endObject()
            }
            json.endArray()
            json.key("primaryKey")
            json.beginArray()
            for key in table.key { json.value(key) }
            json.endArray()
            json.endObject()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return [("datapackage.json", json.bytes)] + contents.map { (name: $0.0, bytes: $0.1) }
    }

    private static func type(_ type: DataTable.FieldType) -> String {
        switch type {
        case .text: "string"
        case .number: "number"
        case .integer: "integer"
        }
    }
}

import BulletinModel
import Foundation

/// Holds JSON to the part of JSON Schema that `Config/schemas` uses, and to nothing it does
/// not know: an unknown keyword is a fault, so that no rule is written that nobody checks.
struct SchemaValidator {
    let schema: JSONValue

    /// Loads `Config/schemas/<name>.json` of this package.
    init(named name: String) throws {
        var folder = URL(fileURLWithPath: #filePath)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let file = folder.appendingPathComponent("Config/schemas/\(name).json")
            if let data = try? Data(contentsOf: file) {
                schema = try JSONValue(parsing: Array(data))
                return
            }
        }
        throw CocoaError(.fileNoSuchFile)
    }

    /// The names of the properties, in the order of the file.
    var properties: [String] {
        guard case .object(let members)? = schema["properties"] else { return [] }
        return members.map(\.name)
    }

    /// What is wrong with a value; empty when nothing is.
    func faults(_ value: JSONValue) -> [String] {
        Self.faults(value, schema, "$")
    }

    private static func faults(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        guard case .object(let rules) = schema else { return ["\(path): schema is no object"] }
        if value == .null, schema["type"].map({ types($0).contains("null") }) == true { return [] }
        return rules.flatMap { rule -> [String] in
            switch (rule.name, rule.value) {
            case ("$schema", _), ("$id", _), ("title", _), ("description", _): []
            case ("type", let type):
                types(type).contains { matches(value, $0) } ? [] : ["\(path): is \(value.kind)"]
            case ("const", let constant): value == constant ? [] : ["\(path): is not the constant"]
            case ("enum", .array(let choices)): choices.contains(value) ? [] : ["\(path): none of the words"]
            case ("pattern", .string(let pattern)): fits(value, pattern) ? [] : ["\(path): not like \(pattern)"]
            case ("minLength", .integer(let least)): length(value) >= least ? [] : ["\(path): too short"]
            case ("minimum", .integer(let least)): number(value) >= Double(least) ? [] : ["\(path): too small"]
            case ("maximum", .integer(let most)): number(value) <= Double(most) ? [] : ["\(path): too large"]
            case ("required", .array(let names)):
                names.compactMap { name in
                    guard case .string(let name) = name, value[name] == nil else { return nil }
                    return "\(path): lacks \(name)"
                }
            case ("properties", .object(let properties)):
                properties.flatMap { property in
                    value[property.name].map { faults($0, property.value, "\(path).\(property.name)") } ?? []
                }
            case ("items", let items):
                if case .array(let elements) = value { elements.flatMap { faults($0, items, path + "[]") } } else { [] }
            default: ["\(path): the validator does not know \(rule.name)"]
            }
        }
    }

    private static func types(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let type): [type]
        case .array(let list): list.flatMap(types)
        default: []
        }
    }

    private static func matches(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
            (.string, "string"), (.array, "array"), (.object, "object"):
            true
        default: false
        }
    }

    private static func fits(_ value: JSONValue, _ pattern: String) -> Bool {
        guard case .string(let text) = value else { return false }
        return text.range(of: pattern, options: .regularExpression) != nil
    }

    private static func length(_ value: JSONValue) -> Int {
        if case .string(let text) = value { text.unicodeScalars.count } else { 0 }
    }

    private static func number(_ value: JSONValue) -> Double {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: .nan
        }
    }
}

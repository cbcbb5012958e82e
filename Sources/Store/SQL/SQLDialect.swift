import Foundation

/// Where the two databases differ. Statements are written once, with `?` for arguments and
/// SQLite's words for types; what cannot be said in words of both is asked for here.
enum SQLDialect: Sendable {
    case sqlite
    case postgresql

    /// A condition: the text `column` contains the text of one argument.
    func contains(_ column: String) -> String {
        switch self {
        case .sqlite: "instr(\(column), ?) > 0"
        case .postgresql: "strpos(\(column), ?) > 0"
        }
    }

    /// A member, as text, of the JSON object in a column of bytes.
    func member(_ name: String, of column: String) -> String {
        let null = #"'\u0000', '\udbff\udffd'"#
        return switch self {
        case .sqlite: "json_extract(replace(CAST(\(column) AS TEXT), \(null)), '$.\(name)')"
        case .postgresql: "replace(convert_from(\(column), 'UTF8'), \(null))::json ->> '\(name)'"
        }
    }

    /// What follows ` IN `: a list of values, or of rows where there are several columns.
    func list(_ tuples: some Collection<[any SQLConvertible]>) -> String {
        let width = tuples.first?.count ?? 1
        let one = Array(repeating: "?", count: width).joined(separator: ", ")
        let list = Array(repeating: width == 1 ? one : "(\(one))", count: tuples.count).joined(separator: ", ")
        return self == .sqlite && width > 1 ? "(VALUES \(list))" : "(\(list))"
    }

    /// The table that says which migrations were made.
    var migrationsTable: String {
        switch self {
        case .sqlite: "grdb_migrations"
        case .postgresql: "gongbao_migrations"
        }
    }

    /// A statement that makes or changes tables, in this database's words.
    func definition(_ sql: String) -> String {
        guard self == .postgresql else { return sql }
        var text = sql.replacing(") STRICT, WITHOUT ROWID", with: ")").replacing(") STRICT", with: ")")
        // Text is compared and put in order by its bytes, as SQLite does, whatever the
        // database's own locale is.
        for (word, type) in [
            ("TEXT", #"TEXT COLLATE "C""#), ("INTEGER", "BIGINT"), ("REAL", "DOUBLE PRECISION"), ("BLOB", "BYTEA"),
        ] {
            text = text.replacing(" \(word)", with: " \(type)")
        }
        return text
    }

    /// A statement with arguments, as this database numbers them.
    func statement(_ sql: String) -> String {
        guard self == .postgresql, sql.utf8.contains(UInt8(ascii: "?")) else { return sql }
        var text = ""
        text.reserveCapacity(sql.utf8.count + 16)
        var number = 0
        var isQuoted = false
        for letter in sql.unicodeScalars {
            if letter == "'" { isQuoted.toggle() }
            if letter == "?" && !isQuoted {
                number += 1
                text += "$\(number)"
            } else {
                text.unicodeScalars.append(letter)
            }
        }
        return text
    }
}

/// Rows to be inserted, and what becomes of those that are there already.
struct SQLInsertion: Sendable {
    enum Conflict: Sendable {
        /// There can be none.
        case none
        /// The stored row stays.
        case keep
        /// The new row replaces it.
        case replace
    }

    let table: String
    let columns: [String]
    let key: [String]
    let conflict: Conflict

    /// Without a conflict; `key` is not needed then.
    init(_ table: String, _ columns: [String], key: [String] = [], on conflict: Conflict = .none) {
        self.table = table
        self.columns = columns
        self.key = key
        self.conflict = conflict
    }

    /// The statement for some rows; with a conflict no two of them may have one key.
    func sql(rows: Int) -> String {
        let row = "(" + Array(repeating: "?", count: columns.count).joined(separator: ", ") + ")"
        let values = Array(repeating: row, count: rows).joined(separator: ", ")
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES \(values)" + ending
    }

    /// PostgreSQL's statement for any number of rows, each column of which is an array of a type.
    func sql(arrays types: [String]) -> String {
        let arrays = types.map { "CAST(? AS \($0)[])" }.joined(separator: ", ")
        return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) SELECT * FROM unnest(\(arrays))" + ending
    }

    private var ending: String {
        switch conflict {
        case .none: return ""
        case .keep: return " ON CONFLICT (\(key.joined(separator: ", "))) DO NOTHING"
        case .replace:
            let sets = columns.filter { !key.contains($0) }.map { "\($0) = excluded.\($0)" }
            return " ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(sets.joined(separator: ", "))"
        }
    }
}

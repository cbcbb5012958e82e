import BulletinModel
import Foundation
import TopicLog

/// A value as both databases know it.
enum SQLValue: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// What can be an argument of a statement and a column of a row.
protocol SQLConvertible {
    /// As the databases take it.
    var sqlValue: SQLValue { get }
    /// From a row; nil where the column holds something else.
    init?(sqlValue: SQLValue)
}

extension String: SQLConvertible {
    /// What stands in the databases for U+0000: PostgreSQL has no text with it, and readers of
    /// SQLite's text end there. The last character of private use, which no bulletin has.
    static let storedNull = "\u{10FFFD}"

    var sqlValue: SQLValue { .text(hasNull ? replacing("\0", with: Self.storedNull) : self) }

    private var hasNull: Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false
        } ?? utf8.contains(0)
    }

    init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        let hasNull = text.utf8.contains(0xF4) && text.unicodeScalars.contains("\u{10FFFD}")
        self = hasNull ? text.replacing(Self.storedNull, with: "\0") : text
    }
}

extension Int64: SQLConvertible {
    var sqlValue: SQLValue { .integer(self) }

    init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self = number
    }
}

extension Int: SQLConvertible {
    var sqlValue: SQLValue { .integer(Int64(self)) }

    init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension Int32: SQLConvertible {
    var sqlValue: SQLValue { .integer(Int64(self)) }

    init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension Double: SQLConvertible {
    /// What is no number is NULL, as SQLite has it.
    var sqlValue: SQLValue { isNaN ? .null : .real(self) }

    init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

extension [UInt8]: SQLConvertible {
    var sqlValue: SQLValue { .bytes(self) }

    init?(sqlValue: SQLValue) {
        guard case .bytes(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    var sqlValue: SQLValue { self?.sqlValue ?? .null }

    init?(sqlValue: SQLValue) {
        if case .null = sqlValue {
            self = .none
        } else {
            guard let value = Wrapped(sqlValue: sqlValue) else { return nil }
            self = .some(value)
        }
    }
}

/// One row of an answer.
struct SQLRow: Sendable {
    /// Its columns, in the order of the statement.
    let values: [SQLValue]

    /// The value of a column.
    ///
    /// - Throws: ``Failure`` of kind `fatal` when the column holds something else.
    func value<Value: SQLConvertible>(_ column: Int, as type: Value.Type = Value.self) throws -> Value {
        guard column < values.count, let value = Value(sqlValue: values[column]) else {
            throw Failure(
                .fatal, code: "damaged", "The database holds no \(Value.self) where one must be (column \(column)).")
        }
        return value
    }
}

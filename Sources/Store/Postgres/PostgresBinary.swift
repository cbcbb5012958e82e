import BulletinModel
import CPostgres
import TopicLog

/// Values in PostgreSQL's binary form, for the types that the tables use.
enum PostgresBinary {
    static let bytea: Oid = 17
    static let int8: Oid = 20
    static let text: Oid = 25
    static let float8: Oid = 701

    /// What a COPY in binary form begins with: its signature, no flags, no extension.
    static let copyHeader: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)

    /// A type's name.
    static func name(_ type: Oid) -> String {
        switch type {
        case bytea: "bytea"
        case int8: "bigint"
        case float8: "double precision"
        default: "text"
        }
    }

    /// A value that came; types beside the tables' are those of expressions over them.
    static func value(_ bytes: UnsafeRawBufferPointer, type: Oid) throws -> SQLValue {
        func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
            guard bytes.count == MemoryLayout<Number>.size else { throw unexpected() }
            return Number(bigEndian: bytes.loadUnaligned(as: Number.self))
        }
        func unexpected() -> Failure {
            Failure(.fatal, code: "damaged", "The database answers with a value of an unexpected type (\(type)).")
        }
        switch type {
        case bytea: return .bytes(Array(bytes))
        case int8: return .integer(try integer(Int64.self))
        case 23: return .integer(Int64(try integer(Int32.self)))
        case 21: return .integer(Int64(try integer(Int16.self)))
        case 16: return .integer(bytes.first == 1 ? 1 : 0)
        case float8: return .real(Double(bitPattern: try integer(UInt64.self)))
        case text, 19, 705, 1042, 1043: return .text(String(decoding: bytes, as: UTF8.self))
        default: throw unexpected()
        }
    }

    /// A whole number, the first byte first.
    static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// A value for a column of a type, with its length before it.
    static func append(_ value: SQLValue, _ type: Oid, to bytes: inout [UInt8]) {
        func real(_ number: Double) {
            append(Int32(8), to: &bytes)
            append(number.bitPattern, to: &bytes)
        }
        switch value {
        case .null: append(Int32(-1), to: &bytes)
        case .integer(let number) where type == float8: real(Double(number))
        case .integer(let number):
            append(Int32(8), to: &bytes)
            append(number, to: &bytes)
        case .real(let number): real(number)
        case .text(let text):
            append(Int32(text.utf8.count), to: &bytes)
            bytes.append(contentsOf: text.utf8)
        case .bytes(let value):
            append(Int32(value.count), to: &bytes)
            bytes.append(contentsOf: value)
        }
    }

    /// Values of a column as an array, which goes as bytes of its type.
    static func array(_ values: some Collection<SQLValue>, type: Oid) -> [UInt8] {
        var bytes: [UInt8] = []
        append(Int32(1), to: &bytes)
        append(Int32(values.contains(.null) ? 1 : 0), to: &bytes)
        append(Int32(bitPattern: type), to: &bytes)
        append(Int32(values.count), to: &bytes)
        append(Int32(1), to: &bytes)
        for value in values { append(value, type, to: &bytes) }
        return bytes
    }
}

/// Arguments as libpq takes them. Numbers go as text, so that the server may take them for
/// whatever type stands in their place; bytes go as they are.
struct PostgresArguments {
    private var bytes: [UInt8] = []
    private var starts: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    init(_ arguments: [any SQLConvertible]) {
        for argument in arguments {
            let value = argument.sqlValue
            starts.append(value == .null ? nil : bytes.count)
            let start = bytes.count
            switch value {
            case .null: break
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            case .real(let number): bytes.append(contentsOf: "\(number)".utf8)
            case .text(let text): bytes.append(contentsOf: text.utf8)
            case .bytes(let value): bytes.append(contentsOf: value)
            }
            lengths.append(Int32(bytes.count - start))
            if case .bytes = value { formats.append(1) } else { formats.append(0) }
            bytes.append(0)
        }
    }

    /// The count, and where each argument is, how long, and of which form.
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let pointers = starts.map { start in
                start.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return body(Int32(starts.count), pointers, lengths, formats)
        }
    }
}

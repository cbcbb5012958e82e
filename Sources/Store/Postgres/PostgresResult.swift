import BulletinModel
import CPostgres

/// An answer of the server, freed with its last user.
final class PostgresResult {
    /// Nil is libpq's own word for no memory or no connection; its calls take it for a failure.
    let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) {
        self.handle = handle
    }

    deinit { PQclear(handle) }

    /// How many rows the statement changed.
    var changed: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// All rows.
    func rows() throws -> [SQLRow] { try (0..<PQntuples(handle)).map(row) }

    /// One row.
    func row(_ row: Int32) throws -> SQLRow {
        SQLRow(
            values: try (0..<PQnfields(handle)).map { column in
                try bytes(row, column).map { try PostgresBinary.value($0, type: PQftype(handle, column)) } ?? .null
            })
    }

    /// One row as it came.
    func append(row: Int32, to image: inout RowImage) throws {
        image.beginRow()
        for column in 0..<PQnfields(handle) {
            guard let bytes = bytes(row, column) else {
                image.appendNull()
                continue
            }
            switch PQftype(handle, column) {
            case PostgresBinary.text: image.append(text: bytes)
            case PostgresBinary.bytea: image.append(bytes: bytes)
            case let type: image.append(try PostgresBinary.value(bytes, type: type))
            }
        }
    }

    /// A column's bytes; nil for NULL. Good as long as the answer is there.
    private func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
    }
}

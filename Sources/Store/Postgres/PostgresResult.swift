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
                guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else {
                    return .null
                }
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
                return try PostgresBinary.value(bytes, type: PQftype(handle, column))
            })
    }
}

import GRDB
import GRDBSQLite
import TopicLog

// GRDB has a class of that name.
import struct TopicLog.Record

/// Rows of the table `record` by ascending id, as they lie in SQLite's memory: to go through values
/// of the driver's own costs more than all else of reading a record.
final class StoredRows {
    private let database: Database
    private let statement: OpaquePointer

    /// Rows with these ids, so many at most. It must not outlive the access to the database.
    init(_ database: Database, ids: Range<Int64>, limit: Int = .max) throws {
        self.database = database
        let prepared = try database.cachedStatement(
            sql: "SELECT \(StoredRecord.columns) FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        try prepared.setArguments([ids.lowerBound, ids.upperBound, limit])
        statement = prepared.sqliteStatement
    }

    deinit { sqlite3_reset(statement) }

    /// The next row, good until the one after it is asked for; nil behind the last.
    func next() throws -> StoredRow? {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return StoredRow(statement)
        case SQLITE_DONE: return nil
        case let code:
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: String(cString: sqlite3_errmsg(database.sqliteConnection)))
        }
    }
}

/// A row of the table `record`, which may be damaged in any way.
struct StoredRow {
    private let statement: OpaquePointer

    fileprivate init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    /// Which record it is; nil where the column is damaged.
    var id: Int64? { integer(0) }
    /// What the record takes of a memory budget.
    var size: Int64? { integer(2) }

    private func integer(_ column: Int32) -> Int64? {
        sqlite3_column_type(statement, column) == SQLITE_INTEGER ? sqlite3_column_int64(statement, column) : nil
    }

    private func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
        guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
        // The count is asked for after the pointer, as SQLite wants it; an empty blob has none.
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    /// What the row holds, if it is what was written of the record with this id.
    func contents(id: Int64) -> Contents? {
        guard integer(0) == id, let time = integer(1), let size = integer(2), let nulls = integer(3),
            let stored = integer(4)
        else { return nil }
        // SQLite has no empty blobs as the driver binds them: they come as NULL.
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        let key = nulls & 1 == 0 ? bytes(5) ?? empty : nil
        let headers = bytes(6)
        let value = nulls & 2 == 0 ? bytes(7) ?? empty : nil
        let timestamp = Timestamp(milliseconds: time)
        let checksum = StoredRecord.checksum(id, timestamp) { sum in
            sum.add(key)
            sum.add(headers)
            sum.add(value)
        }
        guard checksum == stored,
            let places = HeaderCodec.places(headers ?? empty)
        else { return nil }
        let contents = Contents(
            offset: id & (RecordID.offsets - 1), timestamp: timestamp, key: key, value: value,
            headerBytes: headers ?? empty, headers: places)
        return contents.size == size ? contents : nil
    }

    /// A record as it lies in SQLite's memory.
    struct Contents {
        let offset: Int64
        let timestamp: Timestamp
        let key: UnsafeRawBufferPointer?
        let value: UnsafeRawBufferPointer?
        let headerBytes: UnsafeRawBufferPointer
        let headers: [HeaderCodec.Place]

        var size: Int {
            headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) { $0 + $1.name.count + ($1.value?.count ?? 0) }
        }

        /// A copy.
        func record(in partition: TopicPartition) -> Record {
            Record(
                partition: partition, offset: offset, timestamp: timestamp, key: key.map { Array($0) },
                value: value.map { Array($0) },
                headers: HeaderCodec.headers(headers, of: headerBytes))
        }

        /// Shows it.
        func visit(in partition: TopicPartition, _ visitor: any RecordVisitor) throws {
            guard
                visitor.begin(
                    partition, offset: offset, timestamp: timestamp, key: key?.assumingMemoryBound(to: UInt8.self))
            else { return }
            for place in headers {
                visitor.header(slice(place.name), place.value.map(slice))
            }
            try visitor.end(value?.assumingMemoryBound(to: UInt8.self))
        }

        private func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
            UnsafeRawBufferPointer(rebasing: headerBytes[range]).assumingMemoryBound(to: UInt8.self)
        }
    }
}

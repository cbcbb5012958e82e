import GRDBSQLite
import TopicLog

// GRDB has a class of that name.
import struct TopicLog.Record

/// A record as a row of the table `record`, and back, with its checksum.
enum StoredRecord {
    static let insertion = """
        INSERT INTO record (id, timestamp, latest, total, size, nulls, checksum, key, headers, value)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    /// The columns in the order in which ``StoredRow`` reads them; those before `key` are
    /// cheap, the others may lie on pages of their own.
    static let columns = "id, timestamp, size, nulls, checksum, key, headers, value"

    /// Runs ``insertion`` for a record; `partition` is as it stands with it. Key, headers and value are bound where
    /// they lie: through values of the driver's own each would be copied twice.
    ///
    /// - Returns: SQLite's result code, `SQLITE_DONE` when it is inserted.
    static func insert(
        _ placed: PlacedRecord, size: Int, in partition: Catalog.Partition, _ statement: OpaquePointer
    ) -> Int32 {
        let record = placed.record
        let headers = HeaderCodec.encode(record.headers)
        let nulls: Int64 = (record.key == nil ? 1 : 0) | (record.value == nil ? 2 : 0)
        let id = RecordID.of(partition.id, partition.high - 1)
        let checksum = checksum(id, placed.timestamp) { sum in
            sum.add(record.key)
            sum.add(headers)
            sum.add(record.value)
        }
        let numbers = [
            id, placed.timestamp.milliseconds, partition.latest, partition.total, Int64(size), nulls, checksum,
        ]
        for (place, number) in numbers.enumerated() { sqlite3_bind_int64(statement, Int32(place + 1), number) }
        return bound(record.key, to: statement, 8) {
            bound(headers, to: statement, 9) {
                bound(record.value, to: statement, 10) { sqlite3_step(statement) }
            }
        }
    }

    /// Calls `body` with bytes bound to a place; empty ones as NULL, as their column `nulls` tells them apart.
    private static func bound(
        _ bytes: [UInt8]?, to statement: OpaquePointer, _ place: Int32, _ body: () -> Int32
    ) -> Int32 {
        guard let bytes, !bytes.isEmpty else {
            sqlite3_bind_null(statement, place)
            return body()
        }
        return bytes.withUnsafeBytes { buffer in
            let code = sqlite3_bind_blob64(statement, place, buffer.baseAddress, UInt64(buffer.count), nil)
            return code == SQLITE_OK ? body() : code
        }
    }

    /// The check of a record against a bit that flips on the disk.
    ///
    /// - Parameter fields: adds key, headers and value, in this order.
    static func checksum(_ id: Int64, _ timestamp: Timestamp, _ fields: (inout Checksum) -> Void) -> Int64 {
        var sum = Checksum()
        sum.add(UInt64(bitPattern: id))
        sum.add(UInt64(bitPattern: timestamp.milliseconds))
        fields(&sum)
        return sum.stored
    }
}

/// A group's offset as a row of the table `group_offset`.
enum StoredOffset {
    /// The check of an offset, against a bit that flips on the disk.
    static func checksum(_ group: String, _ partition: Int64, _ next: Int64, _ note: String?) -> Int64 {
        var sum = Checksum()
        sum.add(Array(group.utf8))
        sum.add(UInt64(bitPattern: partition))
        sum.add(UInt64(bitPattern: next))
        // Offsets of a log from before there were notes have the sum that they had.
        if let note { sum.add(Array(note.utf8)) }
        return sum.stored
    }
}

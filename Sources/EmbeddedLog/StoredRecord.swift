import Foundation
import GRDB
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

    /// The arguments of ``insertion``; `partition` is as it stands with the record.
    static func arguments(_ placed: PlacedRecord, size: Int, in partition: Catalog.Partition) -> StatementArguments {
        let record = placed.record
        let headers = HeaderCodec.encode(record.headers)
        let nulls: Int64 = (record.key == nil ? 1 : 0) | (record.value == nil ? 2 : 0)
        let id = RecordID.of(partition.id, partition.high - 1)
        let checksum = checksum(id, placed.timestamp) { sum in
            sum.add(record.key)
            sum.add(headers)
            sum.add(record.value)
        }
        return [
            id, placed.timestamp.milliseconds, partition.latest, partition.total, size, nulls, checksum,
            record.key.map { Data($0) }, headers.map { Data($0) }, record.value.map { Data($0) },
        ]
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

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
    /// The columns in the order in which ``decode(_:in:id:)`` reads them; those before `key` are
    /// cheap, the others may lie on pages of their own.
    static let columns = "id, timestamp, size, nulls, checksum, key, headers, value"

    /// The arguments of ``insertion``; `partition` is as it stands with the record.
    static func arguments(_ placed: PlacedRecord, size: Int, in partition: Catalog.Partition) -> StatementArguments {
        let record = placed.record
        let headers = HeaderCodec.encode(record.headers)
        let nulls: Int64 = (record.key == nil ? 1 : 0) | (record.value == nil ? 2 : 0)
        let id = RecordID.of(partition.id, partition.high - 1)
        let checksum = checksum(id, placed.timestamp, record.key, headers, record.value)
        return [
            id, placed.timestamp.milliseconds, partition.latest, partition.total, size, nulls, checksum,
            record.key.map { Data($0) }, headers.map { Data($0) }, record.value.map { Data($0) },
        ]
    }

    /// The record of a row; nil when it is not what was written.
    static func decode(_ row: Row, in partition: TopicPartition, id: Int64) throws -> Record? {
        guard row.integer(0) == id, let time = row.integer(1), let size = row.integer(2), let nulls = row.integer(3),
            let stored = row.integer(4)
        else { return nil }
        // SQLite has no empty blobs as the driver binds them: they come as NULL.
        let key = nulls & 1 == 0 ? try row.bytes(5) ?? [] : nil
        let headers = try row.bytes(6)
        let value = nulls & 2 == 0 ? try row.bytes(7) ?? [] : nil
        let timestamp = Timestamp(milliseconds: time)
        guard checksum(id, timestamp, key, headers, value) == stored,
            let decoded = HeaderCodec.decode(headers ?? [])
        else { return nil }
        let record = Record(
            partition: partition, offset: id & (RecordID.offsets - 1), timestamp: timestamp, key: key, value: value,
            headers: decoded)
        return Int64(record.size) == size ? record : nil
    }

    private static func checksum(
        _ id: Int64, _ timestamp: Timestamp, _ key: [UInt8]?, _ headers: [UInt8]?, _ value: [UInt8]?
    ) -> Int64 {
        var sum = Checksum()
        sum.add(UInt64(bitPattern: id))
        sum.add(UInt64(bitPattern: timestamp.milliseconds))
        sum.add(key)
        sum.add(headers)
        sum.add(value)
        return sum.stored
    }
}

/// A group's offset as a row of the table `group_offset`.
enum StoredOffset {
    /// The check of an offset, against a bit that flips on the disk.
    static func checksum(_ group: String, _ partition: Int64, _ next: Int64) -> Int64 {
        var sum = Checksum()
        sum.add(Array(group.utf8))
        sum.add(UInt64(bitPattern: partition))
        sum.add(UInt64(bitPattern: next))
        return sum.stored
    }
}

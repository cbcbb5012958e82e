import GRDB

/// The tables of an embedded log.
///
/// - `topic`: name, number of partitions, configuration as JSON.
/// - `partition`: `low` and `high` watermark, and of all records ever appended the bytes
///   (`total`) and the latest timestamp (`latest`).
/// - `record`: see ``RecordID`` for `id`. `total` and `latest` are the partition's after this
///   record: both only grow, so that times and sizes are found by bisection, without an index.
///   `nulls` has bit 0 for a record without key, bit 1 for one without value.
/// - `group_offset`: the next offset a group will read, and what was noted with it.
/// - `removal`: records of a partition before an offset (all of them where the partition is gone)
///   that nobody can see any more and that are still to be removed.
///
/// Every `checksum` covers the rest of its row.
enum Schema {
    /// Says that an SQLite file is an embedded log of gongbao ("gbLG").
    static let applicationID: Int32 = 0x6762_4c47

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            try db.execute(
                sql: """
                    PRAGMA application_id = \(applicationID);
                    CREATE TABLE topic (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        name TEXT NOT NULL UNIQUE,
                        partitions INTEGER NOT NULL,
                        configuration TEXT NOT NULL
                    ) STRICT;
                    CREATE TABLE partition (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        topic INTEGER NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
                        number INTEGER NOT NULL,
                        low INTEGER NOT NULL DEFAULT 0,
                        high INTEGER NOT NULL DEFAULT 0,
                        total INTEGER NOT NULL DEFAULT 0,
                        latest INTEGER NOT NULL DEFAULT -9223372036854775808,
                        checksum INTEGER NOT NULL DEFAULT 0,
                        UNIQUE (topic, number)
                    ) STRICT;
                    CREATE TABLE record (
                        id INTEGER PRIMARY KEY,
                        timestamp INTEGER NOT NULL,
                        latest INTEGER NOT NULL,
                        total INTEGER NOT NULL,
                        size INTEGER NOT NULL,
                        nulls INTEGER NOT NULL,
                        checksum INTEGER NOT NULL,
                        key BLOB,
                        headers BLOB,
                        value BLOB
                    ) STRICT;
                    CREATE TABLE group_offset (
                        name TEXT NOT NULL,
                        partition INTEGER NOT NULL REFERENCES partition (id) ON DELETE CASCADE,
                        next INTEGER NOT NULL,
                        checksum INTEGER NOT NULL,
                        PRIMARY KEY (name, partition)
                    ) STRICT, WITHOUT ROWID;
                    CREATE TABLE removal (
                        partition INTEGER PRIMARY KEY,
                        before INTEGER NOT NULL,
                        checksum INTEGER NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("2") { db in
            try db.execute(sql: "ALTER TABLE group_offset ADD COLUMN note TEXT")
        }
        return migrator
    }
}

/// A record's row id: the partition's id above 40 bits of offset. Records of a partition stand
/// side by side in the table, which needs no other index.
enum RecordID {
    /// Offsets are below this; it is a trillion records.
    static let offsets: Int64 = 1 << 40

    static func of(_ partition: Int64, _ offset: Int64) -> Int64 { partition << 40 | offset }
}

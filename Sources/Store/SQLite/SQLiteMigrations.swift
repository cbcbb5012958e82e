import BulletinModel
import GRDB

/// ``Schema``'s migrations on an SQLite file, by GRDB's migrator.
enum SQLiteMigrations {
    /// `gong`, as SQLite's application id.
    static let applicationID = 0x676f_6e67

    private static func migrator(_ migrations: [Schema.Migration]) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.version) {
                try $0.execute(sql: migration.definition(.sqlite))
            }
        }
        return migrator
    }

    /// Makes or upgrades the tables.
    static func prepare(_ pool: DatabasePool, _ path: String, _ migrations: [Schema.Migration]) throws {
        let migrator = migrator(migrations)
        try pool.writeWithoutTransaction { database in
            try database.inTransaction(.immediate) {
                let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
                if id == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 {
                    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
                } else if id != applicationID {
                    throw Schema.foreign(path)
                }
                return .commit
            }
        }
        if try pool.read(migrator.hasBeenSuperseded) { throw Schema.newer(path) }
        // Another process may make the same step at the same time: who comes late finds it made on the next try.
        for _ in migrations.dropFirst() {
            do { return try migrator.migrate(pool) } catch is DatabaseError {}
        }
        try migrator.migrate(pool)
    }

    /// Checks that the tables are as this version knows them.
    static func check(_ pool: DatabasePool, _ path: String, _ migrations: [Schema.Migration]) throws {
        let migrator = migrator(migrations)
        try pool.read { database in
            guard try Int.fetchOne(database, sql: "PRAGMA application_id") == applicationID else {
                throw Schema.foreign(path)
            }
            if try migrator.hasBeenSuperseded(database) { throw Schema.newer(path) }
            guard try migrator.hasCompletedMigrations(database) else { throw Schema.older(path) }
        }
    }
}

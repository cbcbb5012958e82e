import BulletinModel
import TopicLog

/// ``Schema``'s migrations on a server. Several workers may start at the same time on several
/// machines: one makes the tables while the others wait.
enum PostgresMigrations {
    /// `gongbao` in ASCII, as the number of the lock.
    private static let lock: Int64 = 0x67_6f6e_6762_616f

    /// Makes or upgrades the tables, in one transaction.
    static func prepare(_ connection: PostgresConnection, _ migrations: [Schema.Migration]) throws {
        // A user who may only write rows is enough where there is nothing to do.
        if let applied = try applied(connection) {
            try refuseNewer(applied, migrations, connection)
            if applied.count == migrations.count { return }
        }
        try connection.script("BEGIN ISOLATION LEVEL READ COMMITTED")
        _ = try connection.execute("SELECT CAST(pg_advisory_xact_lock(\(lock)) AS TEXT)", [])
        var applied = try applied(connection)
        if applied == nil {
            guard try tables(connection).isEmpty else { throw Schema.foreign(connection.location) }
            try connection.script(
                "CREATE TABLE \(SQLDialect.postgresql.migrationsTable) (identifier TEXT NOT NULL PRIMARY KEY)")
            applied = []
        }
        try refuseNewer(applied ?? [], migrations, connection)
        for migration in migrations where applied?.contains(migration.version) != true {
            try connection.script(migration.definition(.postgresql))
            _ = try connection.execute(
                "INSERT INTO \(SQLDialect.postgresql.migrationsTable) (identifier) VALUES (?)", [migration.version])
        }
        try connection.commit()
    }

    /// Checks that the tables are as this version knows them.
    static func check(_ connection: PostgresConnection, _ migrations: [Schema.Migration]) throws {
        try checkServer(connection)
        guard let applied = try applied(connection) else {
            guard try tables(connection).isEmpty else { throw Schema.foreign(connection.location) }
            throw Failure(
                .setup, code: "no_database",
                "The database \(connection.location) has no tables yet; fill it with gongbao run or gongbao sink first."
            )
        }
        try refuseNewer(applied, migrations, connection)
        guard applied.count == migrations.count else { throw Schema.older(connection.location) }
    }

    /// Checks what cannot be changed by a migration.
    static func checkServer(_ connection: PostgresConnection) throws {
        guard connection.serverVersion >= 120_000 else {
            throw Failure(
                .setup, code: "old_server",
                "The server of the database \(connection.location) is PostgreSQL \(connection.serverVersion / 10_000); "
                    + "12 is the oldest that works.")
        }
        guard connection.encoding == "UTF8" else {
            throw Failure(
                .setup, code: "encoding",
                "The database \(connection.location) keeps text as \(connection.encoding); make one with createdb "
                    + "--encoding UTF8 --template template0.")
        }
    }

    /// What a sink would need and this user may not do.
    static func missingPermissions(_ connection: PostgresConnection) throws -> [String] {
        func may(_ sql: String, _ arguments: [any SQLConvertible]) throws -> Bool {
            try connection.execute("SELECT CAST(coalesce((\(sql)), false) AS INT)", arguments).rows().first?
                .value(0, as: Int.self) == 1
        }
        let tables = try tables(connection)
        if tables.isEmpty {
            let sql = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
            return try may(sql, []) ? [] : ["CREATE on the schema"]
        }
        var missing: [String] = []
        for table in tables + (try exists("searched", connection) ? ["searched"] : []) {
            for word in ["SELECT", "INSERT", "UPDATE", "DELETE"]
            where try !may("SELECT has_table_privilege(CAST(? AS TEXT), CAST(? AS TEXT))", [table, word]) {
                missing.append("\(word) on \(table)")
            }
        }
        return missing
    }

    private static func refuseNewer(
        _ applied: Set<String>, _ migrations: [Schema.Migration], _ connection: PostgresConnection
    ) throws {
        guard applied.isSubset(of: migrations.map(\.version)) else { throw Schema.newer(connection.location) }
    }

    /// The migrations that were made; nil where there is no table of them.
    private static func applied(_ connection: PostgresConnection) throws -> Set<String>? {
        let table = SQLDialect.postgresql.migrationsTable
        guard try exists(table, connection) else { return nil }
        return Set(
            try connection.execute("SELECT identifier FROM \(table)", []).rows().map {
                try $0.value(0, as: String.self)
            })
    }

    /// Tables of our names that are there.
    private static func tables(_ connection: PostgresConnection) throws -> [String] {
        try Schema.tables.filter { table in
            try exists(table, connection)
        }
    }

    /// Whether a table is there, by a statement that reads the catalog itself: `to_regclass` may still
    /// believe in the middle of a transaction that there is none, though another has made it.
    private static func exists(_ table: String, _ connection: PostgresConnection) throws -> Bool {
        let found = try connection.execute(
            """
            SELECT CAST(count(*) AS INT) FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = CAST(? AS TEXT) AND n.nspname = ANY (current_schemas(false))
            """, [table]
        ).rows().first
        return try found?.value(0, as: Int.self) ?? 0 > 0
    }
}

import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Store

@Suite("Versions of the tables")
struct MigrationTests {
    /// The statements of each version that was released, in the words of both databases, by their
    /// digests: a database that was made by them is out there.
    private static let released = [
        (
            "v1", "4ab7ab52b4ec6f26eb0fec8a8dd5df12c1f3698acb0564c708395bf4c11a7413",
            "58bf9ddfdb0cfc1c14ee2ef7f36229e42f322def617ea660852881d2e75d0d27"
        ),
        (
            "v2", "bd074c9e70036a90a7d5525ca56b539cfd01fc40435878afcf520802ea053af8",
            "bde1cd8c991a9d0185c0e7cd2e10a6df690e1685ca60ac6bbf7eb297dddab73a"
        ),
        (
            "v3", "5d00be76eb24c3afd6bf6c2a44cac1da5d53b15918e3f5b3b7d64a46794067b9",
            "436185e1674ad8292aed73e61214e2f4e4f9a23a5c07d652a6637113e1b14910"
        ),
    ]

    /// A version after the newest, and one that fails in its second statement.
    private static let next = Schema.Migration(
        version: "v900", sql: "ALTER TABLE bulletins ADD COLUMN note TEXT; CREATE INDEX later ON bulletins (note);")
    private static let broken = Schema.Migration(
        version: "v901", sql: "CREATE TABLE half (a TEXT); CREATE INDEX half_b ON half (b);")

    private func open(_ place: TestDatabase, _ migrations: [Schema.Migration], reading: Bool = false) throws
        -> BulletinStore
    {
        switch try StoreAddress(place.address) {
        case .file(let path):
            BulletinStore(
                database: try SQLiteDatabase(path: path, isReadOnly: reading, migrations: migrations))
        case .server(let address):
            BulletinStore(
                database: try PostgresDatabase(address, isReadOnly: reading, migrations: migrations))
        }
    }

    private func error(_ body: () throws -> Void) -> Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    private func lines(_ store: BulletinStore) throws -> [String] {
        var lines: [String] = []
        try store.comparison { lines.append($0) }
        return lines
    }

    /// Fills the tables of an earlier version with what they have room for.
    private func copy(_ store: BulletinStore, to old: BulletinStore) throws {
        for table in Schema.tables {
            let columns = try old.read { session in
                let sql =
                    session.dialect == .sqlite
                    ? "SELECT name FROM pragma_table_info(?) ORDER BY cid"
                    : """
                    SELECT column_name::text FROM information_schema.columns
                    WHERE table_schema = current_schema() AND table_name = CAST(? AS TEXT) ORDER BY ordinal_position
                    """
                return try session.rows(sql, [table]).map { "\"\(try $0.value(0, as: String.self))\"" }
            }
            // A later version has one table more.
            guard !columns.isEmpty else {
                #expect(table == "origins")
                continue
            }
            let rows = try store.read {
                try $0.rows("SELECT \(columns.joined(separator: ", ")) FROM \(table)").map(\.values)
            }
            try old.write { session in
                for row in rows { try session.insert([row.map { Same(sqlValue: $0) }], SQLInsertion(table, columns)) }
            }
        }
    }

    /// A value of a row as it stands there.
    private struct Same: SQLConvertible {
        let sqlValue: SQLValue

        init(sqlValue: SQLValue) { self.sqlValue = sqlValue }
    }

    @Test("a version that was released is never changed")
    func frozen() {
        func digest(_ text: String) -> String { BulletinID(bytes: Array(text.utf8)).rawValue }
        let found = Schema.migrations.map {
            [
                $0.version, digest($0.definition(.sqlite)), digest($0.definition(.postgresql)),
            ]
        }
        #expect(Array(found.prefix(Self.released.count)) == Self.released.map { [$0.0, $0.1, $0.2] })
    }

    @Test("rows of every earlier version are there after the upgrade", arguments: Backend.available)
    func upgrade(_ backend: Backend) throws {
        let all = Schema.migrations + [Self.next]
        for count in 1..<all.count {
            let place = try TestDatabase(backend)
            let old = try open(place, Array(all.prefix(count)))
            let whole = try TestDatabase(backend).open()
            try whole.apply(Rows.changes, moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 7)])
            let before = try lines(whole)
            try copy(whole, to: old)
            whole.close()
            old.close()
            #expect(error { _ = try open(place, all, reading: true) }?.code == "older_database")
            let new = try open(place, all)
            #expect(try lines(new) == before)
            #expect(try new.progress() == [Place(topic: "t", partition: 0, offset: 7)])
            #expect(
                try new.read { try $0.first("SELECT count(*) FROM bulletins WHERE note IS NULL", as: Int.self) } == 1)
            new.close()
            #expect(error { _ = try open(place, Array(all.prefix(count))) }?.code == "newer_database")
        }
    }

    @Test("an upgrade that fails leaves the tables as they were", arguments: Backend.available)
    func broken(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let store = try open(place, Schema.migrations)
        try store.apply(Rows.changes, moving: [])
        let before = try lines(store)
        store.close()
        #expect(error { _ = try open(place, Schema.migrations + [Self.broken]) } != nil)
        let after = try open(place, Schema.migrations)
        #expect(try lines(after) == before)
        #expect(error { try after.read { _ = try $0.rows("SELECT * FROM half") } } != nil)
    }

    @Test("of several that open a new database at once each finds the tables", arguments: Backend.available)
    func together(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let results = Results()
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            results.add(error { try place.open().close() })
        }
        #expect(results.count { $0 == nil } == 6, "\(results.errors)")
        let store = try place.open()
        try store.apply(Rows.changes, moving: [])
        #expect(try store.schemaVersion() == Schema.migrations.last?.version)
    }
}

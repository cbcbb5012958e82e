import BulletinModel
import Foundation
import PostgresServer
import Testing
import TopicLog

@testable import Store

@Suite(
    "PostgreSQL",
    .enabled(if: PostgresServer.missing == nil, Comment(rawValue: PostgresServer.missing ?? "it is there")))
struct PostgresTests {
    private let server: PostgresServer

    init() throws { server = try PostgresServer.shared.get() }

    private func error(_ body: () throws -> Void) -> Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    private func move(_ from: Int64?, _ to: Int64) -> [ProgressMove] {
        [ProgressMove(topic: "t", partition: 0, from: from, to: to)]
    }

    /// A reading that is long enough to be met on its way.
    private func long(_ number: Int, of count: Int) -> StoreChange {
        let article = Article(bulletin: Rows.bulletin.id, ordinal: number, start: 0, end: 1, text: "数")
        let indicators = (0..<count).map { place in
            Indicator(
                article: article.id, bulletin: article.bulletin, articleOrdinal: number, start: place, end: place + 1,
                repetition: 0, quote: "数", name: "生产总值", value: "\(place)", unit: "元", kind: .level)
        }
        return .reading(
            Closing(
                article: article.id, bulletin: article.bulletin, count: count,
                digest: Closing.digest(of: indicators.map { $0.message() }),
                engine: EngineVersion(number: 1, lexicon: "ab")), indicators)
    }

    @Test("a connection that ends between calls is made anew, without a word")
    func idle() throws {
        let address = try server.makeDatabase()
        let store = try BulletinStore(path: address)
        try store.apply(Rows.changes, moving: move(nil, 1))
        try server.run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
                + "AND pid <> pg_backend_pid()", in: address)
        try store.apply([], moving: move(1, 2))
        #expect(try store.progress().first?.offset == 2)
    }

    @Test("a connection that ends in the middle of a COPY leaves nothing, and the next try stores all")
    func copying() throws {
        let address = try server.makeDatabase()
        let store = try BulletinStore(path: address)
        let change = long(1, of: 20_000)
        // The lock holds the COPY up, so that it is met for certain.
        let results = Results()
        let held = DispatchSemaphore(value: 0)
        let other = try PostgresConnection(PostgresAddress(address))
        try other.script("BEGIN; LOCK TABLE indicators IN EXCLUSIVE MODE")
        DispatchQueue.global().async {
            results.add(error { try store.apply([change], moving: move(nil, 1)) })
            held.signal()
        }
        let deadline = ContinuousClock.now + .seconds(60)
        var ended: String?
        while ended == nil, ContinuousClock.now < deadline {
            ended = try server.run(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() "
                    + "AND query LIKE 'COPY %' AND wait_event_type = 'Lock'", in: address)
        }
        #expect(ended == "t")
        held.wait()
        #expect(results.count { $0?.kind == .transient && $0?.code == "unreachable" } == 1)
        try other.script("ROLLBACK")
        #expect(try store.counts() == StoreCounts())
        #expect(try store.progress().isEmpty)
        try store.apply([change], moving: move(nil, 1))
        #expect(try store.counts().indicators == 20_000)
    }

    @Test("behind a pooler, where prepared statements are another's or gone, none is prepared any more")
    func pooled() throws {
        let address = try PostgresAddress(try server.makeDatabase())
        for script in ["DEALLOCATE ALL", ""] {
            let plans = PreparedPlans()
            let connection = try PostgresConnection(address, plans: plans)
            let sql = "SELECT CAST(1 AS TEXT)"
            if script.isEmpty {
                // The server that it was given has the statement, from another connection.
                let name = "gongbao_\(BulletinID(bytes: Array(sql.utf8)).rawValue.prefix(16))"
                try connection.script("PREPARE \(name) AS \(sql)")
            } else {
                // The server that it was given last is not that on which it prepared.
                _ = try connection.execute(sql, [])
                try connection.script(script)
            }
            let failure = error { _ = try connection.execute(sql, []) }
            #expect(
                failure?.kind == .transient && failure?.code == PreparedPlans.gone, "\(String(describing: failure))")
            #expect(!plans.areKept)
            _ = try connection.execute(sql, [])
            _ = try PostgresConnection(address, plans: plans).execute(sql, [])
        }
    }

    @Test("a table that another keeps locked is an outage")
    func locked() throws {
        let address = try server.makeDatabase()
        let options = address.contains("?") ? "&" : "?"
        let store = try BulletinStore(path: address + options + "options=-c%20lock_timeout%3D100ms")
        let other = try PostgresConnection(PostgresAddress(address))
        try other.script("BEGIN; LOCK TABLE indicators")
        let error = error { try store.apply(Rows.changes, moving: move(nil, 1)) }
        #expect(error?.kind == .transient && error?.code == "locked")
        try other.script("ROLLBACK")
        try store.apply(Rows.changes, moving: move(nil, 1))
        #expect(try store.counts().indicators == Rows.indicators.count)
    }

    @Test("a server that only lets read, or has no room, is an outage")
    func readOnly() throws {
        let address = try server.makeDatabase()
        try BulletinStore(path: address).close()
        let options = address.contains("?") ? "&" : "?"
        let standby = try BulletinStore(path: address + options + "options=-c%20default_transaction_read_only%3Don")
        let refused = error { try standby.apply(Rows.changes, moving: []) }
        #expect(refused?.kind == .transient && refused?.code == "read_only")
        let name = try #require(try server.run("SELECT current_database()", in: address))
        try server.run("ALTER DATABASE \(name) CONNECTION LIMIT 0")
        try server.run("CREATE ROLE r_\(name) LOGIN")
        let guest = address.replacing("postgres@", with: "r_\(name)@")
        guard guest != address else { return }
        let full = error { _ = try BulletinStore(reading: guest) }
        #expect(full?.kind == .transient && full?.code == "busy")
    }

    @Test("a permission that is taken away while a sink works is an outage, and a setting at the start")
    func permissions() throws {
        let address = try server.makeDatabase()
        let name = try #require(try server.run("SELECT current_database()", in: address))
        let guest = address.replacing("postgres@", with: "r_\(name)@")
        try #require(guest != address, "the server's address names no user postgres")
        try server.run("CREATE ROLE r_\(name) LOGIN", in: address)
        let refused = error { _ = try BulletinStore(path: guest) }
        #expect(refused?.kind == .setup && refused?.code == "not_permitted")
        #expect(try BulletinStore.missingPermissions(StoreAddress(guest)) == ["CREATE on the schema"])
        try BulletinStore(path: address).close()
        let words = "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public"
        try server.run("GRANT \(words) TO r_\(name)", in: address)
        #expect(try BulletinStore.missingPermissions(StoreAddress(guest)) == [])
        let store = try BulletinStore(path: guest)
        try store.apply(Rows.changes, moving: move(nil, 1))
        try server.run("REVOKE INSERT ON dead_letters FROM r_\(name)", in: address)
        #expect(try BulletinStore.missingPermissions(StoreAddress(guest)) == ["INSERT on dead_letters"])
        #expect(error { try store.apply([.deadLetter(Rows.letter)], moving: move(1, 2)) }?.kind == .transient)
        try server.run("GRANT \(words) TO r_\(name)", in: address)
        try store.apply([.deadLetter(Rows.letter)], moving: move(1, 2))
    }

    @Test("a database of another program, a newer one and one in another encoding are refused")
    func refused() throws {
        let other = try server.makeDatabase()
        try server.run("CREATE TABLE indicators (a INT)", in: other)
        #expect(error { _ = try BulletinStore(path: other) }?.code == "foreign_database")
        #expect(error { _ = try BulletinStore(reading: other) }?.code == "foreign_database")
        let newer = try server.makeDatabase()
        #expect(error { _ = try BulletinStore(reading: newer) }?.code == "no_database")
        #expect(try !BulletinStore.exists(StoreAddress(newer)))
        try BulletinStore(path: newer).close()
        try server.run("INSERT INTO gongbao_migrations VALUES ('v999')", in: newer)
        #expect(error { _ = try BulletinStore(path: newer) }?.code == "newer_database")
        #expect(error { _ = try BulletinStore(reading: newer) }?.code == "newer_database")
        let name = "e_" + UUID().uuidString.replacing("-", with: "").lowercased()
        try server.run("CREATE DATABASE \(name) ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        #expect(error { _ = try BulletinStore(path: server.address(name)) }?.code == "encoding")
    }

    @Test("a server that is not there yet is waited for by a sink, and told at once to who asks")
    func absent() throws {
        let nowhere = "postgresql://postgres@/d?host=%2Fnonexistent"
        #expect(error { _ = try BulletinStore(reading: nowhere) }?.code == "unreachable")
        let store = try BulletinStore(path: nowhere)
        #expect(error { _ = try store.progress() }?.kind == .transient)
    }
}

import BulletinModel
import Foundation
import GRDB
import Testing
import TopicLog

@testable import Store

@Suite("The database")
final class BulletinStoreTests {
    private let folder: URL
    private var path: String { folder.appendingPathComponent("db.sqlite").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func error(_ body: () throws -> Void) -> Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test("what was stored is there when it is opened again, and read-only", arguments: Backend.available)
    func reopened(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let store = try place.open()
        try store.apply(Rows.changes, moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 7)])
        store.close()
        let reader = try BulletinStore(reading: place.address)
        #expect(try reader.progress() == [Place(topic: "t", partition: 0, offset: 7)])
        #expect(try reader.bulletin(Rows.bulletin.id) == Rows.bulletin)
        #expect(try reader.article(Rows.article.id) == Rows.article)
        #expect(try reader.indicators().map(\.indicator) == Rows.indicators)
        #expect(try reader.deadLetters() == [Rows.letter])
        #expect(error { try reader.apply(Rows.changes, moving: []) }?.kind == .transient)
    }

    @Test("after it was closed all of it is in one file")
    func oneFile() throws {
        let store = try BulletinStore(path: path)
        try store.apply(Rows.changes, moving: [])
        #expect(try store.counts().indicators == Rows.indicators.count)
        store.close()
        store.close()
        let copy = folder.appendingPathComponent("copy.sqlite")
        try FileManager.default.copyItem(at: URL(filePath: path), to: copy)
        let reader = try BulletinStore(reading: copy.path)
        defer { reader.close() }
        #expect(try reader.indicators().map(\.indicator) == Rows.indicators)
    }

    @Test("applying the same changes again changes no row", arguments: Backend.available)
    func again(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let store = try place.open()
        try store.apply(Rows.changes, moving: [])
        var first: [String] = []
        try store.comparison { first.append($0) }
        try store.apply(Rows.changes, moving: [])
        var second: [String] = []
        try store.comparison { second.append($0) }
        #expect(first == second)
        #expect(first.count == 1 + 1 + 1 + Rows.indicators.count + 1)
    }

    @Test("incidental columns do not take part in the comparison", arguments: Backend.available)
    func incidental(_ backend: Backend) throws {
        var lines: [[String]] = []
        for (name, time) in [("a", "2024-01-01"), ("b", "2025-01-01")] {
            let place = try TestDatabase(backend)
            let store = try place.open()
            var letter = Rows.letter
            letter.failedAt = time
            letter.attempts = name == "a" ? 1 : 2
            letter.origin = Place(topic: "t", partition: name == "a" ? 0 : 3, offset: name == "a" ? 5 : 9)
            try store.apply([.bulletin(Rows.bulletin, received: time), .deadLetter(letter)], moving: [])
            var list: [String] = []
            try store.comparison { list.append($0) }
            lines.append(list)
        }
        #expect(lines[0] == lines[1])
    }

    @Test("a change that fails leaves nothing behind, the progress included", arguments: Backend.available)
    func atomic(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let store = try place.open()
        try store.apply([], moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 7)])
        let moves = [
            ProgressMove(topic: "t", partition: 1, from: nil, to: 1),
            ProgressMove(topic: "t", partition: 0, from: 3, to: 9),
        ]
        #expect(error { try store.apply(Rows.changes, moving: moves) }?.kind == .lostAssignment)
        #expect(try store.counts() == StoreCounts())
        #expect(try store.progress().count == 1)
    }

    @Test("the outbox gives back every header, and forgets what is published", arguments: Backend.available)
    func outbox(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let store = try place.open()
        let entries = (0..<2).map { offset in
            OutboxEntry(
                origin: Place(topic: "t", partition: 1, offset: Int64(offset)), key: offset == 0 ? nil : [],
                value: [1, 0, 255], headers: [("a", [1]), ("a", nil), ("b", [])])
        }
        try store.apply(entries.map { .outbox($0) }, moving: [])
        #expect(try store.outbox([("t", 1)]) == entries)
        #expect(try store.outbox([("t", 0)]) == [])
        try store.forget([entries[0].origin])
        #expect(try store.outbox([("t", 1)]) == [entries[1]])
        try store.forget([entries[1].origin])
        #expect(try store.read { try $0.first("SELECT count(*) FROM outbox_headers", as: Int.self) } == 0)
    }

    @Test("a locked database is an outage, told in one sentence")
    func locked() throws {
        let store = try BulletinStore(path: path)
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
        try store.pool().writeWithoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 0") }
        let error = error { try store.apply([], moving: []) }
        #expect(error?.kind == .transient)
        #expect(error?.code == "locked")
        try other.inDatabase { try $0.execute(sql: "ROLLBACK") }
        try store.apply([], moving: [])
    }

    @Test("a file that may not be written is refused on opening, not for ever after", .enabled(if: geteuid() != 0))
    func notWritable() throws {
        try BulletinStore(path: path).close()
        for mode in [0o444, 0o644] as [mode_t] {
            for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, mode) }
            if mode == 0o644 {
                try BulletinStore(path: path).close()
            } else {
                let error = error { _ = try BulletinStore(path: path) }
                #expect(error?.code == "not_writable" && error?.kind == .setup)
            }
        }
    }

    @Test("a file that is something else is refused with a sentence, and left as it is")
    func foreign() throws {
        try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: path))
        #expect(error { _ = try BulletinStore(path: path) }?.code == "damaged")
        let other = folder.appendingPathComponent("other").path
        let queue = try DatabaseQueue(path: other)
        try queue.write { try $0.execute(sql: "CREATE TABLE mine (a)") }
        #expect(error { _ = try BulletinStore(path: other) }?.code == "foreign_database")
        #expect(error { _ = try BulletinStore(path: "/nowhere/db") }?.kind == .setup)
        #expect(error { _ = try BulletinStore(reading: folder.path + "/none") }?.code == "no_database")
    }

    @Test("tables of a newer version are refused")
    func newer() throws {
        let store = try BulletinStore(path: path)
        try store.pool().write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v999')") }
        store.close()
        #expect(error { _ = try BulletinStore(path: path) }?.code == "newer_database")
        #expect(error { _ = try BulletinStore(reading: path) }?.code == "newer_database")
    }

    @Test("an address that cannot be used is refused in a sentence, without the password in it")
    func badAddresses() {
        for address in [
            "postgresql://gongbao:secret@localhost/gongbao", "postgresql://localhost/x?password=secret",
            "postgres://a:secret@[/x", "mysql://a:secret@localhost/x",
        ] {
            let error = error { _ = try BulletinStore(path: address) }
            #expect(error?.kind == .setup)
            #expect(error?.message.contains("secret") == false)
        }
    }
}

import BulletinModel
import Foundation
import Testing

@testable import Store

@Suite("Rows as auditors see them")
final class StoreAuditTests {
    private var place: TestDatabase?
    private var store: BulletinStore!

    private func begin(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        self.place = place
        store = try place.open()
        try store.apply(Rows.changes, moving: [])
    }

    private func alter(_ sql: String) throws {
        let sql = store.database is PostgresDatabase ? sql.replacing("x'00'", with: #"'\x00'"#) : sql
        try store.write { try $0.run(sql, []) }
    }

    private func reading() throws -> ReadingRow {
        var rows: [ReadingRow] = []
        try store.forEachReadingRow { rows.append($0) }
        try #require(rows.count == 1)
        return rows[0]
    }

    @Test("untouched rows say what was written", arguments: Backend.available)
    func untouched(_ backend: Backend) throws {
        try begin(backend)
        try store.forEachBulletinRow { row in
            #expect(row.id == Rows.bulletin.id && row.digest == row.id && row.strayColumns.isEmpty)
        }
        try store.forEachArticleRow { row in
            #expect(row.message == Rows.article.message() && row.strayColumns.isEmpty)
        }
        let row = try reading()
        #expect(row.closing == Rows.closing && row.digest == Rows.closing.digest && row.count == 4)
        #expect(row.strayColumns.isEmpty)
        #expect(try store.indicators(of: Rows.article.id) == Rows.indicators)
    }

    @Test("any changed column of any table shows", arguments: Backend.available)
    func changed(_ backend: Backend) throws {
        try begin(backend)
        try alter("UPDATE articles SET headline = '别的'")
        try store.forEachArticleRow { #expect($0.strayColumns == ["headline"]) }
        try alter("UPDATE bulletins SET bytes = x'00'")
        try store.forEachBulletinRow { #expect($0.digest != $0.id && $0.strayColumns == ["size"]) }
        try alter("UPDATE indicators SET number = 1 WHERE place = 0")
        #expect(try reading().strayColumns == ["number"])
        try alter("UPDATE indicators SET number = NULL, value = '4' WHERE place = 0")
        #expect(try reading().digest != Rows.closing.digest)
        try alter("UPDATE indicators SET kind = 'nonsense' WHERE place = 1")
        #expect(try reading().strayColumns.contains("indicators"))
    }

    @Test("indicators without a reading are found", arguments: Backend.available)
    func orphans(_ backend: Backend) throws {
        try begin(backend)
        try alter("DELETE FROM readings")
        let row = try reading()
        #expect(row.closing == nil && row.count == 4 && row.article == Rows.article.id)
    }
}

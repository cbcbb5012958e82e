import BulletinModel
import Foundation
import PostgresServer
import Testing
import TopicLog

@testable import Store

@Suite("A server of the database that dies", .enabled(if: PostgresServer.missing == nil))
struct ServerKillTests {
    private func failure(_ body: () throws -> Void) -> Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test("killed and started again, it has all that was committed, and a store works on", .timeLimit(.minutes(3)))
    func killed() throws {
        let server = try PostgresServer(ownAlways: true)
        defer { server.stop() }
        let store = try BulletinStore(path: try server.makeDatabase())
        try store.apply(Rows.changes, moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 1)])
        for round in 1..<4 as Range<Int64> {
            try server.kill()
            for _ in 0..<2 { #expect(failure { try store.apply([], moving: []) }?.kind == .transient) }
            try server.start()
            let move = ProgressMove(topic: "t", partition: 0, from: round, to: round + 1)
            let deadline = ContinuousClock.now + .seconds(30)
            // It may be busy recovering for a moment, which is an outage like any other.
            while let failed = failure({ try store.apply(Rows.changes, moving: [move]) }) {
                #expect(failed.kind == .transient, "\(failed)")
                guard ContinuousClock.now < deadline else { break }
            }
            #expect(try store.progress() == [Place(topic: "t", partition: 0, offset: round + 1)])
            #expect(try store.indicators().map(\.indicator) == Rows.indicators)
        }
    }
}

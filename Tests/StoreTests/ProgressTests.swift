import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Store

@Suite("Progress")
struct ProgressTests {
    private func error(_ body: () throws -> Void) -> Failure? {
        do {
            try body()
            return nil
        } catch {
            return error as? Failure
        }
    }

    @Test("a sink that lost its partition writes nothing any more, however late", arguments: Backend.available)
    func zombie(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let (zombie, heir) = (try place.open(), try place.open())
        try zombie.apply([], moving: [ProgressMove(topic: "t", partition: 0, from: nil, to: 5)])
        try heir.apply([], moving: [ProgressMove(topic: "t", partition: 0, from: 5, to: 9)])
        for to in [7, 9, 12] as [Int64] {
            let late = ProgressMove(topic: "t", partition: 0, from: 5, to: to)
            let error = error { try zombie.apply(Rows.changes, moving: [late]) }
            #expect(error?.kind == .lostAssignment && error?.code == "stale_progress")
        }
        let first = ProgressMove(topic: "t", partition: 0, from: nil, to: 1)
        #expect(error { try zombie.apply(Rows.changes, moving: [first]) }?.kind == .lostAssignment)
        #expect(try heir.progress() == [Place(topic: "t", partition: 0, offset: 9)])
        #expect(try heir.counts() == StoreCounts())
    }

    @Test("of sinks that write at once one wins each step", arguments: Backend.available)
    func race(_ backend: Backend) throws {
        let place = try TestDatabase(backend)
        let stores = try (0..<4).map { _ in try place.open() }
        let results = Results()
        DispatchQueue.concurrentPerform(iterations: stores.count) { number in
            for step in 0..<20 as Range<Int64> {
                let move = ProgressMove(topic: "t", partition: 0, from: step == 0 ? nil : step, to: step + 1)
                results.add(error { try stores[number].apply(Rows.changes, moving: [move]) })
            }
        }
        #expect(results.count { $0 == nil } == 20)
        #expect(results.count { $0?.kind == .lostAssignment } == 60)
        #expect(try stores[0].progress() == [Place(topic: "t", partition: 0, offset: 20)])
        #expect(try stores[0].indicators().count == Rows.indicators.count)
    }
}

/// What several threads met. `@unchecked Sendable` because the lock guards the list.
final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [Failure?] = []

    /// What went wrong.
    var errors: [Failure] { lock.withLock { list.compactMap { $0 } } }

    func add(_ error: Failure?) { lock.withLock { list.append(error) } }

    func count(_ condition: (Failure?) -> Bool) -> Int { lock.withLock { list.filter(condition).count } }
}

import Foundation
import Operations
import Store
import TopicLog

/// What comes after the disturbances: measures, and an orderly end.
extension KafkaChaos {
    /// Kills an enrichment worker while figures stream, and takes the time until all partitions go on.
    func measureRecoveries() throws {
        guard settings.recoveries > 0 else { return }
        try pass(Double(settings.session) + 4)
        let articles = (0..<4).map { TopicPartition(name + ".articles", Int32($0)) }
        func committed() throws -> [Int64] {
            let offsets = try log.admin.groupOffsets(name + "-enrich")
            return articles.map { offsets[$0] ?? 0 }
        }
        func stream(until isOver: () throws -> Bool) throws {
            let deadline = ContinuousClock.now + .seconds(90)
            while try !isOver() {
                for _ in 0..<3 { bulletins.append(GeneratedBulletin(bulletins.count, using: &random)) }
                try offer(bulletins.count)
                try pass(0.15)
                guard ContinuousClock.now < deadline else { throw Finding("partitions stand still for 90 s") }
            }
        }
        for _ in 0..<settings.recoveries {
            var base = try committed()
            try stream { zip(try committed(), base).allSatisfy(>) }
            guard let slot = slots.first(where: { $0.kind == "enrich" && $0.instance == nil && $0.leaveAt == nil }),
                let victim = slot.current
            else { throw Finding("no enrichment worker to kill") }
            victim.kill9()
            slot.current = nil
            tally["kills", default: 0] += 1
            let killed = ContinuousClock.now
            base = try committed()
            try stream { zip(try committed(), base).allSatisfy(>) }
            recoveries.append(killed.duration(to: .now) / Duration.seconds(1))
            say("recovered after \(recoveries.last ?? 0)")
            slot.startAt = .now
            try pass(Double(settings.session))
        }
    }

    /// Waits until everything is through, then ends the workers as an operator would.
    func finish() throws {
        try offer(bulletins.count)
        let unreadable = bulletins.filter(\.quotes.isEmpty).count
        let deadline = ContinuousClock.now + .seconds(240)
        while true {
            try pass(1)
            let store = try BulletinStore(reading: database.database)
            defer { store.close() }
            let counts = try store.counts()
            if counts.bulletins >= bulletins.count - unreadable, counts.readings >= counts.articles,
                counts.pending == 0, counts.outbox == 0, counts.deadLetters >= unreadable + 2 * poisoned.count,
                zombies.isEmpty
            {
                break
            }
            guard ContinuousClock.now < deadline else {
                throw Finding(
                    "not through after 240 s of peace: \(counts), \(bulletins.count) bulletins of which \(unreadable) "
                        + "unreadable, \(poisoned.count) poisoned, zombies \(zombies.map(\.name))")
            }
        }
        try pass(2)
        for slot in slots {
            guard let worker = slot.current, worker.isRunning else { throw Finding("\(slot.name) is not alive") }
            var page: (status: Int, body: String)?
            for _ in 0..<20 where page?.status != 200 {
                page = HttpClient.get("/readyz", host: "127.0.0.1", port: worker.port, within: .seconds(2))
                if page?.status != 200 { try pass(0.5) }
            }
            guard page?.status == 200 else {
                throw Finding("\(worker.name) is not ready: \(page?.body ?? "no answer")")
            }
        }
        for slot in slots {
            guard let worker = slot.current else { continue }
            slot.current = nil
            worker.signal(SIGTERM)
            let end = ContinuousClock.now + .seconds(17)
            while worker.isRunning, ContinuousClock.now < end { usleep(20_000) }
            guard !worker.isRunning else {
                worker.kill9()
                throw Finding("\(worker.name) did not end within 17 s of SIGTERM")
            }
            // A producer that rejected some input says so.
            guard [0, 3].contains(worker.process.terminationStatus) else { throw Finding(worker.lastWords) }
        }
    }
}

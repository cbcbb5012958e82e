import Foundation
import Testing
import TopicLog

extension BrokerTests {
    /// A replay that is killed on a broker leaves transactions open, which the next one must end.
    @Suite("Killed replays", .enabled(if: TestBroker.takesKills, TestBroker.gentle))
    struct Killed {
        let site: BrokerSite

        init() throws { site = try #require(BrokerSite.current) }

        @Test(
            "killed at any point and resumed, a replay into topics has each record once and in order",
            arguments: [["--topic", "all"], ["--topic", "all", "--verbatim"], ["--topic", "articles", "--enrich"]])
        func resumed(_ what: [String]) throws {
            let prefix = site.otherPrefix()
            let isEnriched = what.contains("--enrich")
            let names = isEnriched ? ["indicators"] : BrokerSite.shortNames
            let targets = names.map { site.topic($0, of: prefix) }
            // As many transactions as can be, so that there are many points between them.
            let command = site.arguments(["replay"] + what + ["--into-prefix", prefix, "--set", "batch.records=1"])
            let total = try names.reduce(0) { $0 + (try site.all(site.topic($1)).count) }
            var random = SystemRandomNumberGenerator()
            var points: [Int64] = []
            var interrupted = 0
            for round in 0..<6 {
                let begun = try site.ends(targets).values.reduce(0, +)
                // The last round is most often ended by the replay's own end.
                let point = begun + Int64.random(in: 0...Int64(max(2, total / 5)), using: &random)
                points.append(point)
                let (process, output, _) = try Program.start(command + (round == 0 ? [] : ["--resume"]))
                defer { try? FileManager.default.removeItem(at: output.deletingLastPathComponent()) }
                while process.isRunning, try site.ends(targets).values.reduce(0, +) < max(1, point) {}
                if process.isRunning { interrupted += 1 }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            #expect(interrupted > 0, "none was killed before its end: \(points)")
            for _ in 0..<2 {
                let last = try Program.run(command + ["--resume"])
                #expect(last.status == (isEnriched ? 3 : 0), "points \(points): \(last.errors)")
                #expect(last.errors.contains("goes on after them"))
                for name in names {
                    let expected = try site.records(site.topic(name))
                    let copied = try site.records(site.topic(name, of: prefix))
                    if isEnriched {
                        // What is read anew is written anew, and articles may come in another order.
                        let values = [expected, copied].map { $0.values.joined().map { $0.value ?? [] } }
                        #expect(values[0].count == values[1].count && Set(values[0]) == Set(values[1]))
                    } else {
                        #expect(contents(copied) == contents(expected), "points \(points): \(name)")
                    }
                }
            }
        }

        private func contents(_ records: [Int32: [Record]]) -> [Int32: [RecordContent]] {
            records.mapValues { $0.map { RecordContent($0) { !$0.name.hasPrefix("replay.origin.") } } }
        }
    }
}

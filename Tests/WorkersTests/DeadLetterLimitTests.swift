import Testing
import TopicLog

@testable import Workers

@Suite("How many dead letters stop a worker")
struct DeadLetterLimitTests {
    private let bad = Failure(.data, code: "bad", "It is bad.")

    /// After how many records of this pattern (`x` is rejected) the limit throws, nil for never.
    private func stops(_ bounds: DeadLetterBounds, _ pattern: String, times: Int = 1) -> (at: Int, reason: String)? {
        var limit = DeadLetterLimit(bounds)
        for (place, sign) in String(repeating: pattern, count: times).enumerated() {
            do throws(Failure) {
                try limit.add([sign == "x" ? bad : nil])
            } catch {
                return (place + 1, error.message)
            }
        }
        return nil
    }

    @Test("a row that is too long stops at once, however good the records before it were")
    func row() {
        let bounds = DeadLetterBounds(inARow: 3, share: 100, window: 10)
        #expect(stops(bounds, "........................xxxx")?.at == 28)
        #expect(stops(bounds, "xxx.", times: 100) == nil)
    }

    @Test("a share that is too large stops where no row is long, and never before the window is full")
    func share() {
        let bounds = DeadLetterBounds(inARow: 100, share: 50, window: 10)
        #expect(stops(bounds, "x.", times: 100) == nil)
        #expect(stops(bounds, "xxxxxxxxx") == nil)
        #expect(stops(bounds, "xx.", times: 100)?.at == 10)
        #expect(stops(bounds, "xx.", times: 100)?.reason.hasPrefix("7 of the last 10 records were rejected") == true)
    }

    @Test("records leave the window as others come")
    func forgets() {
        let bounds = DeadLetterBounds(inARow: 100, share: 50, window: 130)
        let good = String(repeating: ".", count: 130)
        let half = String(repeating: "x.", count: 65)
        #expect(stops(bounds, good + half + good + half, times: 3) == nil)
        #expect(stops(bounds, good + half + "xx")?.at == 262)
    }

    @Test("the count in the window is that of a plain count over the same records")
    func model() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let window = Int.random(in: 1...200, using: &random)
            let share = Int.random(in: 1...99, using: &random)
            let records = (0..<600).map { _ in Int.random(in: 0..<100, using: &random) < share }
            let pattern = String(records.map { $0 ? "x" : "." })
            let expected = records.indices.first { end in
                guard end + 1 >= window, records[end] else { return false }
                let count = records[(end + 1 - window)...end].count { $0 }
                return count * 100 > share * window
            }
            #expect(
                stops(DeadLetterBounds(inARow: 1000, share: share, window: window), pattern)?.at
                    == expected.map { $0 + 1 }, "share \(share), window \(window), \(pattern)")
        }
    }
}

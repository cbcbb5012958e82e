import Testing

@testable import Workers

@Suite("Backoff")
struct BackoffTests {
    private let backoff = Backoff(first: .milliseconds(200), longest: .seconds(30))

    @Test("pauses double up to the cap, and never overflow")
    func ceilings() {
        #expect(
            (1...9).map { backoff.ceiling(after: $0).milliseconds } == [
                200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000,
            ])
        #expect(backoff.ceiling(after: 1000) == .seconds(30))
        #expect(backoff.ceiling(after: .max) == .seconds(30))
        #expect(Backoff(first: .seconds(Int64.max / 1000), longest: .seconds(Int64.max)).ceiling(after: 3) > .zero)
        #expect(backoff.ceiling(after: 0) == .milliseconds(200))
    }

    @Test("a pause is an even share of its ceiling, whatever the random number")
    func jitter() {
        #expect(backoff.pause(after: 2, random: 0) == .zero)
        #expect(backoff.pause(after: 2, random: 0.5) == .milliseconds(200))
        #expect(backoff.pause(after: 2, random: 1) == .milliseconds(400))
        #expect(backoff.pause(after: 2, random: 7) == .milliseconds(400))
        #expect(backoff.pause(after: 2, random: .nan) == .milliseconds(400))
    }
}

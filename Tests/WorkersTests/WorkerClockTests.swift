import Testing
import TopicLog

@testable import Workers

@Suite("Time")
struct WorkerClockTests {
    @Test(
        "a timestamp is written as RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_123, "2000-02-29T00:00:00.123Z"),
            (1_721_433_599_999, "2024-07-19T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        ])
    func rfc3339(_ sample: (Int64, String)) {
        #expect(Timestamp(milliseconds: sample.0).rfc3339 == sample.1)
        #expect(Timestamp(rfc3339: sample.1) == Timestamp(milliseconds: sample.0))
    }

    @Test("any time is read back as it was written")
    func back() {
        for step in stride(from: Int64(-60_000_000_000_000), through: 250_000_000_000_000, by: 98_765_432_109) {
            let time = Timestamp(milliseconds: step)
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
        }
    }

    @Test(
        "what is no time in UTC is none",
        arguments: [
            "", "2024", "2024-07-20T08:00:00", "2024-07-20T08:00:00+08:00", "2024-13-20T08:00:00Z",
            "2024-07-20T24:00:00Z", "2024-07-20 08:00:00Z", "2024-07-20T08:00:00.Z", "2024-07-20T08:00:00.12x4Z",
            "２024-07-20T08:00:00Z", "-024-07-20T08:00:00Z",
        ])
    func noTime(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("fractions of any length count in milliseconds")
    func fractions() {
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:01Z")?.milliseconds == 1000)
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:00.5Z")?.milliseconds == 500)
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:00.123456Z")?.milliseconds == 123)
    }

    @Test("the machine's clocks go forward")
    func system() {
        let clock = SystemClock()
        let before = clock.uptime
        #expect(clock.uptime >= before)
        #expect(clock.now.rfc3339 > "2024")
    }

    @Test("a wait ends at once when the worker is to stop")
    func stopped() {
        let stop = StopSignal()
        stop.raise(to: .stop)
        let clock = SystemClock()
        let before = clock.uptime
        clock.wait(.seconds(60), unless: stop)
        #expect(clock.uptime - before < .seconds(30))
    }

    @Test("a stop signal only goes up")
    func signal() {
        let stop = StopSignal()
        stop.raise(to: .stop)
        stop.raise(to: .drain)
        #expect(stop.current == .stop)
        stop.raise(to: .stopNow)
        #expect(stop.current == .stopNow)
    }
}

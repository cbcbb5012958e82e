import Foundation
import TopicLog

/// Where workers get time from, so that tests can make it pass.
public protocol WorkerClock: Sendable {
    /// The time of day.
    var now: Timestamp { get }
    /// The time since some moment in the past; never goes back.
    var uptime: Duration { get }
    /// Lets `duration` pass, or less when the worker is told to stop meanwhile.
    func wait(_ duration: Duration, unless stop: StopSignal)
}

/// The machine's clocks.
public struct SystemClock: WorkerClock {
    /// The machine's clocks.
    public init() {}

    /// The time of day.
    public var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// The time since the machine started.
    public var uptime: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    /// Sleeps until the time is over or the signal changes.
    public func wait(_ duration: Duration, unless stop: StopSignal) {
        stop.wait(atMost: duration)
    }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero; the largest number for what does not fit.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return overflow ? .max : product &+ attoseconds / 1_000_000_000_000_000
    }
}

extension Timestamp {
    /// The time in UTC as RFC 3339 with milliseconds: `2024-07-20T08:00:00.000Z`.
    public var rfc3339: String {
        let (day, inDay) = milliseconds.quotientAndRemainderFloored(by: 86_400_000)
        // Days are counted from 1 March of year 0, so that the leap day ends the year.
        let shifted = day + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainderFloored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let fifth = (5 * dayOfYear + 2) / 153
        let month = fifth < 10 ? fifth + 3 : fifth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let seconds = inDay / 1000
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * fifth + 2) / 5 + 1, 2))T"
            + "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))."
            + "\(padded(inDay % 1000, 3))Z"
    }

    /// Reads what ``rfc3339`` writes, with or without a fraction of any length; nil for
    /// anything else, times of other zones included.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            let digits = bytes[range]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        guard bytes.count >= 20, bytes.count <= 40, bytes.last == UInt8(ascii: "Z"), bytes[4] == UInt8(ascii: "-"),
            bytes[7] == UInt8(ascii: "-"), bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
            bytes[16] == UInt8(ascii: ":"), let year = number(0..<4), let month = number(5..<7),
            (1...12).contains(month), let day = number(8..<10), (1...31).contains(day), let hour = number(11..<13),
            hour < 24, let minute = number(14..<16), minute < 60, let second = number(17..<19), second < 61
        else { return nil }
        var fraction: Int64 = 0
        if bytes.count > 20 {
            // Up to nineteen digits, of which three are used: the number of all would not fit.
            guard bytes.count > 21, bytes[19] == UInt8(ascii: "."),
                bytes[20..<bytes.count - 1].allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
            for place in 20..<23 {
                fraction = fraction * 10 + (place < bytes.count - 1 ? Int64(bytes[place] - 0x30) : 0)
            }
        }
        // Days are counted from 1 March of year 0, as above.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear.quotientAndRemainderFloored(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = era.1 * 365 + era.1 / 4 - era.1 / 100 + dayOfYear
        let days = era.0 * 146_097 + dayOfEra - 719_468
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second
        self.init(milliseconds: seconds * 1000 + fraction)
    }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

extension Int64 {
    fileprivate func quotientAndRemainderFloored(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

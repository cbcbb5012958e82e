import ArgumentParser
import Foundation
import Operations

/// How a command that watches shows what it sees.
struct WatchOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Shows it again and again, until interrupted.")
    var watch = false

    @Option(help: ArgumentHelp("Pause in seconds between two looks.", valueName: "seconds"))
    var every = 2.0

    @Option(help: ArgumentHelp("Ends after that many looks.", valueName: "number"))
    var times: Int?

    func validate() throws {
        if !(0.1...3600).contains(every) { throw ValidationError("--every takes 0.1 to 3600 seconds.") }
        if let times, times < 1 { throw ValidationError("--times takes a number from 1 on.") }
    }

    /// Shows what `look` returns: once, or on a terminal at the same place until interrupted,
    /// and elsewhere one after the other.
    ///
    /// - Parameter look: gets the seconds since the last look, nil the first time.
    func show(_ look: (Double?) throws -> [String]) throws {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        let clock = ContinuousClock()
        var last: ContinuousClock.Instant?
        var count = 0
        while true {
            let now = clock.now
            let lines = try look(last.map { ($0.duration(to: now)) / .seconds(1) })
            last = now
            count += 1
            let isLive = watch && isTerminal
            // The first look clears what was there before.
            let begin = isLive ? (count == 1 ? "\u{1B}[2J\u{1B}[H" : "\u{1B}[H") : (count > 1 ? "\n" : "")
            let text = lines.map { Terminal.safe($0) + (isLive ? "\u{1B}[K" : "") }.joined(separator: "\n") + "\n"
            StandardOutput.emit(Array((begin + text + (isLive ? "\u{1B}[J" : "")).utf8))
            guard watch, count < times ?? .max else { return }
            Thread.sleep(until: Date(timeIntervalSinceNow: every))
        }
    }
}

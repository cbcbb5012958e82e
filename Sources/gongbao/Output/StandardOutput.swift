import BulletinModel
import Foundation
import Operations

/// Standard output, written in large pieces and flushed at the end.
struct StandardOutput: ~Copyable {
    private var buffer: [UInt8] = []

    init() {
        buffer.reserveCapacity(1 << 16)
    }

    /// A line as standard output may show it: on a terminal without what that would obey.
    static func shown(_ line: String) -> String { isatty(STDOUT_FILENO) == 1 ? Terminal.safe(line) : line }

    /// Adds a line.
    mutating func line(_ text: String) {
        let text = Self.shown(text)
        buffer.append(contentsOf: text.utf8)
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Adds JSON and a line feed.
    mutating func line(json: [UInt8]) {
        buffer.append(contentsOf: JSONText.safe(json))
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Adds JSON as it is.
    mutating func write(json: [UInt8]) {
        buffer.append(contentsOf: JSONText.safe(json))
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Adds bytes that are safe.
    mutating func write(_ bytes: [UInt8]) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Writes what has been added.
    mutating func flush() {
        Self.emit(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes bytes at once. Where that cannot be done the program says so and ends: it prints
    /// only what it was run for.
    static func emit(_ bytes: [UInt8]) {
        let number = StandardStreams.write(bytes, to: STDOUT_FILENO)
        if number != 0 { fail(number) }
    }

    /// Writes what `print` still holds.
    static func finish() {
        if fflush(nil) != 0 { fail(errno) }
    }

    private static func fail(_ number: Int32) -> Never {
        ExitStatus.complain("standard output cannot be written: \(String(cString: strerror(number))).")
        // Without the other try that `exit` makes.
        _exit(ExitStatus.failed.rawValue)
    }
}

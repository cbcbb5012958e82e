import Foundation

/// Standard output, written in large pieces and flushed at the end.
struct StandardOutput: ~Copyable {
    private var buffer: [UInt8] = []

    init() {
        buffer.reserveCapacity(1 << 16)
    }

    /// Adds a line.
    mutating func line(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Adds JSON and a line feed.
    mutating func line(json: [UInt8]) {
        buffer.append(contentsOf: TerminalJSON.safe(json))
        buffer.append(0x0A)
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Adds JSON as it is.
    mutating func write(json: [UInt8]) {
        buffer.append(contentsOf: TerminalJSON.safe(json))
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Writes what has been added.
    mutating func flush() {
        FileHandle.standardOutput.write(Data(buffer))
        buffer.removeAll(keepingCapacity: true)
    }
}

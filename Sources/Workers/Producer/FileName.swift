import Foundation

/// File names as strings, of any bytes.
///
/// A name on Linux is bytes, and not all of them are UTF-8: archives of other systems leave names in
/// GB 18030. Here each byte that is no part of UTF-8 stands as a scalar of the private plane, as in
/// Python's surrogateescape, so that the string leads back to the very file. Only ``shown(_:)`` is for
/// people and records.
public enum FileName {
    /// U+10FF80 to U+10FFFF stand for bytes from 0x80.
    private static let base: UInt32 = 0x10FF00
    private static let stands: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

    /// The string of a name's bytes.
    public static func text(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isStand) {
            return text
        }
        var text = String.UnicodeScalarView()
        var index = 0
        while index < bytes.count {
            let length = length(of: bytes[index])
            let part = bytes[index..<min(index + length, bytes.count)]
            if let whole = String(validating: part, as: UTF8.self), let scalar = whole.unicodeScalars.first,
                !isStand(scalar)
            {
                text.append(scalar)
                index += length
            } else {
                // A scalar that stands for a byte itself is taken apart, so that nothing is ambiguous.
                for byte in part.prefix(1) { text.append(Unicode.Scalar(base + UInt32(byte)) ?? "\u{FFFD}") }
                index += 1
            }
        }
        return String(text)
    }

    /// The bytes of a name or path, as the system takes them.
    public static func bytes(_ text: String) -> [UInt8] {
        if !text.unicodeScalars.contains(where: isStand) { return Array(text.utf8) }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if isStand(scalar) {
                bytes.append(UInt8(scalar.value - base))
            } else {
                bytes += Array(String(scalar).utf8)
            }
        }
        return bytes
    }

    /// Lends a path to a call of the system.
    public static func lend<T>(_ path: String, _ body: (UnsafePointer<CChar>) -> T) -> T {
        let bytes = bytes(path).map(CChar.init(bitPattern:)) + [0]
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return "".withCString(body) }
            return body(start)
        }
    }

    /// For people, logs and headers: what is no UTF-8 as `\xE9`.
    public static func shown(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isStand) else { return text }
        return text.unicodeScalars.reduce(into: "") { shown, scalar in
            if isStand(scalar) {
                shown += "\\x" + String(scalar.value - base, radix: 16, uppercase: true)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
    }

    /// The last part of a path.
    public static func last(_ path: String) -> String {
        let trimmed = path.drop { $0 == "/" }.split(separator: "/").last.map(String.init)
        return trimmed ?? path
    }

    /// The arguments of this process.
    public static var arguments: [String] {
        (0..<Int(CommandLine.argc)).compactMap { index in
            guard let argument = CommandLine.unsafeArgv[index] else { return nil }
            return text(UnsafeBufferPointer(start: argument, count: strlen(argument)).map(UInt8.init(bitPattern:)))
        }
    }

    /// The names in a directory, without `.` and `..`; nil where it cannot be read.
    static func list(_ directory: String) -> [String]? {
        guard let stream = lend(directory, { opendir($0) }) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { text($0.prefix { $0 != 0 }) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func isStand(_ scalar: Unicode.Scalar) -> Bool { stands.contains(scalar.value) }

    /// How many bytes a scalar has that begins so.
    private static func length(of byte: UInt8) -> Int {
        switch byte {
        case 0xC0...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF7: 4
        default: 1
        }
    }
}

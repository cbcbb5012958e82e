import BulletinModel
import Glibc
import Synchronization

/// Where several buffers write whole lines, one after the other.
final class JSONOutput: Sendable {
    private let descriptor: Mutex<Int32>

    /// Writes to a file descriptor.
    init(to descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = Mutex(descriptor)
    }

    /// Writes all of the bytes before anything else is written.
    ///
    /// - Throws: ``CommandFailure`` where the descriptor takes no more.
    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try descriptor.withLock { descriptor in
            var done = 0
            while done < bytes.count {
                let written = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    throw CommandFailure.failed(
                        "standard output cannot be written: \(String(cString: strerror(errno)).lowercased()).")
                }
                done += written
            }
        }
    }
}

/// Bytes of JSON text on their way to a file descriptor, written in large pieces.
final class JSONBuffer {
    private let output: JSONOutput
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 20
    private var count = 0
    private static let full = 1 << 18

    init(to output: JSONOutput) {
        self.output = output
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Writes what has been added.
    func flush() throws {
        try output.write(UnsafeRawBufferPointer(start: bytes, count: count))
        count = 0
    }

    /// Writes what has been added if that has become much.
    func flushIfFull() throws {
        if count >= Self.full { try flush() }
    }

    /// A string where the bytes are UTF-8, else `{"base64":"…"}`, and null where there are none.
    func field(_ field: UnsafeBufferPointer<UInt8>?) {
        guard let field else { return add("null") }
        if isUTF8(field) {
            string(field)
        } else {
            add("{\"base64\":\"")
            base64(field)
            add("\"}")
        }
    }

    /// Bytes as they are.
    func add(_ more: [UInt8]) {
        reserve(more.count)
        more.withUnsafeBufferPointer { more in
            guard let start = more.baseAddress else { return }
            (bytes + count).update(from: start, count: more.count)
        }
        count += more.count
    }

    @inline(__always)
    private func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    private func grow(_ more: Int) {
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }

    @inline(__always)
    func add(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        (bytes + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    func number(_ number: Int64) {
        reserve(21)
        if number < 0 { add("-") }
        var rest = number.magnitude
        let start = bytes + count
        var length = 0
        repeat {
            start[length] = UInt8(0x30 + rest % 10)
            length += 1
            rest /= 10
        } while rest > 0
        var digits = UnsafeMutableBufferPointer(start: start, count: length)
        digits.reverse()
        count += length
    }

    /// A JSON string.
    func string(_ text: UnsafeBufferPointer<UInt8>) {
        reserve(JSONText.room(for: text))
        count += JSONText.write(text, to: bytes + count)
    }

    func base64(_ data: UnsafeBufferPointer<UInt8>) {
        reserve((data.count + 2) / 3 * 4)
        for start in stride(from: 0, to: data.count, by: 3) {
            let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | (start + $1 < data.count ? UInt32(data[start + $1]) : 0) }
            for place in 0..<4 {
                let six = UInt8(truncatingIfNeeded: group >> UInt32(18 - 6 * place)) & 63
                bytes[count] = start + place > data.count ? 0x3D : Self.base64Digit(six)
                count += 1
            }
        }
    }

    private static func base64Digit(_ six: UInt8) -> UInt8 {
        switch six {
        case 0..<26: 0x41 + six
        case 26..<52: 0x61 + six - 26
        case 52..<62: 0x30 + six - 52
        case 62: 0x2B
        default: 0x2F
        }
    }
}

/// Whether bytes are UTF-8 as Unicode defines it: shortest forms alone, no surrogates.
func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    let end = bytes.count
    while at < end {
        if at + 8 <= end, let start = bytes.baseAddress,
            UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            at += 8
            continue
        }
        if at + 4 <= end, let start = bytes.baseAddress {
            // Most of what is not ASCII are characters of three bytes, E1 to EC or EE and EF first.
            let four = UInt32(littleEndian: UnsafeRawPointer(start + at).loadUnaligned(as: UInt32.self))
            if four & 0xC0_C0F0 == 0x80_80E0, four & 0xFF != 0xE0, four & 0xFF != 0xED {
                at += 3
                continue
            }
        }
        let lead = bytes[at]
        if lead < 0x80 {
            at += 1
            continue
        }
        let (more, least, most): (Int, UInt8, UInt8)
        switch lead {
        case 0xC2...0xDF: (more, least, most) = (1, 0x80, 0xBF)
        case 0xE0: (more, least, most) = (2, 0xA0, 0xBF)
        case 0xE1...0xEC, 0xEE, 0xEF: (more, least, most) = (2, 0x80, 0xBF)
        case 0xED: (more, least, most) = (2, 0x80, 0x9F)
        case 0xF0: (more, least, most) = (3, 0x90, 0xBF)
        case 0xF1...0xF3: (more, least, most) = (3, 0x80, 0xBF)
        case 0xF4: (more, least, most) = (3, 0x80, 0x8F)
        default: return false
        }
        guard at + more < end, bytes[at + 1] >= least, bytes[at + 1] <= most else { return false }
        for place in 1..<(more + 1) where bytes[at + place] & 0xC0 != 0x80 { return false }
        at += more + 1
    }
    return true
}

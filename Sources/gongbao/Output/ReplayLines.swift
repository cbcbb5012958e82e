import Glibc
import TopicLog

/// Records as lines of JSON on a file descriptor, as fast as a broker gives them: bytes go from the
/// record into one buffer, without strings in between.
///
/// A line has `topic`, `partition`, `offset`, `timestamp`, `key`, `headers` and `value`. Key and values
/// are strings where the bytes are UTF-8, else `{"base64":"…"}`, and null where there are none.
final class ReplayLines {
    private let descriptor: Int32
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 1 << 20
    private var count = 0
    private static let full = 1 << 18

    init(to descriptor: Int32 = STDOUT_FILENO) {
        self.descriptor = descriptor
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// Adds the line of a record.
    func write(_ record: Record) throws {
        let place = record.partition
        add("{\"topic\":")
        var topic = place.topic
        topic.withUTF8 { string($0) }
        add(",\"partition\":")
        number(Int64(place.partition))
        add(",\"offset\":")
        number(record.offset)
        add(",\"timestamp\":")
        number(record.timestamp.milliseconds)
        try rest(record.key, record.headers, record.value)
    }

    /// Adds the line of a record that is in no log: its partition and offset are null.
    func write(_ record: Outgoing) throws {
        add("{\"topic\":")
        var topic = record.topic
        topic.withUTF8 { string($0) }
        add(",\"partition\":null,\"offset\":null,\"timestamp\":null")
        try rest(record.key, record.headers, record.value)
    }

    /// Writes what has been added.
    func flush() throws {
        var done = 0
        while done < count {
            let written = Glibc.write(descriptor, bytes + done, count - done)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else {
                throw CommandFailure.failed(
                    "standard output cannot be written: \(String(cString: strerror(errno)).lowercased()).")
            }
            done += written
        }
        count = 0
    }

    private func rest(_ key: [UInt8]?, _ headers: [Header], _ value: [UInt8]?) throws {
        add(",\"key\":")
        field(key)
        add(",\"headers\":[")
        var isFirst = true
        for header in headers {
            add(isFirst ? "{\"name\":" : ",{\"name\":")
            isFirst = false
            var name = header.name
            name.withUTF8 { string($0) }
            add(",\"value\":")
            field(header.value)
            add("}")
        }
        add("],\"value\":")
        field(value)
        add("}\n")
        if count >= Self.full { try flush() }
    }

    private func field(_ field: [UInt8]?) {
        guard let field else { return add("null") }
        field.withUnsafeBufferPointer { buffer in
            if isUTF8(buffer) {
                string(buffer)
            } else {
                add("{\"base64\":\"")
                base64(buffer)
                add("\"}")
            }
        }
    }

    private func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        capacity = max(2 * capacity, count + more)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: bytes, count: count)
        bytes.deallocate()
        bytes = larger
    }

    private func add(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        (bytes + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    private func number(_ number: Int64) {
        reserve(20)
        if number < 0 { add("-") }
        var rest = number.magnitude
        let start = count
        repeat {
            bytes[count] = UInt8(0x30 + rest % 10)
            count += 1
            rest /= 10
        } while rest > 0
        var (low, high) = (start, count - 1)
        while low < high {
            (bytes[low], bytes[high]) = (bytes[high], bytes[low])
            low += 1
            high -= 1
        }
    }

    /// A JSON string. The longest escape has six bytes, so that one check of the room is enough.
    private func string(_ text: UnsafeBufferPointer<UInt8>) {
        reserve(6 * text.count + 2)
        var end = count
        bytes[end] = 0x22
        end += 1
        var at = 0
        while at < text.count {
            if let start = text.baseAddress, at + 8 <= text.count {
                // Eight bytes at once where none of them needs an escape.
                let eight = UnsafeRawPointer(start + at).loadUnaligned(as: UInt64.self)
                if Self.arePlain(eight) {
                    UnsafeMutableRawPointer(bytes + end).storeBytes(of: eight, as: UInt64.self)
                    end += 8
                    at += 8
                    continue
                }
            }
            let byte = text[at]
            at += 1
            if Self.isPlain(byte) {
                bytes[end] = byte
                end += 1
                continue
            }
            bytes[end] = 0x5C
            if let letter = Self.letter(byte) {
                bytes[end + 1] = letter
                end += 2
            } else {
                for (place, digit) in [0x75, 0x30, 0x30, Self.digit(byte >> 4), Self.digit(byte & 15)].enumerated() {
                    bytes[end + 1 + place] = digit
                }
                end += 6
            }
        }
        bytes[end] = 0x22
        count = end + 1
    }

    /// Whether none of eight bytes is a control character, a quote or a backslash. A byte with its
    /// highest bit set never is; where a lower one is, a borrow may at most call a plain byte above
    /// it special, which is then looked at alone.
    private static func arePlain(_ eight: UInt64) -> Bool {
        let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
        let control = (eight &- ones &* 0x20) & ~eight
        let quote = eight ^ (ones &* 0x22)
        let backslash = eight ^ (ones &* 0x5C)
        let matches = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
        return (control | matches) & highs == 0
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x22 && byte != 0x5C }

    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x22, 0x5C: byte
        case 0x08: UInt8(ascii: "b")
        case 0x09: UInt8(ascii: "t")
        case 0x0A: UInt8(ascii: "n")
        case 0x0C: UInt8(ascii: "f")
        case 0x0D: UInt8(ascii: "r")
        default: nil
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }

    private func base64(_ data: UnsafeBufferPointer<UInt8>) {
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

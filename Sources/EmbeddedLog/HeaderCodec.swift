import TopicLog

/// Headers as bytes: for each the length of its name, the name in UTF-8, the length of its
/// value plus 1 (0 for none), the value. Lengths are LEB128: 7 bits a byte, lowest first.
enum HeaderCodec {
    /// Headers as they are stored; nil when there are none.
    static func encode(_ headers: [Header]) -> [UInt8]? {
        guard !headers.isEmpty else { return nil }
        var bytes: [UInt8] = []
        for header in headers {
            let name = Array(header.name.utf8)
            append(name.count, to: &bytes)
            bytes += name
            append(header.value.map { $0.count + 1 } ?? 0, to: &bytes)
            bytes += header.value ?? []
        }
        return bytes
    }

    /// Where a header's name and value stand; the value is nil where there is none.
    struct Place: Equatable {
        let name: Range<Int>
        let value: Range<Int>?
    }

    /// Where stored headers stand; nil when the bytes are not what ``encode(_:)`` makes.
    static func places(_ bytes: UnsafeRawBufferPointer) -> [Place]? {
        var places: [Place] = []
        var at = 0
        while at < bytes.count {
            guard let nameCount = length(bytes, &at), nameCount <= bytes.count - at else { return nil }
            let name = at..<at + nameCount
            guard isText(bytes[name]) else { return nil }
            at = name.upperBound
            guard let marked = length(bytes, &at), marked <= bytes.count - at + 1 else { return nil }
            let value = marked == 0 ? nil : at..<at + marked - 1
            at = value?.upperBound ?? at
            places.append(Place(name: name, value: value))
        }
        return places
    }

    private static func isText(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
    }

    /// Stored headers; nil when the bytes are not what ``encode(_:)`` makes.
    static func decode(_ bytes: [UInt8]) -> [Header]? {
        bytes.withUnsafeBytes { buffer in places(buffer).map { headers($0, of: buffer) } }
    }

    /// The headers at these places, copied.
    static func headers(_ places: [Place], of bytes: UnsafeRawBufferPointer) -> [Header] {
        places.map { place in
            Header(String(decoding: bytes[place.name], as: UTF8.self), bytes: place.value.map { Array(bytes[$0]) })
        }
    }

    private static func append(_ length: Int, to bytes: inout [UInt8]) {
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func length(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int? {
        var length = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard at < bytes.count else { return nil }
            let byte = bytes[at]
            at += 1
            length |= Int(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return length }
        }
        return nil
    }
}

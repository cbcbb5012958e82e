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

    /// Stored headers; nil when the bytes are not what ``encode(_:)`` makes.
    static func decode(_ bytes: [UInt8]) -> [Header]? {
        var headers: [Header] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let nameCount = length(&rest), nameCount <= rest.count,
                let name = String(validating: rest.prefix(nameCount), as: UTF8.self)
            else { return nil }
            rest = rest.dropFirst(nameCount)
            guard let marked = length(&rest), marked <= rest.count + 1 else { return nil }
            let value = marked == 0 ? nil : Array(rest.prefix(marked - 1))
            rest = rest.dropFirst(max(0, marked - 1))
            headers.append(Header(name, bytes: value))
        }
        return headers
    }

    private static func append(_ length: Int, to bytes: inout [UInt8]) {
        var rest = length
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func length(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        var length = 0
        for shift in stride(from: 0, to: 35, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            length |= Int(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return length }
        }
        return nil
    }
}

/// The records of a workbook's stream: each a kind, a length and as many bytes; what is too long for one goes on in others.
struct BinaryRecords {
    /// One of them.
    struct Record {
        let kind: Int
        let data: [UInt8]
        /// Where it begins, and the next one.
        let start: Int
        let end: Int
    }

    private let bytes: [UInt8]
    private static let goesOn = 0x3C

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The record that begins at a place; nil where none does.
    func record(at place: Int) -> Record? {
        guard let kind = bytes.u16(place), let length = bytes.u16(place + 2), let data = bytes.part(place + 4, length)
        else { return nil }
        return Record(kind: kind, data: data, start: place, end: place + 4 + length)
    }

    /// The table of strings. A string may be cut anywhere between two letters; then the next record begins with
    /// whether its letters have one byte or two.
    func strings(at first: Record) -> [String] {
        var parts = [first.data]
        var place = first.end
        while let more = record(at: place), more.kind == Self.goesOn {
            parts.append(more.data)
            place = more.end
        }
        var part = 0
        var at = 8
        /// A number that may begin the next record, but is never cut.
        func number(_ size: Int) -> Int? {
            while part < parts.count, at >= parts[part].count {
                at -= parts[part].count
                part += 1
            }
            guard part < parts.count else { return nil }
            defer { at += size }
            return size == 1 ? Int(parts[part][at]) : size == 2 ? parts[part].u16(at) : parts[part].u32(at)
        }
        let count = first.data.u32(4) ?? 0
        var strings: [String] = []
        while strings.count < count {
            guard let length = number(2), let flags = number(1) else { break }
            let runs = flags & 8 != 0 ? number(2) ?? 0 : 0
            let phonetic = flags & 4 != 0 ? number(4) ?? 0 : 0
            var units: [UInt16] = []
            units.reserveCapacity(length)
            var isWide = flags & 1 != 0
            while units.count < length, part < parts.count {
                let size = isWide ? 2 : 1
                let here = min(length - units.count, max(0, parts[part].count - at) / size)
                for k in 0..<here {
                    units.append(
                        isWide ? UInt16(parts[part].u16(at + 2 * k) ?? 0) : UInt16(parts[part][at + k]))
                }
                at += here * size
                guard units.count < length else { break }
                part += 1
                guard part < parts.count, let first = parts[part].first else { break }
                isWide = first & 1 != 0
                at = 1
            }
            strings.append(String(decoding: units, as: UTF16.self))
            // Formats of its letters and how it is spoken stand behind it, over as many records as they need.
            at += 4 * runs + phonetic
        }
        return strings
    }
}

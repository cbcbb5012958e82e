import Reading

/// The streams of a compound file ([MS-CFB], also called OLE2): what Word, Excel and PowerPoint wrote until 2007, what WPS
/// writes as .wps and .et, and what encrypted documents of today are wrapped in.
struct CompoundFile {
    private static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// Sector numbers from here on are no sectors.
    private static let special = 0xFFFF_FFFA
    private static let mostEntries = 4096

    private let bytes: [UInt8]
    private let sector: Int
    private let next: [Int]
    private let small: [Int]
    private let smallStream: [UInt8]
    private let threshold: Int
    /// Name, first sector and size of each stream directly under the root.
    private let entries: [(name: String, start: Int, size: Int)]

    /// Whether the bytes begin as one.
    static func isCompound(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

    /// The names of the streams and storages.
    var names: Set<String> { Set(entries.map(\.name)) }

    /// - Throws: `DecodeError` `document_damaged`.
    init(_ bytes: [UInt8]) throws(DecodeError) {
        let damaged = DecodeError(.documentDamaged, "The document is damaged: its streams cannot be found.")
        guard Self.isCompound(bytes), let shift = bytes.u16(30), shift == 9 || shift == 12,
            let first = bytes.u32(48), let cutoff = bytes.u32(56), let firstSmall = bytes.u32(60),
            let firstTable = bytes.u32(68)
        else { throw damaged }
        let size = 1 << shift
        let sectors = bytes.count / size
        func place(_ number: Int) -> Int { (number + 1) * size }
        // The table of sectors is in sectors that the header, and then a chain of their own, list.
        var listed = (0..<109).compactMap { bytes.u32(76 + 4 * $0) }.filter { $0 < Self.special }
        var more = firstTable
        var steps = 0
        while more < Self.special, steps <= sectors {
            for k in 0..<size / 4 - 1 {
                if let number = bytes.u32(place(more) + 4 * k), number < Self.special { listed.append(number) }
            }
            more = bytes.u32(place(more) + size - 4) ?? Self.special
            steps += 1
        }
        guard listed.count <= sectors else { throw damaged }
        let table = listed.flatMap { number in (0..<size / 4).map { bytes.u32(place(number) + 4 * $0) ?? Self.special }
        }
        func chain(_ start: Int, _ table: [Int], limit: Int) throws(DecodeError) -> [Int] {
            var chain: [Int] = []
            var number = start
            while number < Self.special {
                guard chain.count <= limit, number < table.count else { throw damaged }
                chain.append(number)
                number = table[number]
            }
            return chain
        }
        func read(_ start: Int) throws(DecodeError) -> [UInt8] {
            var data: [UInt8] = []
            for number in try chain(start, table, limit: sectors) {
                guard place(number) < bytes.count else { throw damaged }
                // The last sector of a file may be cut short.
                data += bytes[place(number)..<Swift.min(bytes.count, place(number) + size)]
            }
            return data
        }
        let directory = try read(first)
        func entry(_ number: Int) -> (
            name: String, kind: Int, left: Int, right: Int, child: Int, start: Int, size: Int
        )? {
            let at = number * 128
            guard number < Self.mostEntries, at + 128 <= directory.count, let length = directory.u16(at + 64),
                (2...64).contains(length), let name = directory.utf16(at, length / 2 - 1),
                let left = directory.u32(at + 68), let right = directory.u32(at + 72),
                let child = directory.u32(at + 76), let start = directory.u32(at + 116),
                let size = directory.u32(at + 120)
            else { return nil }
            return (name, Int(directory[at + 66]), left, right, child, start, size)
        }
        guard let root = entry(0) else { throw damaged }
        var found: [(name: String, start: Int, size: Int)] = []
        var open = [root.child]
        var seen: Set<Int> = []
        while let number = open.popLast() {
            guard seen.insert(number).inserted, let one = entry(number) else { continue }
            found.append((one.name, one.start, one.kind == 2 ? one.size : 0))
            open += [one.left, one.right]
        }
        self.bytes = bytes
        sector = size
        next = table
        threshold = cutoff
        small = firstSmall < Self.special ? Self.numbers(try read(firstSmall)) : []
        smallStream = root.start < Self.special ? try read(root.start) : []
        entries = found
    }

    private static func numbers(_ bytes: [UInt8]) -> [Int] { (0..<bytes.count / 4).compactMap { bytes.u32(4 * $0) } }

    /// The bytes of a stream; nil where there is none of that name.
    ///
    /// - Throws: `DecodeError` `document_damaged` where its sectors are not all there.
    func stream(_ name: String) throws(DecodeError) -> [UInt8]? {
        guard let entry = entries.first(where: { $0.name == name }) else { return nil }
        let damaged = DecodeError(.documentDamaged, "The document is damaged: the stream \(name) is not all there.")
        guard entry.size <= bytes.count else { throw damaged }
        let isSmall = entry.size < threshold
        let (table, size) = isSmall ? (small, 64) : (next, sector)
        var data: [UInt8] = []
        data.reserveCapacity(entry.size)
        var number = entry.start
        while data.count < entry.size {
            guard number < table.count else { throw damaged }
            let at = isSmall ? number * 64 : (number + 1) * sector
            let source = isSmall ? smallStream : bytes
            guard at < source.count else { throw damaged }
            data += source[at..<Swift.min(source.count, at + size, at + entry.size - data.count)]
            number = table[number]
        }
        return data
    }
}

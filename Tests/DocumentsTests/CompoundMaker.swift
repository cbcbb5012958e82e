/// Writes compound files and Word 97 documents as small as tests need them.
enum CompoundMaker {
    static func little(_ number: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(number >> (8 * $0) & 0xFF) } }

    /// A compound file with these streams under its root.
    static func file(_ streams: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        func sectors(_ bytes: [UInt8]) -> Int { (bytes.count + 511) / 512 }
        let directorySectors = (streams.count + 1 + 3) / 4
        // One sector of the table holds 128 numbers, enough for 60 kB.
        var table = [0xFFFF_FFFD]
        func chain(_ count: Int) -> Int {
            let first = table.count
            for k in 0..<count { table.append(k == count - 1 ? 0xFFFF_FFFE : first + k + 1) }
            return first
        }
        let directory = chain(directorySectors)
        let starts = streams.map { chain(max(1, sectors($0.bytes))) }
        func entry(_ name: String, _ kind: UInt8, right: Int, child: Int, start: Int, size: Int) -> [UInt8] {
            var bytes: [UInt8] = name.utf16.flatMap { (unit: UInt16) -> [UInt8] in little(Int(unit), 2) } + [0, 0]
            let length = bytes.count
            bytes += [UInt8](repeating: 0, count: 64 - length)
            bytes += little(length, 2) + [kind, 1]
            bytes += little(0xFFFF_FFFF, 4) + little(right, 4) + little(child, 4)
            bytes += [UInt8](repeating: 0, count: 36) + little(start, 4) + little(size, 8)
            return bytes
        }
        var entries = entry("Root Entry", 5, right: 0xFFFF_FFFF, child: 1, start: 0xFFFF_FFFE, size: 0)
        for (k, stream) in streams.enumerated() {
            entries += entry(
                stream.name, 2, right: k + 1 < streams.count ? k + 2 : 0xFFFF_FFFF, child: 0xFFFF_FFFF,
                start: starts[k], size: stream.bytes.count)
        }
        func padded(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
            bytes + [UInt8](repeating: 0, count: count * 512 - bytes.count)
        }
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        header += little(0x3E, 2) + little(3, 2) + little(0xFFFE, 2) + little(9, 2) + little(6, 2)
        header += [UInt8](repeating: 0, count: 6) + little(0, 4) + little(1, 4) + little(directory, 4) + little(0, 4)
        // No stream is so small that it stands among the small ones.
        header += little(0, 4) + little(0xFFFF_FFFE, 4) + little(0, 4) + little(0xFFFF_FFFE, 4) + little(0, 4)
        header += little(0, 4) + (1..<109).flatMap { _ in little(0xFFFF_FFFF, 4) }
        let numbers = table + [Int](repeating: 0xFFFF_FFFF, count: 128 - table.count)
        var bytes = header + numbers.flatMap { little($0, 4) } + padded(entries, directorySectors)
        for stream in streams { bytes += padded(stream.bytes, max(1, sectors(stream.bytes))) }
        return bytes
    }

    /// A paragraph or a cell with the mark that ends it, its style, and operations on it.
    struct Paragraph {
        var text: String
        var style = 0
        var operations: [UInt8] = []
    }

    static let inTable: [UInt8] = [0x16, 0x24, 1]

    /// A cell of a table.
    static func cell(_ text: String) -> Paragraph { Paragraph(text: text + "\u{07}", operations: inTable) }

    /// The end of a row: where its cells' edges are, and for each cell its flags (joined to the left 2, downwards 0x60 for
    /// the first and 0x20 for the others).
    static func row(_ edges: [Int], _ flags: [Int]) -> Paragraph {
        let definition =
            [UInt8(flags.count)] + edges.flatMap { little($0, 2) }
            + flags.flatMap { little($0, 2) + [UInt8](repeating: 0, count: 18) }
        return Paragraph(
            text: "\u{07}",
            operations: inTable + [0x17, 0x24, 1] + [0x08, 0xD6] + little(definition.count + 1, 2) + definition)
    }

    /// A Word 97 document. `hidden` is a range of the text's letters.
    static func word(_ paragraphs: [Paragraph], hidden: Range<Int>? = nil, flags: Int = 0x200) -> [UInt8] {
        let units = Array(paragraphs.map(\.text).joined().utf16)
        let textAt = 1024
        var stream = [UInt8](repeating: 0, count: textAt) + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        stream += [UInt8](repeating: 0, count: (512 - stream.count % 512) % 512)
        func page(_ starts: [Int], _ items: [[UInt8]], _ width: Int) -> Int {
            var page = [UInt8](repeating: 0, count: 512)
            for (k, start) in starts.enumerated() { page.replaceSubrange(4 * k..<4 * k + 4, with: little(start, 4)) }
            var free = 510
            for (k, item) in items.enumerated() where !item.isEmpty {
                free = (free - item.count) & ~1
                page.replaceSubrange(free..<free + item.count, with: item)
                page[4 * starts.count + width * k] = UInt8(free / 2)
            }
            page[511] = UInt8(items.count)
            stream += page
            return stream.count / 512 - 1
        }
        var table: [UInt8] = []
        func part(_ bytes: [UInt8]) -> (Int, Int) {
            defer { table += bytes }
            return (table.count, bytes.count)
        }
        // Some paragraphs a page, as there is room for so many.
        var edges: [Int] = []
        var numbers: [Int] = []
        var at = textAt
        for group in stride(from: 0, to: paragraphs.count, by: 3).map({ paragraphs[$0..<min($0 + 3, paragraphs.count)] }
        ) {
            var starts = [at]
            var items: [[UInt8]] = []
            for paragraph in group {
                at += paragraph.text.utf16.count * 2
                starts.append(at)
                let body = little(paragraph.style, 2) + paragraph.operations
                items.append([0, UInt8((body.count + 1) / 2)] + body + (body.count % 2 == 1 ? [0] : []))
            }
            edges.append(starts[0])
            numbers.append(page(starts, items, 13))
        }
        let paragraphPages = part((edges + [at]).flatMap { little($0, 4) } + numbers.flatMap { little($0, 4) })
        var runPages = (0, 0)
        if let hidden {
            let starts = [textAt, textAt + 2 * hidden.lowerBound, textAt + 2 * hidden.upperBound, at]
            let number = page(starts, [[], [3, 0x3C, 0x08, 1], []], 1)
            runPages = part(little(textAt, 4) + little(at, 4) + little(number, 4))
        }
        let piece = little(0, 4) + little(units.count, 4) + little(0, 2) + little(textAt, 4) + little(0, 2)
        let pieces = part([2] + little(piece.count, 4) + piece)
        func put(_ at: Int, _ bytes: [UInt8]) { stream.replaceSubrange(at..<at + bytes.count, with: bytes) }
        put(0, little(0xA5EC, 2) + little(0xC1, 2))
        put(10, little(flags, 2))
        put(0x4C, little(units.count, 4))
        put(0xFA, little(runPages.0, 4) + little(runPages.1, 4))
        put(0x102, little(paragraphPages.0, 4) + little(paragraphPages.1, 4))
        put(0x1A2, little(pieces.0, 4) + little(pieces.1, 4))
        return file([("WordDocument", stream), ("1Table", table)])
    }
}

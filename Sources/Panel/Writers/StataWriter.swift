import Foundation

/// Stata's file format 118, which holds UTF-8: with labels of the file, of variables and of values.
public enum StataWriter {
    /// A table as a file. Text is cut at 2,045 bytes, Stata's limit for text of a set length.
    public static func bytes(_ table: DataTable) -> [UInt8] {
        let names = names(table.fields)
        let types = table.fields.indices.map { type(table, $0) }
        let labelled = table.fields.indices.filter {
            !table.fields[$0].values.isEmpty && table.fields[$0].values.count < 64
        }
        // A few words are kept as numbers with labels, as Stata's users expect of them.
        let codes = Dictionary(
            uniqueKeysWithValues: labelled.map { place in
                (
                    place,
                    Dictionary(
                        uniqueKeysWithValues: table.fields[place].values.keys.sorted().enumerated().map { ($1, $0 + 1) }
                    )
                )
            })
        var file = StataBytes()
        file.tag("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>")
        file.append(UInt16(names.count))
        file.tag("</K><N>")
        file.append(UInt64(table.rows.count))
        file.tag("</N><label>")
        let label = cut(table.title, 320)
        file.append(UInt16(label.count))
        file.bytes += label
        file.tag("</label><timestamp>")
        file.bytes.append(0)
        file.tag("</timestamp></header>")
        let map = file.bytes.count
        file.tag("<map>")
        file.bytes += [UInt8](repeating: 0, count: 14 * 8)
        file.tag("</map>")
        var offsets: [Int] = [0, map]
        func section(_ name: String, _ body: (inout StataBytes) -> Void) {
            offsets.append(file.bytes.count)
            file.tag("<\(name)>")
            body(&file)
            file.tag("</\(name)>")
        }
        section("variable_types") { file in
            for (place, type) in types.enumerated() {
                file.append(codes[place] == nil ? type.code : StataType.byte.code)
            }
        }
        section("varnames") { file in for name in names { file.text(Array(name.utf8), width: 129) } }
        section("sortlist") { file in for _ in 0...names.count { file.append(UInt16(0)) } }
        section("formats") { file in
            for (place, type) in types.enumerated() {
                file.text(Array((codes[place] == nil ? type.format : "%12.0g").utf8), width: 57)
            }
        }
        section("value_label_names") { file in
            for place in names.indices { file.text(codes[place] == nil ? [] : Array(names[place].utf8), width: 129) }
        }
        section("variable_labels") { file in
            for field in table.fields {
                let label = field.title + (field.unit.map { $0.isEmpty ? "" : "（\($0)）" } ?? "")
                file.text(cut(label, 320), width: 321)
            }
        }
        section("characteristics") { _ in }
        section("data") { file in
            for row in table.rows {
                for (place, cell) in row.enumerated() {
                    if let codes = codes[place] {
                        file.bytes.append(codes[cell.text].map { UInt8($0) } ?? StataType.missingByte)
                        continue
                    }
                    switch types[place] {
                    case .byte: file.bytes.append(StataType.missingByte)
                    case .double: file.append(cell.number?.bitPattern ?? StataType.missingDouble)
                    case .long:
                        if case .integer(let number) = cell, let small = Int32(exactly: number), small <= 2_147_483_620
                        {
                            file.append(UInt32(bitPattern: small))
                        } else {
                            file.append(StataType.missingLong)
                        }
                    case .text(let width): file.text(cut(cell.text, width), width: width)
                    }
                }
            }
        }
        section("strls") { _ in }
        section("value_labels") { file in
            for place in labelled { file.labels(names[place], table.fields[place].values, codes[place] ?? [:]) }
        }
        offsets.append(file.bytes.count)
        file.tag("</stata_dta>")
        offsets.append(file.bytes.count)
        for (place, offset) in offsets.enumerated() {
            withUnsafeBytes(of: UInt64(offset).littleEndian) { bytes in
                for (i, byte) in bytes.enumerated() { file.bytes[map + 5 + place * 8 + i] = byte }
            }
        }
        return file.bytes
    }

    /// Names as Stata takes them: letters, digits and underscores, 32 at most, no two the same.
    static func names(_ fields: [DataTable.Field]) -> [String] {
        var taken: Set<String> = []
        return fields.map { field in
            var name = String(field.name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" }.prefix(32))
            if name.first?.isNumber != false { name = "_" + name.prefix(31) }
            let base = name.prefix(28)
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(base)_\(number)"
                number += 1
            }
            return name
        }
    }

    private static func type(_ table: DataTable, _ place: Int) -> StataType {
        switch table.fields[place].type {
        case .number: .double
        case .integer: .long
        case .text: .text(max(1, min(2045, table.rows.lazy.map { $0[place].text.utf8.count }.max() ?? 1)))
        }
    }

    /// The first bytes of a text that are whole scalars.
    private static func cut(_ text: String, _ most: Int) -> [UInt8] {
        let bytes = Array(text.utf8)
        guard bytes.count > most else { return bytes }
        var end = most
        while end > 0, bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(bytes[..<end])
    }
}

/// The types of variables in use.
private enum StataType {
    case byte, long, double
    case text(Int)

    static let missingByte: UInt8 = 101
    static let missingLong: UInt32 = 2_147_483_621
    static let missingDouble: UInt64 = 0x7FE0_0000_0000_0000

    var code: UInt16 {
        switch self {
        case .byte: 65530
        case .long: 65528
        case .double: 65526
        case .text(let width): UInt16(width)
        }
    }

    var format: String {
        switch self {
        case .byte: "%8.0g"
        case .long: "%12.0g"
        case .double: "%14.0g"
        case .text(let width): "%\(min(width, 60))s"
        }
    }
}

private struct StataBytes {
    var bytes: [UInt8] = []

    mutating func tag(_ text: String) { bytes += Array(text.utf8) }

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes += Array($0) }
    }

    /// Text with zeros behind it.
    mutating func text(_ text: [UInt8], width: Int) {
        bytes += text.prefix(width)
        bytes += [UInt8](repeating: 0, count: max(0, width - text.count))
    }

    /// One table of labels.
    mutating func labels(_ name: String, _ values: [String: String], _ codes: [String: Int]) {
        let sorted = codes.sorted { $0.value < $1.value }
        var texts: [UInt8] = []
        var starts: [UInt32] = []
        for (word, _) in sorted {
            starts.append(UInt32(texts.count))
            texts += Array((values[word] ?? word).utf8) + [0]
        }
        tag("<lbl>")
        append(UInt32(8 + sorted.count * 8 + texts.count))
        text(Array(name.utf8), width: 129)
        self.bytes += [0, 0, 0]
        append(UInt32(sorted.count))
        append(UInt32(texts.count))
        for start in starts { append(start) }
        for (_, code) in sorted { append(UInt32(code)) }
        bytes += texts
        tag("</lbl>")
    }
}

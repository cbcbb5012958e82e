/// Apache Parquet: one row group for a million rows, one page a column in each, plain and not compressed.
public enum ParquetWriter {
    /// A table as a file.
    public static func bytes(_ table: DataTable) -> [UInt8] {
        var file = Array("PAR1".utf8)
        var groups: [Group] = []
        var from = 0
        repeat {
            let rows = table.rows[from..<min(table.rows.count, from + rowsInGroup)]
            var group = Group(rows: rows.count, start: file.count)
            for (place, field) in table.fields.enumerated() {
                let content = page(rows, place, field.type)
                var header = ThriftWriter()
                header.field(1, i32: 0)  // data page
                header.field(2, i32: Int32(content.count))
                header.field(3, i32: Int32(content.count))
                header.beginStruct(5)
                header.field(1, i32: Int32(rows.count))
                header.field(2, i32: 0)  // plain
                header.field(3, i32: 3)  // levels as runs
                header.field(4, i32: 3)
                header.endStruct()
                header.stop()
                let start = file.count
                file += header.bytes
                file += content
                group.chunks.append(Chunk(start: start, size: file.count - start, values: rows.count))
            }
            group.size = file.count - group.start
            groups.append(group)
            from += rowsInGroup
        } while from < table.rows.count
        let footer = footer(table, groups)
        file += footer
        file += little(UInt32(footer.count))
        return file + Array("PAR1".utf8)
    }

    private static let rowsInGroup = 1 << 20

    private struct Chunk {
        let start: Int
        let size: Int
        let values: Int
    }

    private struct Group {
        let rows: Int
        let start: Int
        var size = 0
        var chunks: [Chunk] = []

        init(rows: Int, start: Int) { (self.rows, self.start) = (rows, start) }
    }

    /// Which cells hold something, and then these.
    private static func page(
        _ rows: ArraySlice<[DataTable.Value]>, _ place: Int, _ type: DataTable.FieldType
    ) -> [UInt8] {
        var values: [UInt8] = []
        var levels: [Bool] = []
        levels.reserveCapacity(rows.count)
        for row in rows {
            let cell = row[place]
            switch type {
            case .text:
                levels.append(cell != .none)
                guard cell != .none else { continue }
                let text = Array(cell.text.utf8)
                values += little(UInt32(text.count))
                values += text
            case .number:
                levels.append(cell.number != nil)
                if let number = cell.number { values += little(number.bitPattern) }
            case .integer:
                if case .integer(let number) = cell {
                    levels.append(true)
                    values += little(UInt64(bitPattern: Int64(number)))
                } else {
                    levels.append(false)
                }
            }
        }
        let runs = runs(levels)
        return little(UInt32(runs.count)) + runs + values
    }

    /// Levels of one bit as runs of equal ones.
    private static func runs(_ levels: [Bool]) -> [UInt8] {
        var bytes: [UInt8] = []
        var i = 0
        while i < levels.count {
            var end = i
            while end < levels.count, levels[end] == levels[i] { end += 1 }
            bytes += varint(UInt64(end - i) << 1)
            bytes.append(levels[i] ? 1 : 0)
            i = end
        }
        return bytes
    }

    private static func footer(_ table: DataTable, _ groups: [Group]) -> [UInt8] {
        var thrift = ThriftWriter()
        thrift.field(1, i32: 1)
        thrift.beginList(2, of: .structure, count: table.fields.count + 1)
        thrift.beginElement()
        thrift.field(4, string: "schema")
        thrift.field(5, i32: Int32(table.fields.count))
        thrift.endStruct()
        for field in table.fields {
            thrift.beginElement()
            thrift.field(1, i32: physical(field.type))
            thrift.field(3, i32: 1)  // optional
            thrift.field(4, string: field.name)
            if field.type == .text {
                thrift.field(6, i32: 0)  // UTF8
                thrift.beginStruct(10)
                thrift.beginStruct(1)
                thrift.endStruct()
                thrift.endStruct()
            }
            thrift.endStruct()
        }
        thrift.field(3, i64: Int64(table.rows.count))
        thrift.beginList(4, of: .structure, count: groups.count)
        for group in groups {
            thrift.beginElement()
            thrift.beginList(1, of: .structure, count: group.chunks.count)
            for (chunk, field) in zip(group.chunks, table.fields) {
                thrift.beginElement()
                thrift.field(2, i64: Int64(chunk.start))
                thrift.beginStruct(3)
                thrift.field(1, i32: physical(field.type))
                thrift.beginList(2, of: .i32, count: 2)
                thrift.element(i32: 0)
                thrift.element(i32: 3)
                thrift.beginList(3, of: .binary, count: 1)
                thrift.element(string: field.name)
                thrift.field(4, i32: 0)  // not compressed
                thrift.field(5, i64: Int64(chunk.values))
                thrift.field(6, i64: Int64(chunk.size))
                thrift.field(7, i64: Int64(chunk.size))
                thrift.field(9, i64: Int64(chunk.start))
                thrift.endStruct()
                thrift.endStruct()
            }
            thrift.field(2, i64: Int64(group.size))
            thrift.field(3, i64: Int64(group.rows))
            thrift.endStruct()
        }
        let about: [(String, String)] =
            [("title", table.title), ("description", table.about)]
            + table.fields.filter { $0.unit != nil || !$0.title.isEmpty }.map {
                ("column:\($0.name)", [$0.title, $0.unit].compactMap { $0 }.joined(separator: ", "))
            }
        thrift.beginList(5, of: .structure, count: about.count)
        for (key, value) in about {
            thrift.beginElement()
            thrift.field(1, string: key)
            thrift.field(2, string: value)
            thrift.endStruct()
        }
        thrift.field(6, string: "gongbao")
        thrift.stop()
        return thrift.bytes
    }

    /// INT64, DOUBLE or BYTE_ARRAY.
    private static func physical(_ type: DataTable.FieldType) -> Int32 {
        switch type {
        case .text: 6
        case .number: 5
        case .integer: 2
        }
    }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func varint(_ number: UInt64) -> [UInt8] { ThriftWriter.varint(number) }
}

/// Comma separated values after RFC 4180.
public enum CsvWriter {
    /// A table with a line of heads.
    ///
    /// - Parameter mark: whether a byte order mark stands in front, without which Excel takes Chinese for something else.
    public static func bytes(_ table: DataTable, mark: Bool) -> [UInt8] {
        var bytes: [UInt8] = mark ? [0xEF, 0xBB, 0xBF] : []
        line(table.fields.map { .text($0.name) }, &bytes)
        for row in table.rows { line(row, &bytes) }
        return bytes
    }

    static func line(_ cells: [DataTable.Value], _ bytes: inout [UInt8]) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            append(cell, &bytes)
        }
        bytes.append(0x0A)
    }

    private static func append(_ cell: DataTable.Value, _ bytes: inout [UInt8]) {
        guard case .text(let text) = cell else {
            bytes += Array(cell.text.utf8)
            return
        }
        // What a spreadsheet would take for a formula is kept from it.
        let safe = startsFormula(text) ? "'" + text : text
        guard safe.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
            bytes += Array(safe.utf8)
            return
        }
        bytes.append(0x22)
        for byte in safe.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        return [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(first)
    }
}

/// Comma separated values after RFC 4180, safe to open in a spreadsheet.
enum Csv {
    /// One line without its line feed.
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",")
    }

    /// One cell: quoted where it must be, and with an apostrophe in front where a spreadsheet
    /// would take the text for a formula. Plain numbers keep their sign.
    private static func cell(_ text: String) -> String {
        let safe = startsFormula(text) ? "'" + text : text
        guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first, Array("=+-@\t\r".utf8).contains(first) else { return false }
        return !text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } || text.utf8.count == 1
    }
}

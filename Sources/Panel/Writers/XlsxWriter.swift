import CXlsxWriter
import Foundation
import Messages

/// An Excel workbook with a sheet for each table, and one that tells what they are.
public enum XlsxWriter {
    /// Writes the workbook; the same tables give the same bytes.
    ///
    /// It is for people: sheets have their titles for names and codes are in words, but for English, whose words they are.
    ///
    /// - Throws: ``PanelError`` where the file cannot be written.
    public static func write(_ tables: [DataTable], _ m: Messages, to path: String) throws(PanelError) {
        guard let book = workbook_new(path) else { throw PanelError("the workbook \(path) cannot be begun") }
        var properties = lxw_doc_properties()
        // A day that is always the same: who made a file when is not what it holds.
        properties.created = 315_532_800
        workbook_set_properties(book, &properties)
        let looks = Looks(book)
        for table in tables {
            guard let sheet = workbook_add_worksheet(book, name(of: table, m)) else { continue }
            write(table, m, sheet, looks)
        }
        about(tables, m, book, looks)
        let error = workbook_close(book)
        guard error == LXW_NO_ERROR else {
            throw PanelError("the workbook cannot be written: \(String(cString: lxw_strerror(error)))")
        }
    }

    /// More rows than this a sheet cannot have, its head counted in.
    private static let mostRows = 1_048_576
    /// Notes beyond these make a workbook slow to open.
    private static let mostNotes = 2_000

    private static func name(of table: DataTable, _ m: Messages) -> String {
        m.language == .english ? table.name : table.title
    }

    private static func write(
        _ table: DataTable, _ m: Messages, _ sheet: UnsafeMutablePointer<lxw_worksheet>, _ looks: Looks
    ) {
        let isPanel = table.name == "panel"
        for (column, field) in table.fields.enumerated() {
            let unit = field.unit.map { $0.isEmpty ? "" : "（\($0)）" } ?? ""
            let title = (field.title.isEmpty ? field.name : field.title) + (isPanel ? unit : "")
            worksheet_write_string(sheet, 0, UInt16(column), title, looks.head)
            let decimals = decimals(table, column)
            let width = width(table, column, title, decimals)
            let format =
                field.type == .number ? looks.number(decimals, nil) : field.type == .integer ? looks.plain : looks.text
            worksheet_set_column(sheet, UInt16(column), UInt16(column), width, format)
        }
        worksheet_set_row(sheet, 0, isPanel ? 36 : 22, looks.head)
        worksheet_set_landscape(sheet)
        worksheet_set_paper(sheet, 9)
        worksheet_fit_to_pages(sheet, 1, 0)
        worksheet_repeat_rows(sheet, 0, 0)
        worksheet_freeze_panes(sheet, 1, table.fields.first?.name == "region_code" ? 3 : 1)
        let rows = table.rows.prefix(mostRows - 1)
        if !rows.isEmpty { worksheet_autofilter(sheet, 0, 0, UInt32(rows.count), UInt16(table.fields.count - 1)) }
        let places = table.fields.indices.map { decimals(table, $0) }
        let codes = table.fields.map { $0.name == "chosen_by" ? "rule" : $0.name }
        var notes = 0
        for (line, row) in rows.enumerated() {
            for (column, cell) in row.enumerated() {
                let mark = table.marks[DataTable.Place(row: line, column: column)]
                let (y, x) = (UInt32(line + 1), UInt16(column))
                switch cell {
                case .none: if mark != nil { worksheet_write_blank(sheet, y, x, looks.number(0, mark?.mark)) }
                case .text(let text):
                    let shown = m.word("coded.\(codes[column])", text)
                    worksheet_write_string(sheet, y, x, String(shown.prefix(32_000)), looks.text)
                case .integer(let number): worksheet_write_number(sheet, y, x, Double(number), looks.plain)
                case .number(let text):
                    worksheet_write_number(sheet, y, x, Double(text) ?? 0, looks.number(places[column], mark?.mark))
                }
                if let mark, notes < mostNotes {
                    worksheet_write_comment(sheet, y, x, String(mark.note.prefix(1_000)))
                    notes += 1
                }
            }
        }
    }

    /// What each sheet holds, for who has only the file.
    private static func about(
        _ tables: [DataTable], _ m: Messages, _ book: UnsafeMutablePointer<lxw_workbook>, _ looks: Looks
    ) {
        guard let sheet = workbook_add_worksheet(book, m.language == .english ? "about" : m("table.about")) else {
            return
        }
        worksheet_set_column(sheet, 0, 0, 16, looks.text)
        worksheet_set_column(sheet, 1, 1, 110, looks.wrapped)
        worksheet_write_string(sheet, 0, 0, m("table.sheet"), looks.head)
        worksheet_write_string(sheet, 0, 1, m("table.holds"), looks.head)
        var line: UInt32 = 1
        for table in tables {
            worksheet_write_string(sheet, line, 0, name(of: table, m), looks.text)
            worksheet_write_string(sheet, line, 1, table.about, looks.wrapped)
            line += 1
        }
        line += 1
        worksheet_write_blank(sheet, line, 0, looks.number(0, .flagged))
        worksheet_write_string(sheet, line, 1, m("table.flagged"), looks.wrapped)
        worksheet_write_blank(sheet, line + 1, 0, looks.number(0, .corrected))
        worksheet_write_string(sheet, line + 1, 1, m("table.corrected"), looks.wrapped)
    }

    /// How many decimals a column shows: as many as its values have, four at most.
    private static func decimals(_ table: DataTable, _ column: Int) -> Int {
        guard table.fields[column].type == .number else { return 0 }
        var most = 0
        for row in table.rows {
            guard case .number(let text) = row[column], let point = text.utf8.firstIndex(of: 0x2E) else { continue }
            most = max(most, text.utf8.distance(from: point, to: text.utf8.endIndex) - 1)
            if most >= 4 { return 4 }
        }
        return most
    }

    /// The width of a column in characters, Chinese ones counted twice.
    private static func width(_ table: DataTable, _ column: Int, _ title: String, _ decimals: Int) -> Double {
        func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) } }
        var most = min(columns(title), table.name == "panel" && column > 3 ? 18 : 40)
        for row in table.rows.prefix(500) { most = max(most, columns(row[column].text)) }
        return Double(min(max(most, 6), table.fields[column].name == "what" ? 90 : 48)) + 2.5
    }
}

/// The formats of a workbook.
private final class Looks {
    let head, text, plain, wrapped: UnsafeMutablePointer<lxw_format>?
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var numbers: [String: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ book: UnsafeMutablePointer<lxw_workbook>) {
        self.book = book
        head = workbook_add_format(book)
        format_set_bold(head)
        format_set_text_wrap(head)
        format_set_align(head, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_bg_color(head, 0xDCE6F1)
        format_set_bottom(head, UInt8(LXW_BORDER_THIN.rawValue))
        text = workbook_add_format(book)
        plain = workbook_add_format(book)
        format_set_num_format(plain, "0")
        wrapped = workbook_add_format(book)
        format_set_text_wrap(wrapped)
        format_set_align(wrapped, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    }

    func number(_ decimals: Int, _ mark: DataTable.Mark?) -> UnsafeMutablePointer<lxw_format>? {
        let key = "\(decimals) \(mark.map { "\($0)" } ?? "")"
        if let known = numbers[key] { return known }
        let format = workbook_add_format(book)
        format_set_num_format(format, "#,##0" + (decimals > 0 ? "." + String(repeating: "0", count: decimals) : ""))
        switch mark {
        case .flagged:
            format_set_bg_color(format, 0xFFE2A8)
            format_set_bold(format)
        case .corrected: format_set_bg_color(format, 0xCFE8FF)
        case nil: break
        }
        numbers[key] = format
        return format
    }
}

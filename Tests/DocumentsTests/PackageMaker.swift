import CArchive
import Documents
import Foundation
import Reading

/// Writes packages as other programs do, from the parts' texts.
enum PackageMaker {
    /// A ZIP archive of these parts, in this order.
    static func zip(_ parts: [(name: String, text: String)]) -> [UInt8] {
        zip(parts.map { ($0.name, Array($0.text.utf8)) })
    }

    /// Forms of archives.
    enum Form: Sendable {
        case zip, sevenZip, tar, tarGzip, tarXz
        /// One file, compressed.
        case gzip
    }

    /// The same of bytes.
    static func zip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] { archive(.zip, parts) }

    /// An archive of that form.
    static func archive(_ form: Form, _ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        var output = [UInt8](
            repeating: 0, count: parts.reduce(1 << 16) { $0 + $1.bytes.count + $1.name.utf8.count * 2 + 512 })
        // libarchive writes names in the thread's character set.
        let before = newlocale(1 << LC_CTYPE, "C.UTF-8", nil).map { (own: $0, other: uselocale($0)) }
        defer {
            if let before {
                uselocale(before.other)
                freelocale(before.own)
            }
        }
        let archive = archive_write_new()
        switch form {
        case .zip: archive_write_set_format_zip(archive)
        case .sevenZip: archive_write_set_format_7zip(archive)
        case .tar, .tarGzip, .tarXz: archive_write_set_format_pax_restricted(archive)
        case .gzip: archive_write_set_format_raw(archive)
        }
        if form == .tarGzip || form == .gzip { archive_write_add_filter_gzip(archive) }
        if form == .tarXz { archive_write_add_filter_xz(archive) }
        var used = 0
        output.withUnsafeMutableBytes { buffer in
            archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
            for (name, bytes) in parts {
                let entry = archive_entry_new()
                archive_entry_set_pathname_utf8(entry, name)
                archive_entry_set_size(entry, Int64(bytes.count))
                // A regular file: 0100644.
                archive_entry_set_filetype(entry, 0o100000)
                archive_entry_set_perm(entry, 0o644)
                archive_write_header(archive, entry)
                _ = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
                archive_entry_free(entry)
            }
            archive_write_close(archive)
        }
        archive_write_free(archive)
        return Array(output.prefix(used))
    }

    /// A text document with this body and these styles.
    static func word(_ body: String, styles: String = "") -> [UInt8] {
        let name = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
        return zip([
            ("word/document.xml", "<?xml version=\"1.0\"?><w:document \(name)><w:body>\(body)</w:body></w:document>"),
            ("word/styles.xml", "<w:styles \(name)>\(styles)</w:styles>"),
        ])
    }

    /// A workbook of one sheet with these rows, merged ranges and cell formats.
    static func workbook(
        _ rows: String, columns: String = "", merged: String = "", formats: String = "", strings: [String] = [],
        state: String = "visible"
    ) -> [UInt8] {
        let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
        let relation = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
        return zip([
            (
                "xl/workbook.xml",
                "<workbook \(main) \(relation)><sheets><sheet name=\"主要指标\" sheetId=\"1\" state=\"\(state)\" r:id=\"rId1\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"t\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
            ("xl/styles.xml", "<styleSheet \(main)>\(formats)</styleSheet>"),
            ("xl/sharedStrings.xml", "<sst \(main)>\(strings.map { "<si><t>\($0)</t></si>" }.joined())</sst>"),
            (
                "xl/worksheets/sheet1.xml",
                "<worksheet \(main)>\(columns)<sheetData>\(rows)</sheetData><mergeCells>\(merged)</mergeCells></worksheet>"
            ),
        ])
    }

    /// The text that the converter makes of bytes.
    static func text(_ bytes: [UInt8], _ bounds: PackageBounds = PackageBounds()) throws -> String {
        try DocumentConverter(bounds: bounds).text(of: bytes).string
    }
}

extension DecodedText {
    /// All of it.
    var string: String { string(0..<scalars.count) }
}

import Audit
import Foundation
import Messages
import Panel

/// A panel as a file in one of the forms that `gongbao panel` writes.
enum PanelFile {
    static let formats = ["xlsx", "csv", "parquet", "dta", "sdmx", "zip"]

    /// The file, to be saved.
    ///
    /// - Throws: ``Problem`` for a form that is unknown.
    static func answer(_ panel: Panel, _ format: String, long: Bool, _ m: Messages) throws -> PortalAnswer {
        let tables = PanelTables(panel, m)
        let first = long ? tables.cells : tables.wide
        switch format {
        case "csv": return .attachment("panel.csv", "text/csv; charset=utf-8", CsvWriter.bytes(first, mark: true))
        case "parquet":
            return .attachment("panel.parquet", "application/vnd.apache.parquet", ParquetWriter.bytes(first))
        case "dta": return .attachment("panel.dta", "application/x-stata-dta", StataWriter.bytes(first))
        case "sdmx":
            return .attachment(
                "panel.sdmx.csv", "application/vnd.sdmx.data+csv;version=2.0.0", SdmxWriter(panel).csv)
        case "xlsx":
            let place = FileManager.default.temporaryDirectory.appending(path: "gongbao-\(UUID().uuidString).xlsx")
            defer { try? FileManager.default.removeItem(at: place) }
            do throws(PanelError) { try XlsxWriter.write(tables.all(long: long), m, to: place.path) } catch {
                throw Problem(500, error.message + ".")
            }
            return .attachment(
                "panel.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Array(try Data(contentsOf: place)))
        case "zip":
            let files = PackageWriter.files(tables.all(long: long), title: m("table.package"), mark: true)
            return .attachment(
                "panel.zip", "application/zip", ZipArchive(files.map { ZipArchive.Entry($0.name, $0.bytes) }).bytes)
        default: throw Problem(400, "format is one of " + formats.joined(separator: ", ") + ".", parameter: "format")
        }
    }
}

import BulletinModel
import Foundation
import Messages
import Testing

@testable import Panel

/// What the files hold, as other programs read them.
@Suite struct PanelFormatsTests {
    private func panel() throws -> (PanelWorld, Panel) {
        let world = try PanelWorld()
        try world.add(
            "洛阳市2024年统计公报", publisher: "洛阳市统计局", published: "2025-03-20",
            [
                .init(value: "584210000000", quote: "5842.1亿元"),
                .init(value: "5.2", unit: "%", quote: "5.2%", kind: .change, base: .yearOnYear),
            ])
        try world.add("=cmd|' /C calc'!A0", [.init(value: "612000000000", quote: "6120.0亿元")])
        let columns = [
            PanelColumn(measure: "gdp", title: "地区生产总值"), PanelColumn(measure: "gdp", title: "地区生产总值", kind: .change),
        ]
        let panel = try world.panel(columns, 2023...2024) { $0.regions = world.divisions.named("洛阳市") }
        return (world, panel)
    }

    @Test("the ending of the name is the form, and another ending is none")
    func endings() {
        let forms: [(String, PanelFormat?)] = [
            ("a.xlsx", .xlsx), ("a.csv", .csv), ("b/a.sdmx.csv", .sdmx), ("a.parquet", .parquet), ("a.dta", .stata),
            ("a", .package), ("a.d/", .package), ("A.XLSX", .xlsx), ("a.txt", nil), ("a.xls", nil),
        ]
        for (path, form) in forms { #expect(PanelFormat(path: path) == form, "\(path)") }
    }

    @Test("CSV has a mark for Excel or none, the printed digits, and no formula")
    func csv() throws {
        let (_, panel) = try panel()
        let tables = PanelTables(panel, Messages(.english))
        let bytes = CsvWriter.bytes(tables.wide, mark: true)
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let text = String(decoding: CsvWriter.bytes(tables.wide, mark: false), as: UTF8.self)
        #expect(text.hasPrefix("region_code,region,period,year,gdp,gdp:change,flags\n410300,洛阳市,2023,2023,,,\n"))
        #expect(text.contains("410300,洛阳市,2024,2024,5842.1,5.2,gdp: 1 statement differs\n"), "\(text)")
        let conflicts = String(decoding: CsvWriter.bytes(tables.conflicts, mark: false), as: UTF8.self)
        #expect(conflicts.contains(",'=cmd") && !conflicts.contains(",=cmd"))
    }

    @Test("the same panel gives the same bytes in every form")
    func determinism() throws {
        let (_, one) = try panel()
        let (_, two) = try panel()
        let directory = FileManager.default.temporaryDirectory.appending(path: "gongbao-formats-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func all(_ panel: Panel, _ name: String) throws -> [[UInt8]] {
            let tables = PanelTables(panel, Messages(.english))
            let book = directory.appending(path: name)
            try XlsxWriter.write(tables.all(long: false), Messages(.english), to: book.path)
            let sdmx = SdmxWriter(panel)
            return [
                CsvWriter.bytes(tables.wide, mark: true), ParquetWriter.bytes(tables.wide),
                StataWriter.bytes(tables.wide),
                sdmx.csv, sdmx.structure, Array(try Data(contentsOf: book)),
            ] + PackageWriter.files(tables.all(long: false), title: "t", mark: false).map(\.bytes)
        }
        #expect(try all(one, "one.xlsx") == all(two, "two.xlsx"))
    }

    @Test("names for Stata are its own: no colon, no two the same")
    func stataNames() {
        let fields = ["gdp", "gdp:change", "gdp_change", "2024", "城镇居民人均可支配收入", String(repeating: "x", count: 40)]
        let names = StataWriter.names(fields.map { DataTable.Field($0, $0) })
        #expect(
            names == ["gdp", "gdp_change", "gdp_change_2", "_2024", "城镇居民人均可支配收入", String(repeating: "x", count: 32)])
    }

    /// An interpreter with the libraries that read the forms; `deploy/test.sh` makes one.
    private static let python: String? = {
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        let path = environment["GONGBAO_READERS"] ?? cache + "/gongbao/readers-1/bin/python"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    @Test(
        "pandas, pyarrow, duckdb, sdmx1 and frictionless read equal content from every form, and the notebook's page holds",
        .enabled(if: PanelFormatsTests.python != nil, "the readers are not installed; deploy/test.sh installs them"))
    func readers() throws {
        let (_, panel) = try panel()
        let tables = PanelTables(panel, Messages(.english))
        let directory = FileManager.default.temporaryDirectory.appending(path: "gongbao-readers-\(UUID().uuidString)")
        let package = directory.appending(path: "package")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        func put(_ name: String, _ bytes: [UInt8]) throws { try Data(bytes).write(to: directory.appending(path: name)) }
        try put("panel.csv", CsvWriter.bytes(tables.wide, mark: true))
        try put("panel.parquet", ParquetWriter.bytes(tables.wide))
        try put("panel.dta", StataWriter.bytes(tables.wide))
        try put("cells.parquet", ParquetWriter.bytes(tables.cells))
        try put("cells.dta", StataWriter.bytes(tables.cells))
        try put("panel.sdmx.csv", SdmxWriter(panel).csv)
        try put("panel.dsd.xml", SdmxWriter(panel).structure)
        try XlsxWriter.write(
            tables.all(long: false), Messages(.english), to: directory.appending(path: "panel.xlsx").path)
        for file in PackageWriter.files(tables.all(long: false), title: "t", mark: false) {
            try put("package/" + file.name, file.bytes)
        }
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        let page = here.appending(path: "../../Sources/Panel/Panel.docc/Notebook.md").standardized
        for arguments in [
            [here.appending(path: "read_panel.py").path, directory.path],
            [here.appending(path: "run_notebook.py").path, page.path, directory.path],
        ] {
            let process = Process()
            process.executableURL = URL(filePath: try #require(Self.python))
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(said)")
        }
    }
}

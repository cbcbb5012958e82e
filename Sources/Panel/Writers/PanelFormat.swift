/// The forms that a panel is written in, told by the ending of the file's name.
public enum PanelFormat: Sendable, Equatable {
    /// An Excel workbook with a sheet for each table.
    case xlsx
    /// Comma separated values of the first table.
    case csv
    /// Apache Parquet of the first table.
    case parquet
    /// Stata 118 of the first table.
    case stata
    /// SDMX-CSV 2.0 with its data structure definition in a file beside.
    case sdmx
    /// A directory with a Frictionless data package of all tables.
    case package

    /// The form of a file of this name; nil where the ending is none of them. A name without an ending, or with a slash
    /// at its end, is a directory.
    public init?(path: String) {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        if name.hasSuffix(".sdmx.csv") {
            self = .sdmx
        } else if name.hasSuffix(".csv") {
            self = .csv
        } else if name.hasSuffix(".xlsx") {
            self = .xlsx
        } else if name.hasSuffix(".parquet") {
            self = .parquet
        } else if name.hasSuffix(".dta") {
            self = .stata
        } else if name.isEmpty || !name.contains(".") || name == "." || name == ".." {
            self = .package
        } else {
            return nil
        }
    }
}

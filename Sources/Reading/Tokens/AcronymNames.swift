/// Acronyms of measures that may stand right before their figure (GDP117亿元).
enum AcronymNames {
    private static let names = WordTable<Bool>(
        WordTable<Bool>.words("GDP GNP GNI CPI PPI PMI FDI RPI ETC GEP AQI TEU WIFI GVA gdp", true), backward: true)

    /// Whether one of them ends right before `index`.
    static func endsHere(_ scalars: [UInt32], _ index: Int) -> Bool {
        names.longest(in: scalars, endingAt: index) != nil
    }
}

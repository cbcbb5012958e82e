import MessageTables

/// A page of the guide, as it is built in.
public struct GuidePage: Sendable {
    /// Its name in addresses, such as `first-hour`.
    public let name: String
    /// Markdown, whose first line is its title.
    public let text: String

    /// The title.
    public var title: String { String(text.prefix { $0 != "\n" }.drop { $0 == "#" || $0 == " " }) }

    /// The pages of a language in their order.
    public static func all(_ language: Language) -> [GuidePage] { language == .chinese ? chinese : english }

    private static let chinese = pages("zh/")
    private static let english = pages("en/")

    private static func pages(_ folder: String) -> [GuidePage] {
        var count = 0
        let start = guide_pages(&count)
        return UnsafeBufferPointer(start: start, count: count).compactMap { page in
            let name = String(cString: page.name)
            guard name.hasPrefix(folder) else { return nil }
            let bytes = UnsafeBufferPointer(start: page.bytes, count: page.count)
            return GuidePage(name: String(name.dropFirst(folder.count)), text: String(decoding: bytes, as: UTF8.self))
        }
    }
}

import Synchronization

/// The languages that gongbao speaks.
public enum Language: String, Sendable, CaseIterable {
    /// Simplified Chinese.
    case chinese = "zh"
    /// English.
    case english = "en"

    /// The language that a POSIX locale asks for, the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set:
    /// Chinese for `zh_CN.UTF-8` and the like, else English. `GONGBAO_LANGUAGE`, the setting, goes before them.
    public init(environment: [String: String]) {
        if let chosen = environment["GONGBAO_LANGUAGE"].flatMap(Language.init(rawValue:)) {
            self = chosen
            return
        }
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
    }

    /// The language that a browser likes best of those there are: Chinese or English; English where it likes neither.
    public init(accepting header: String) {
        var best: (language: Language, quality: Double)?
        for part in header.split(separator: ",").prefix(32) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let tag = pieces.first?.lowercased() else { continue }
            let quality = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            let language: Language? =
                tag == "zh" || tag.hasPrefix("zh-") ? .chinese : tag == "en" || tag.hasPrefix("en-") ? .english : nil
            guard let language, quality > 0, quality > best?.quality ?? 0 else { continue }
            best = (language, quality)
        }
        self = best?.language ?? .english
    }

    /// As HTML's `lang` has it.
    public var tag: String {
        switch self {
        case .chinese: "zh-Hans"
        case .english: "en"
        }
    }

    /// The language in which this process talks to who started it; pages are in that of who reads them.
    ///
    /// English until the program has looked at its options and surroundings.
    public static var current: Language {
        get { chosen.withLock { $0 } }
        set { chosen.withLock { $0 = newValue } }
    }

    private static let chosen = Mutex<Language>(.english)
}

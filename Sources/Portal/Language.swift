/// The languages that pages are written in.
public enum Language: String, Sendable, CaseIterable {
    /// Simplified Chinese.
    case chinese = "zh"
    /// English.
    case english = "en"

    /// The language that a POSIX locale asks for, the first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is set:
    /// Chinese for `zh_CN.UTF-8` and the like, else English.
    public init(environment: [String: String]) {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        self = locale?.lowercased().hasPrefix("zh") == true ? .chinese : .english
    }

    /// As HTML's `lang` has it.
    var tag: String {
        switch self {
        case .chinese: "zh-Hans"
        case .english: "en"
        }
    }
}

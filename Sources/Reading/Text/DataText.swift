import Foundation

/// Text that is made for programs and tells a reader nothing: JSON, and XML without a word between its tags.
enum DataText {
    /// What it is; nil for text to be read.
    static func kind(_ s: [UInt32]) -> String? {
        guard let first = s.first(where: { !isBlank($0) }) else { return nil }
        switch first {
        case 0x7B, 0x5B: return isJSON(s) ? "JSON" : nil
        case 0x3C: return isEmptyXML(s) ? "XML without text" : nil
        default: return nil
        }
    }

    /// One value, or one a line.
    private static func isJSON(_ s: [UInt32]) -> Bool {
        let lines = s.split(separator: 10).filter { !$0.allSatisfy(isBlank) }
        guard let first = lines.first else { return false }
        return parses(first) || lines.count > 1 && parses(s[...])
    }

    private static func parses(_ s: ArraySlice<UInt32>) -> Bool {
        guard let last = s.last(where: { !isBlank($0) }), last == 0x7D || last == 0x5D else { return false }
        // A number in brackets may open a page: [2024]. What programs write has names, strings or several values.
        guard s.contains(where: { $0 == 0x22 || $0 == 0x2C }) else { return false }
        return (try? JSONSerialization.jsonObject(with: Data(Scalars.string(s).utf8))) != nil
    }

    private static func isEmptyXML(_ s: [UInt32]) -> Bool {
        let start = s.firstIndex { !isBlank($0) } ?? 0
        guard s[start...].starts(with: Scalars.of("<?xml")) else { return false }
        var isTag = false
        for (i, c) in s[start...].enumerated() {
            switch c {
            case 0x3C:
                if s[(start + i)...].starts(with: Scalars.of("<![CDATA[")) { return false }
                isTag = true
            case 0x3E: isTag = false
            default: if !isTag, !isBlank(c) { return false }
            }
        }
        return true
    }

    private static func isBlank(_ c: UInt32) -> Bool { c <= 0x20 || c == 0x3000 || c == 0xFEFF }
}

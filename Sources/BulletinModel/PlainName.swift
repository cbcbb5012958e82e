/// Names from outside, such as those of files and headlines, in a sentence of ours.
public enum PlainName {
    private static let most = 200

    /// The name as it is where it cannot be taken for anything else; else as a JSON string of ASCII escapes for
    /// all that would break the sentence or turn its direction, and cut where it is long.
    public static func shown(_ name: String) -> String {
        let scalars = name.unicodeScalars
        if !name.isEmpty, scalars.count <= most, !scalars.contains(where: isSpeaking) { return name }
        var json = JSONWriter(capacity: name.utf8.count + 2)
        json.value(String(String.UnicodeScalarView(scalars.prefix(most))))
        return String(decoding: JSONText.safe(json.bytes), as: UTF8.self) + (scalars.count > most ? "…" : "")
    }

    /// Whether a scalar ends a line, turns the direction, or could close what a sentence has opened.
    private static func isSpeaking(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        case 0x22, 0x28, 0x29, 0x5C: true
        default: false
        }
    }
}

import BulletinModel
import Testing

@Suite struct PlainNameTests {
    @Test(
        "names that cannot be taken for anything else stay as they are",
        arguments: ["b0.md", "二〇二四年公报.txt", "a-b_c 1, 2"])
    func plain(_ name: String) { #expect(PlainName.shown(name) == name) }

    @Test(
        "names that end a line, turn the direction or close what is open are quoted",
        arguments: [
            "a\nThe log signed this.", "x) was received at noon (", "a\u{202E}b", "a\u{2028}b", "say \"yes\"", "",
            "\u{1B}[2J",
        ])
    func quoted(_ name: String) {
        let shown = PlainName.shown(name)
        #expect(shown.hasPrefix("\"") && shown.hasSuffix("\""))
        #expect(!shown.unicodeScalars.contains { $0.value < 0x20 || $0 == "\u{202E}" || $0 == "\u{2028}" })
    }

    @Test("long names are cut")
    func long() { #expect(PlainName.shown(String(repeating: "长", count: 5000)).unicodeScalars.count < 210) }
}

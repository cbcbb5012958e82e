import Foundation
import Testing

@testable import Messages
@testable import Portal

/// The messages of the portal.
@Suite struct MessagesTests {
    @Test("every message that the program asks for is in the catalogue, and no other")
    func use() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Sources/Portal").standardized
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var source = ""
        for case let file as URL in files where file.pathExtension == "swift" {
            source += try String(contentsOf: file, encoding: .utf8)
        }
        let keys = Set(Catalogue.shared.entries.filter { $0.area == "portal" }.map(\.key))
        let asked = Set(source.matches(of: /\bm\("([a-z][a-z.0-9-]+)"/).map { String($0.output.1) })
        #expect(asked.count > 150)
        let ofFiles = Set(Catalogue.shared.entries.filter { $0.area == "sheets" }.map(\.key))
        for key in asked { #expect(keys.contains(key) || ofFiles.contains(key), "\(key) is missing") }
        // Keys that are put together begin with what stands in front of the part that varies.
        let prefixes = Set(
            source.matches(of: /"([a-z]+\.)\\\(/).map { String($0.output.1) } + [
                "unit.", "by.", "level.", "kind.", "status.",
            ])
        for key in keys {
            let isUsed = source.contains("\"\(key)\"") || prefixes.contains { key.hasPrefix($0) }
            #expect(isUsed, "\(key) is used nowhere")
        }
    }

    @Test("the language is what the browser likes best, and a choice is remembered")
    func choice() throws {
        #expect(Language(accepting: "zh-CN,zh;q=0.9,en;q=0.8") == .chinese)
        #expect(Language(accepting: "fr, en;q=0.4, zh;q=0.3") == .english)
        #expect(Language(accepting: "de") == .english)
        #expect(Language(accepting: "en;q=0, zh;q=0.1") == .chinese)
        let world = try PortalWorld()
        let answer = world.get("/search?q=a%20b&lang=zh")
        #expect(answer.status == 303 && answer.header("location") == "/search?q=a%20b")
        #expect(answer.header("set-cookie")?.hasPrefix("lang=zh; ") == true)
        let html = String(
            decoding: world.get("/", ["cookie": "x=1; lang=zh", "accept-language": "en"]).body, as: UTF8.self)
        #expect(html.contains("lang=\"zh-Hans\""))
        #expect(world.get("//evil.example/?lang=zh").header("location") == "/evil.example")
    }
}

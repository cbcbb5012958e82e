import BulletinModel
import Foundation
import Testing
import TopicLog

@testable import Messages
@testable import Portal

/// The guide: whole in both languages, held to the lists of codes and to the catalogue, and served.
@Suite struct GuideTests {
    @Test("both languages have the same pages, each with a title, and links lead to pages there are")
    func pages() throws {
        let (chinese, english) = (GuidePage.all(.chinese), GuidePage.all(.english))
        #expect(chinese.count >= 12)
        #expect(chinese.map(\.name) == english.map(\.name))
        let names = Set(chinese.map(\.name))
        for page in chinese + english {
            #expect(page.text.hasPrefix("# ") && page.title.count > 1, "\(page.name)")
            for link in page.text.matches(of: /\]\(([a-z-]+)\.md\)/) {
                #expect(names.contains(String(link.output.1)), "\(page.name) links to \(link.output.1)")
            }
        }
        for page in chinese { #expect(page.title.contains { $0 >= "\u{4E00}" && $0 <= "\u{9FFF}" || $0 == "P" }) }
    }

    @Test(
        "every code of dead letters and failures has cause and cure, and the pages list them as the catalogue has them")
    func codes() throws {
        for language in Language.allCases {
            let page = try #require(GuidePage.all(language).first { $0.name == "what-to-do" })
            let table = CodesTable.markdown(Messages(language))
            #expect(page.text.hasSuffix(table), "the page of \(language.rawValue) is not what the lists give")
            #expect(!table.contains(".cause") && !table.contains(".cure"))
        }
        let known = Set(
            DeadLetterCode.allCases.map { "letter." + $0.rawValue }
                + FailureCode.allCases.map { "failure." + $0.rawValue })
        for entry in Catalogue.shared.entries where entry.area == "codes" {
            let code = entry.key.split(separator: ".").prefix(2).joined(separator: ".")
            #expect(known.contains(code), "\(code) is no code")
        }
    }

    @Test("the list of failures has every code that a failure is made with")
    func failures() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Sources").standardized
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        let known = Set(FailureCode.allCases.map(\.rawValue))
        var found = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            var codes = source.matches(of: /code: "([a-z_]+)"/).map { String($0.output.1) }
            if file.lastPathComponent == "ErrorTable.swift" {
                codes += source.matches(of: /Entry\(\s*\.[a-zA-Z]+, "([a-z_]+)"/).map { String($0.output.1) }
            }
            found += codes.count
            for code in codes { #expect(known.contains(code), "\(code) of \(file.lastPathComponent)") }
        }
        #expect(found > 100)
    }

    @Test("the glossary has a hundred terms, each with the words that messages have for it")
    func glossary() throws {
        let page = try #require(GuidePage.all(.chinese).first { $0.name == "glossary" })
        let rows = page.text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2).map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.count == 100)
        #expect(Set(rows.map { $0[0] + $0[1] }).count == rows.count)
        for row in rows {
            let isSaid = Catalogue.shared.entries.contains {
                $0.chinese.contains(row[0]) && $0.english.lowercased().contains(row[1].lowercased())
            }
            #expect(isSaid, "\(row[0]) / \(row[1]) is in no message")
        }
    }

    @Test("pages are served in the reader's language, with tables and code, and what is not there is not found")
    func served() throws {
        let world = try PortalWorld()
        let list = String(decoding: world.get("/guide", ["accept-language": "zh"]).body, as: UTF8.self)
        #expect(list.contains("href=\"/guide/first-hour\"") && list.contains("第一个小时"))
        let page = String(decoding: world.get("/guide/what-to-do", ["accept-language": "zh"]).body, as: UTF8.self)
        #expect(page.contains("<td><code>unknown_schema</code></td>") && page.contains("处理办法"))
        let english = String(decoding: world.get("/guide/first-hour", ["accept-language": "en"]).body, as: UTF8.self)
        #expect(english.contains("<pre tabindex=\"0\"><code>$ gongbao extract"))
        #expect(english.contains("<a href=\"/guide/panel\">"))
        #expect(world.get("/guide/none").status == 404)
    }

    @Test("Markdown is text but for what the guide uses, and nothing of it is markup of its own")
    func markdown() {
        var html = Html()
        Markdown(
            "# A <b>\n\nOne `two` **three**\nfour.\n\n- a\n- b\n\n1. c\n\n    code <i>\n\n中文\n中文 [x](javascript:y) [z](panel.md)\n"
        )
        .write(to: &html)
        let text = html.markup
        #expect(text.contains("<h1>A &lt;b&gt;</h1>"))
        #expect(text.contains("<p>One <code>two</code> <strong>three</strong> four.</p>"))
        #expect(text.contains("<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>"))
        #expect(text.contains("<code>code &lt;i&gt;</code>"))
        #expect(text.contains("<p>中文中文 x <a href=\"/guide/panel\">z</a></p>"))
    }
}

import BulletinModel
import Foundation
import Testing

@testable import Messages
@testable import Portal

/// What a person gets to see.
@Suite struct PageTests {
    private static let paths = [
        "/", "/search", "/search?q=粮食产量", "/documents", "/measures", "/series", "/series?measure=gdp&region=410300",
        "/regions",
        "/regions/410300", "/panel", "/panel?measure=gdp&years=2022-2024&within=410000", "/publishers", "/dead-letters",
        "/audit",
        "/operations", "/api",
    ]

    @Test("every page is there in both languages, whole, and without anything that could run", arguments: paths)
    func pages(_ path: String) throws {
        let world = try PortalWorld()
        for language in Language.allCases {
            let answer = world.get(path, ["accept-language": language.rawValue])
            let html = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.status == 200)
            #expect(html.contains("<html lang=\"\(language.tag)\">") && html.hasSuffix("</body></html>\n"))
            #expect(html.contains("<h1") && html.contains("<main"))
            for word in ["<script", " onload=", " onerror=", "javascript:", " style="] { #expect(!html.contains(word)) }
            // A key that the catalogue lacks would show itself.
            #expect(try html.firstMatch(of: Regex(">[a-z]+\\.[a-z-]+<")) == nil)
        }
    }

    @Test("a figure is found, seen marked in its passage, compared with last year, cited and linked")
    func errand() throws {
        let world = try PortalWorld()
        let found = world.page("/search?q=洛阳市+地区生产总值+2024", .chinese)
        let link = try #require(
            try found.firstMatch(of: Regex("/indicators/[0-9a-f]{32}")).map { String(found[$0.range]) })
        let page = world.page(link, .chinese)
        #expect(page.contains("<mark>5823.7亿元</mark>"))
        #expect(page.contains("5,823.7亿元") && page.contains("5,481.6亿元"))
        #expect(page.contains("5,810亿元"), "another document's value of the same period")
        #expect(page.contains("GB/T 7714") && page.contains("[EB/OL]") && page.contains("@misc{gongbao-"))
        #expect(page.contains("http://localhost:9640" + link))
        let english = world.page(link)
        #expect(english.contains("582.37 billion yuan"))
    }

    @Test("a measure without a region offers those that state it")
    func choice() throws {
        let page = try PortalWorld().page("/series?measure=gdp", .chinese)
        #expect(page.contains("请选择一个地区") && page.contains(">洛阳市</b>") && page.contains(">开封市</b>"))
        #expect(page.contains("/series?measure=gdp&amp;region=410300"))
    }

    @Test("figures are found by their number, in words people write")
    func number() throws {
        let world = try PortalWorld()
        #expect(world.page("/search?q=5675.2亿元").contains("567.52 billion yuan"))
        #expect(!world.page("/search?q=5675.3亿元").contains("567.52 billion yuan"))
    }

    @Test("a search shows the passage, and facets narrow it down")
    func search() throws {
        let world = try PortalWorld()
        let all = world.page("/search?q=粮食产量")
        #expect(all.contains("<mark>粮食产量</mark>") && all.contains("3 articles found"))
        let one = world.page("/search?q=粮食产量&year=2024")
        #expect(one.contains("1 article found"))
    }

    @Test("a series has a chart with title and description, a table, and the same data as CSV and JSON at its address")
    func series() throws {
        let world = try PortalWorld()
        let path = "/series?measure=gdp&region=410300&region=开封市"
        let html = world.page(path)
        #expect(
            html.contains("<svg") && html.contains("<title id=\"wide-title\">")
                && html.contains("<desc id=\"wide-desc\">"))
        #expect(html.contains("billion yuan") && html.contains("582.37") && html.contains("270.13"))
        let csv = String(decoding: world.get(path + "&format=csv").body, as: UTF8.self)
        #expect(csv.contains("gdp,level,actual,410300,洛阳市,2023,5481.6,亿元"))
        let json = try world.json(path + "&format=json")
        #expect((json["series"] as? [[String: Any]])?.count == 2)
        let picture = world.get("/series/chart.svg?measure=gdp&region=410300")
        #expect(picture.contentType == "image/svg+xml")
        #expect(
            world.portal.allHeaders(of: picture).contains {
                $0.name == "content-security-policy" && $0.value.contains("'sha256-")
            })
    }

    @Test("statements that differ beyond rounding are shown as a conflict")
    func conflict() throws {
        let html = try PortalWorld().page("/series?measure=gdp&region=410300")
        #expect(html.contains("conflict"))
    }

    @Test("a region's year has level, change and rank among its neighbours")
    func region() throws {
        let html = try PortalWorld().page("/regions/410300?years=2024")
        #expect(html.contains("582.37 billion yuan") && html.contains("+4.6%") && html.contains("1 of 2"))
    }

    @Test("a panel is made in the page and saved in every form")
    func panel() throws {
        let world = try PortalWorld()
        let query = "/panel?measure=gdp,gdp:change&years=2022-2024&within=410000"
        #expect(world.page(query).contains("582.37"))
        for (format, start) in [
            ("xlsx", "PK"), ("parquet", "PAR1"), ("zip", "PK"), ("sdmx", "STRUCTURE"), ("dta", "<stata"),
        ] {
            let answer = world.get(query + "&format=\(format)")
            #expect(answer.status == 200 && answer.body.starts(with: Array(start.utf8)), "\(format)")
            #expect(answer.header("content-disposition")?.hasPrefix("attachment; filename=\"panel.") == true)
        }
    }

    @Test("a document's page marks its figures and links each to its own page")
    func document() throws {
        let world = try PortalWorld()
        let list = world.page("/documents")
        let link = try #require(
            try list.firstMatch(of: Regex("/documents/[0-9a-f]{64}\" lang=\"zh\">开封")).map {
                String(list[$0.range].prefix(75))
            })
        let page = world.page(link)
        #expect(page.contains(">2701.3亿元</a>") && page.contains("/indicators/"))
        #expect(page.contains("<link rel=\"stylesheet\" href=\"/document.css\">"))
    }

    @Test("what is not there is not found, and says so in a page")
    func missing() throws {
        let world = try PortalWorld()
        for path in [
            "/x", "/indicators/1", "/indicators/" + String(repeating: "a", count: 32), "/documents/abc", "/regions/1",
            "/../etc/passwd", "/documents/%2e%2e%2fetc",
        ] {
            #expect(world.get(path).status == 404, "\(path)")
        }
    }

    @Test("the feed has an entry for each figure and is well formed")
    func feed() throws {
        let answer = try PortalWorld().get("/feed.atom?code=gdp&region=410300")
        let xml = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.contentType.hasPrefix("application/atom+xml"))
        #expect(xml.matches(of: /<entry>/).count >= 4 && xml.contains("567.52 billion yuan"))
        let parser = XMLDocumentCheck()
        #expect(parser.isWellFormed(answer.body))
    }
}

/// Tells whether bytes are well-formed XML: every element that is opened is closed, in order.
private struct XMLDocumentCheck {
    func isWellFormed(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        var open: [Substring] = []
        for tag in text.matches(of: /<(\/?)([a-z]+)([^<>]*?)(\/?)>/) {
            if !tag.output.4.isEmpty { continue }
            if tag.output.1.isEmpty {
                open.append(tag.output.2)
            } else if open.popLast() != tag.output.2 {
                return false
            }
        }
        return open.isEmpty && text.hasPrefix("<?xml")
    }

    @Test("a panel is saved in the language of who asks; the names of its tables and columns are the same")
    func savedPanel() throws {
        let world = try PortalWorld()
        let path = "/panel?measure=gdp&years=2024&within=410000&format=zip"
        let chinese = String(decoding: world.get(path, ["accept-language": "zh-CN"]).body, as: UTF8.self)
        let english = String(decoding: world.get(path, ["accept-language": "en"]).body, as: UTF8.self)
        #expect(chinese.contains("\"title\":\"公报面板数据\"") && chinese.contains("\"title\":\"区划代码\""))
        #expect(english.contains("\"title\":\"Panel of gongbao\""))
        for name in ["\"name\":\"region_code\"", "\"name\":\"conflicts\""] {
            #expect(chinese.contains(name) && english.contains(name))
        }
    }
}

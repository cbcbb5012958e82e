import BulletinModel
import Foundation
import Testing

@testable import Audit

@Suite("The audit's page and JSON")
struct AuditPageTests {
    @Test("the page stands alone, and shows every figure in place")
    func page() throws {
        let world = try AuditWorld()
        try world.write()
        let report = try world.verify(sheets: 10)
        let html = AuditPage(report).html
        #expect(html.contains("Everything holds") && html.contains("default-src 'none'"))
        for word in ["<script", "http://", "https://", "<link", "<img", "@import", "url("] {
            #expect(!html.contains(word))
        }
        #expect(html.contains("<mark>386.5亿元&#8288;<sup>1</sup></mark>"))
        #expect(html.components(separatedBy: "<mark>").count - 1 == report.counts.indicators)
        #expect(html.contains("@media print"))
    }

    @Test("differences come with what is stored, what should be, and the passage")
    func differences() throws {
        let world = try AuditWorld()
        try world.write()
        try world.alter("UPDATE indicators SET value = '77' WHERE quote = '6.2%'")
        let report = try world.verify(sheets: 10)
        let html = AuditPage(report).html
        #expect(html.contains("1 difference") && html.contains("<td class=\"was\">77</td><td class=\"is\">6.2</td>"))
        #expect(html.contains("<mark class=\"changed\">6.2%"))
        let json = try #require(try JSONSerialization.jsonObject(with: Data(report.json)) as? [String: Any])
        #expect(json["holds"] as? Bool == false)
        #expect((json["differences"] as? [String: Int])?["changed"] == 1)
    }

    @Test("what a bulletin says is text and never markup")
    func escaping() throws {
        let world = try AuditWorld(["# <script>alert(1)</script>\n\n2024年，完成投资12亿元\u{202E}。<b onclick='x'>"])
        try world.write()
        let html = AuditPage(try world.verify(sheets: 10)).html
        #expect(!html.contains("<script") && !html.contains("<b onclick") && !html.contains("\u{202E}"))
        #expect(html.contains("&lt;script&gt;"))
    }
}

import BulletinModel
import Foundation
import Testing

@testable import Portal

/// Documents and other sites are hostile.
@Suite struct SafetyTests {
    @Test("nothing of a document becomes markup, on any page that shows it")
    func markup() throws {
        let world = try PortalWorld()
        let documents = try #require(try world.json("/api/v1/documents")["data"] as? [[String: Any]])
        var paths = [
            "/", "/documents", "/search?q=简报", "/publishers", "/regions/410300", "/series?measure=gdp&region=410300",
            "/feed.atom",
        ]
        for document in documents { paths.append("/documents/\(document["id"] ?? "")") }
        for figure in try world.figures("code=gdp") { paths.append("/indicators/\(figure["id"] ?? "")") }
        for path in paths {
            let html = world.page(path)
            for word in ["<script", "<img", "<svg onload", "onerror=alert(2)>"] {
                #expect(!html.contains(word), "\(path)")
            }
        }
    }

    @Test(
        "what is asked for is escaped wherever it is repeated",
        arguments: [
            "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/series?measure=%22%3E%3Csvg%20onload=x%3E&region=410300",
            "/measures?q=%3Cscript%3E", "/panel?measure=%3Cb%3E&years=2024", "/documents?publisher=%3Cscript%3E",
        ])
    func echoes(_ path: String) throws {
        let html = try PortalWorld().page(path)
        #expect(!html.contains("<script") && !html.contains("<svg onload") && !html.contains("<b>&"))
        #expect(!html.contains("<b></b>"))
    }

    @Test("an original is only ever saved, under a name that can neither end a header nor leave a folder")
    func original() throws {
        let world = try PortalWorld()
        let documents = try #require(try world.json("/api/v1/documents")["data"] as? [[String: Any]])
        for document in documents {
            let answer = world.get("/documents/\(document["id"] ?? "")/original")
            #expect(answer.status == 200 && answer.contentType == "application/octet-stream")
            let headers = world.portal.allHeaders(of: answer)
            let name = try #require(headers.first { $0.name == "content-disposition" }?.value)
            #expect(name.hasPrefix("attachment; ") && !name.contains("/") && !name.contains("Set-Cookie:"))
            #expect(headers.contains { $0 == ("x-content-type-options", "nosniff") })
            for header in headers {
                #expect(header.value.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
            }
        }
    }

    @Test("the policy allows no script and no style in the page")
    func policy() throws {
        let world = try PortalWorld()
        let policy =
            world.portal.allHeaders(of: world.get("/")).first { $0.name == "content-security-policy" }?.value ?? ""
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe") && !policy.contains("script-src"))
    }

    @Test("a name that points here from elsewhere gets no answer, nor does a page of another site")
    func rebinding() throws {
        let world = try PortalWorld()
        #expect(world.get("/", ["host": "evil.example:9640"]).status == 421)
        #expect(world.get("/", ["host": ""]).status == 421)
        #expect(world.get("/", ["origin": "http://evil.example"]).status == 403)
        #expect(world.get("/", ["origin": "null"]).status == 403)
        #expect(world.get("/", ["origin": "http://localhost:9640"]).status == 200)
        #expect(world.get("/", ["host": "[::1]:9640"]).status == 200)
        let named = try PortalWorld(Gate(hosts: ["stats.example"]))
        #expect(named.get("/", ["host": "STATS.example"]).status == 200)
    }

    @Test("only GET and HEAD are answered")
    func methods() throws {
        let world = try PortalWorld()
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let answer = world.get("/api/v1/status", method: method)
            #expect(answer.status == 405 && answer.header("allow") == "GET, HEAD")
        }
        #expect(world.get("/", method: "HEAD").status == 200)
    }

    @Test("beyond this machine a token or a proxy's header is asked for")
    func admission() throws {
        let world = try PortalWorld(Gate(admission: .token("0123456789abcdef0123")))
        #expect(world.get("/").status == 401)
        #expect(world.get("/", ["authorization": "Bearer 0123456789abcdef0124"]).status == 401)
        #expect(world.get("/", ["authorization": "Bearer "]).status == 401)
        #expect(world.get("/", ["authorization": "Bearer 0123456789abcdef0123"]).status == 200)
        let basic = Data("anyone:0123456789abcdef0123".utf8).base64EncodedString()
        #expect(world.get("/", ["authorization": "Basic \(basic)"]).status == 200)
        #expect(world.get("/livez").status == 200)
        let proxied = try PortalWorld(Gate(admission: .proxy(header: "x-forwarded-user")))
        #expect(proxied.get("/").status == 403)
        #expect(proxied.get("/", ["x-forwarded-user": "zhang"]).status == 200)
    }

    @Test(
        "addresses that are none, too long or hold what no text may are refused",
        arguments: [
            "x", "/%", "/%zz", "/search?q=%00", "/search?q=%ff", "/\u{1}", "/a\"b",
        ])
    func targets(_ target: String) {
        #expect(PortalRequest(method: "GET", target: target) == nil)
    }

    @Test(
        "words that other languages of the database would obey find nothing and break nothing",
        arguments: [
            "' OR 1=1 --", "\"; DROP TABLE indicators; --", "a* OR b", "NEAR(a b)", "terms : x", "%", "_",
        ])
    func injection(_ words: String) throws {
        let world = try PortalWorld()
        let before = try world.store.counts()
        for path in [
            "/search?q=", "/api/v1/search?q=", "/api/v1/indicators?name=", "/api/v1/indicators?text=",
            "/api/v1/documents?publisher=",
        ] {
            let answer = world.get(path + Escaped.component(words))
            #expect(answer.status == 200, "\(path)")
        }
        #expect(try world.store.counts() == before)
    }
}

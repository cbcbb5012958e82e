import BulletinModel
import Foundation
import Testing

@testable import Portal

/// The interface for programs.
@Suite struct ApiTests {
    @Test("lists go on at a place that stays where it is, and give everything once")
    func cursors() throws {
        let world = try PortalWorld()
        let all = try world.figures("limit=1000").compactMap { $0["id"] as? String }
        #expect(all.count > 10 && Set(all).count == all.count)
        var seen: [String] = []
        var next: String?
        repeat {
            let page = try world.json("/api/v1/indicators?limit=3" + (next.map { "&after=\($0)" } ?? ""))
            seen += (page["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
            next = page["next"] as? String
        } while next != nil && seen.count < 1_000
        #expect(seen == all)
        let documents = try world.json("/api/v1/documents?limit=2")
        let after = try #require(documents["next"] as? String)
        let rest = try world.json("/api/v1/documents?limit=100&after=\(after)")
        #expect((rest["data"] as? [Any])?.count == PortalWorld.bulletins.count - 2)
    }

    @Test("filters are those of query: measures and regions by any of their names")
    func filters() throws {
        let world = try PortalWorld()
        let byCode = try world.figures("code=gdp&region=410300&kind=level")
        let byName = try world.figures("code=地区生产总值&region=洛阳市&kind=level")
        #expect(byCode.count == 4 && byName.count == 4)
        #expect(try world.figures("region=41&code=gdp&kind=level").count == 5)
        #expect(try world.figures("code=gdp&kind=change&from=2024-01-01&to=2024-12-31&region=410300").count == 1)
        let (byPart, byMeasure) = (try world.figures("name=粮食"), try world.figures("code=grain_output"))
        #expect(byPart.count == byMeasure.count && byPart.count == 6)
        #expect(try world.figures("text=开封市&code=gdp").count == 2)
        let document = try #require(byCode.first?["bulletin"] as? String)
        #expect(try world.figures("bulletin=\(document)").allSatisfy { $0["bulletin"] as? String == document })
    }

    @Test(
        "a parameter that is unknown, doubled or none is refused with problem details",
        arguments: [
            "/api/v1/indicators?colour=red", "/api/v1/indicators?limit=0", "/api/v1/indicators?limit=x",
            "/api/v1/indicators?kind=big",
            "/api/v1/indicators?from=2024", "/api/v1/indicators?after=1", "/api/v1/indicators?limit=1&limit=2",
            "/api/v1/series",
            "/api/v1/panel?measure=gdp", "/api/v1/panel?measure=gdp&years=24", "/api/v1/status?x=1", "/api/v1/search",
        ])
    func problems(_ path: String) throws {
        let answer = try PortalWorld().get(path)
        #expect(answer.status == 400 && answer.contentType == "application/problem+json")
        let problem = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
        #expect(problem?["status"] as? Int == 400 && problem?["detail"] is String)
    }

    @Test("an answer carries a validator, and who has these bytes gets no more than that")
    func validators() throws {
        let world = try PortalWorld()
        let answer = world.get("/api/v1/indicators?code=gdp")
        let tag = try #require(answer.header("etag"))
        let again = world.get("/api/v1/indicators?code=gdp", ["if-none-match": tag])
        #expect(again.status == 304 && again.body.isEmpty)
        #expect(world.get("/api/v1/indicators?code=cpi", ["if-none-match": tag]).status == 200)
    }

    @Test("CSV has the same rows, and tells in a link where to go on")
    func csv() throws {
        let world = try PortalWorld()
        let answer = world.get("/api/v1/indicators?limit=2", ["accept": "text/csv"])
        #expect(answer.contentType.hasPrefix("text/csv"))
        #expect(String(decoding: answer.body, as: UTF8.self).split(separator: "\n").count == 3)
        #expect(answer.header("link")?.contains("rel=\"next\"") == true)
    }

    @Test("the OpenAPI document describes every address, and every reference in it leads somewhere")
    func openApi() throws {
        let world = try PortalWorld()
        let document = try world.json("/api/v1/openapi.json")
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: Any])
        #expect(paths.count == Endpoint.all.count)
        let text = String(decoding: world.get("/api/v1/openapi.json").body, as: UTF8.self)
        let names = Set(ApiSchema.all.map(\.name))
        for match in text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/) {
            #expect(names.contains(String(match.output.1)))
        }
    }

    @Test(
        "what an address answers has the members that its schema requires",
        arguments: [
            ("/api/v1/indicators?limit=2", "IndicatorList"), ("/api/v1/documents", "DocumentList"),
            ("/api/v1/articles", "ArticleList"),
            ("/api/v1/series?measure=gdp&region=410300", "Series"),
            ("/api/v1/panel?measure=gdp&years=2024&within=410000", "Panel"),
            ("/api/v1/measures?search=gdp", "MeasureList"), ("/api/v1/regions?within=410300", "RegionList"),
            ("/api/v1/search?q=洛阳", "Findings"), ("/api/v1/status", "Status"), ("/api/v1/measures/gdp", "Measure"),
        ])
    func schemas(_ path: String, _ name: String) throws {
        let value = try PortalWorld().json(path)
        let schema = try #require(ApiSchema.all.first { $0.name == name })
        for (member, _) in schema.members { #expect(value.keys.contains(member), "\(path) lacks \(member)") }
        #expect(Set(value.keys).isSubset(of: Set(schema.members.map(\.0))))
    }

    @Test("statistics clients get SDMX-JSON and SDMX-CSV by key")
    func sdmx() throws {
        let world = try PortalWorld()
        let message = try world.json("/sdmx/2.1/data/PANEL/A.410300.gdp?startPeriod=2022&endPeriod=2024")
        let set = (message["dataSets"] as? [[String: Any]])?.first
        let series = try #require((set?["series"] as? [String: [String: Any]])?.values.first)
        #expect((series["observations"] as? [String: Any])?.count == 3)
        let csv = world.get(
            "/sdmx/3.0/data/dataflow/GONGBAO/PANEL/1.0/A.410300+410200.gdp.*?startPeriod=2024&endPeriod=2024")
        #expect(String(decoding: csv.body, as: UTF8.self).contains("A,410300,gdp,LEVEL,_Z,ACTUAL,PERIOD,2024,5823.7"))
        #expect(world.get("/sdmx/2.1/data/PANEL/A.410300.").status == 400)
        #expect(world.get("/sdmx/2.1/data/OTHER/A.410300.gdp").status == 404)
    }

    @Test("problem details and explanations are in the language that is accepted; names, codes and paths are the same")
    func languages() throws {
        let world = try PortalWorld()
        func problem(_ language: String) throws -> [String: Any] {
            let answer = world.get("/api/v1/indicators?limit=0", ["accept-language": language])
            #expect(answer.header("content-language") == (language == "zh-CN" ? "zh-Hans" : "en"))
            return try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        }
        let (chinese, english) = (try problem("zh-CN"), try problem("en"))
        #expect(chinese["detail"] as? String == "limit 为 1 至 1000 的整数。" && chinese["title"] as? String == "请求有误")
        #expect(english["detail"] as? String == "limit is a whole number from 1 to 1000.")
        #expect(chinese["parameter"] as? String == "limit" && chinese["status"] as? Int == 400)
        func described(_ language: String) -> (left: String, words: [String]) {
            let body = world.get("/api/v1/openapi.json", ["accept-language": language]).body
            let text = String(decoding: body, as: UTF8.self)
            let told = /"(description|summary)":"((?:[^"\\]|\\.)*)"/
            return (text.replacing(told, with: ""), text.matches(of: told).map { String($0.output.2) })
        }
        let (inChinese, inEnglish) = (described("zh"), described("fr"))
        #expect(inChinese.left == inEnglish.left && inChinese.words.count > 50)
        for (one, other) in zip(inChinese.words, inEnglish.words) {
            #expect(one != other && one.firstMatch(of: /[a-z]{2,} [a-z]{2,} [a-z]{2,}/) == nil, "\(one)")
        }
        #expect(world.get("/%", ["accept-language": "zh"]).header("content-language") == "zh-Hans")
    }
}

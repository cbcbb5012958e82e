import BulletinModel
import Testing

@Suite("What a user says of a bulletin")
struct GivenDataTests {
    @Test("a file says what it says, and options go before it")
    func files() throws {
        let file = #"{"url": "https://example.org/a", "publisher": "海州市统计局", "published": "2024-05-18"}"#
        let given = try GivenData(parsing: Array(file.utf8))
        #expect(given.url == "https://example.org/a" && given.publisher == "海州市统计局" && given.title == nil)
        let options = try GivenData(title: "公报", published: "2024-05-20")
        let both = options.over(given)
        #expect(both.published == "2024-05-20" && both.title == "公报" && both.publisher == "海州市统计局")
    }

    @Test(
        "what is not as it should be is told by field",
        arguments: [
            (#"{"published": "2024-5-8"}"#, "published: "), (#"{"published": "2024-02-30"}"#, "published: "),
            (#"{"url": "javascript:alert(1)"}"#, "url: "), (#"{"url": "https://"}"#, "url: "),
            (#"{"url": "https://a b"}"#, "url: "), (#"{"titel": "x"}"#, "titel: "), (#"{"title": 5}"#, "title: "),
            (#"{"title": ""}"#, "title: "), (#"{"title": "a\nb"}"#, "title: "), ("[]", "a JSON object"),
            (#"{"title": "a", "title": "b"}"#, "a JSON object"),
        ])
    func problems(_ json: String, _ begins: String) {
        #expect { try GivenData(parsing: Array(json.utf8)) } throws: {
            ($0 as? GivenData.Problem)?.message.hasPrefix(begins) == true
        }
    }
}

import BulletinModel
import Testing

@Suite("JSON")
struct JSONTests {
    private func parse(_ text: String) -> JSONValue? {
        try? JSONValue(parsing: Array(text.utf8))
    }

    @Test("a string with every kind of character is written and read back")
    func strings() throws {
        let text = "\u{0}\u{1f}\u{7f}\"\\/\u{8}\t\n\u{c}\r 亿元 𠮷 \u{2028} e\u{301}"
        var json = JSONWriter()
        json.value(text)
        #expect(try JSONValue(parsing: json.bytes) == .string(text))
        #expect(String(decoding: json.bytes, as: UTF8.self).hasPrefix(#""\u0000\u001f"#))
    }

    @Test("numbers keep their value")
    func numbers() {
        var json = JSONWriter()
        json.beginArray()
        for number in [0.1, 1, -2.5, 1e300, .infinity] as [Double] { json.value(number) }
        json.value(Int.min)
        json.endArray()
        let text = String(decoding: json.bytes, as: UTF8.self)
        #expect(text == "[0.1,1,-2.5,1e+300,0,-9223372036854775808]")
        #expect(
            parse(text)
                == .array([.number(0.1), .integer(1), .number(-2.5), .number(1e300), .integer(0), .integer(.min)]))
        #expect(parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test("escapes are read, surrogate pairs as one scalar")
    func escapes() {
        #expect(parse(#" "\u4ebf\/\ud842\udfb7\u00E9" "#) == .string("亿/𠮷é"))
    }

    @Test(
        "what RFC 8259 does not allow is refused",
        arguments: [
            "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", "+1", ".5", "1e", "tru", "nulls", "\"\n\"", "\"a",
            #""\x""#, #""\u12g4""#, #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, "[1] 2", "1e999", "-",
            "{\"a\":1,\"a\":2}", "\u{feff}1", "'a'", "NaN",
        ])
    func refused(_ text: String) {
        #expect(parse(text) == nil)
    }

    @Test("a name that stands twice among many is found")
    func manyMembers() {
        let names = (0..<500).map { "\"n\($0)\":0" }
        #expect(parse("{\(names.joined(separator: ","))}") != nil)
        #expect(parse("{\(names.joined(separator: ",")),\"n7\":1}") == nil)
        #expect(parse("{\(names.joined(separator: ",")),\"n499\":1}") == nil)
    }

    @Test("a string that is not UTF-8 and nesting without end are refused")
    func hostile() {
        #expect((try? JSONValue(parsing: [0x22, 0xff, 0x22])) == nil)
        #expect((try? JSONValue(parsing: [0x22, 0xed, 0xa0, 0x80, 0x22])) == nil)
        #expect(parse(String(repeating: "[", count: 1_000_000)) == nil)
        #expect(parse(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) != nil)
    }
}

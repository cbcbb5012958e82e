import Testing

@testable import Operations

@Suite("Reading metrics back")
struct MetricsReadingTests {
    @Test("what a page says is read back, whatever the labels hold")
    func back() {
        var page = MetricsPage()
        let codes = ["plain", "a\"b", "c\\d", "e\nf", "{g,h=\"i\"}", "", "}", "公报"]
        for (number, code) in codes.enumerated() { page.add(.deadLetters, ["sink", code], Double(number)) }
        page.add(.residentMemory, [], 1.5e9)
        page.add(.loopAge, ["sink"], 0.25)
        page.add(.batchDuration, ["sink"], bounds: [1], counts: [1, 2], sum: 3)
        let reading = MetricsReading(page.text)
        #expect(reading.values(.deadLetters).map { $0.labels["code"] } == codes)
        #expect(reading.values(.deadLetters).map(\.value) == (0..<8).map(Double.init))
        #expect(
            reading.sum(.deadLetters, ["worker": "sink"]) == 28 && reading.sum(.deadLetters, ["worker": "x"]) == nil)
        #expect(reading.sum(.residentMemory) == 1.5e9 && reading.sum(.loopAge) == 0.25)
    }

    @Test(
        "lines that are no values are passed over",
        arguments: ["", "{", "a", "a{", "a{b}", "a{b=\"", "a{b=\"c\\", "a{b=\"c\"} x", "\u{0}"])
    func broken(line: String) {
        #expect(MetricsReading(line + "\ngongbao_outage{worker=\"w\"} 1\n").sum(.outage) == 1)
        #expect(MetricsReading(line) == MetricsReading(""))
    }
}

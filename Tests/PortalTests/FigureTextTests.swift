import Testing

@testable import Messages
@testable import Portal

/// Numbers and units after each language's habit, without a digit lost.
@Suite struct FigureTextTests {
    private let chinese = FigureText(messages: Messages(.chinese))
    private let english = FigureText(messages: Messages(.english))

    @Test("values have the size that people say them in")
    func values() {
        #expect(chinese.value("116295000000", unit: "元") == "1,162.95亿元")
        #expect(english.value("116295000000", unit: "元") == "116.295 billion yuan")
        #expect(chinese.value("7071000", unit: "人") == "707.1万人")
        #expect(english.value("7071000", unit: "人") == "7.071 million people")
        #expect(chinese.value("-0.5", unit: "%") == "−0.5%")
        #expect(english.value("5.4", unit: "%") == "5.4%")
        #expect(chinese.value("34868", unit: "元") == "34,868元")
        #expect(english.value("126058200000000", unit: "元") == "126.0582 trillion yuan")
        #expect(english.value("12", unit: "没有译名") == "12 没有译名")
    }

    @Test("numbers of a panel's unit are shown in the unit that the language has")
    func panels() {
        #expect(english.unit("亿元") == "billion yuan" && english.number("5823.7", panelUnit: "亿元") == "582.37")
        #expect(chinese.unit("亿元") == "亿元" && chinese.number("5823.7", panelUnit: "亿元") == "5,823.7")
        #expect(english.unit("万人") == "million people" && english.number("707.1", panelUnit: "万人") == "7.071")
        #expect(english.unit("千公顷") == "thousand hectares" && english.number("12.5", panelUnit: "千公顷") == "12.5")
        #expect(english.unit("千瓦时") == "kWh" && english.number("12", panelUnit: "千瓦时") == "12")
        #expect(english.value("5823.7", panelUnit: "亿元") == "582.37 billion yuan")
    }

    @Test(
        "axes hold zero and all values, with round marks",
        arguments: [
            [5481.6, 5823.7], [0.4, -0.4], [3], [-12, -3], [0], [],
        ] as [[Double]])
    func scales(_ values: [Double]) {
        let scale = ChartScale(values)
        #expect(scale.ticks.contains { abs($0) < 1e-9 })
        #expect(scale.low <= values.min() ?? 0 && scale.high >= values.max() ?? 0 && scale.low < scale.high)
        #expect((2...8).contains(scale.ticks.count))
    }
}

import BulletinModel
import Messages
import Testing

@testable import Panel

/// Rows, units, periods, corrections, checks and gaps of a panel.
@Suite struct PanelMakerTests {
    private let gdp = PanelColumn(measure: "gdp", title: "地区生产总值")

    @Test("units are normalised, also where they are no powers of ten apart")
    func units() throws {
        let world = try PanelWorld()
        func area(_ value: String, _ unit: String, _ quote: String, _ year: Int) -> PanelWorld.Figure {
            .init(name: "播种面积", code: "sown_area", value: value, unit: unit, quote: quote, year: year)
        }
        try world.add("甲", [area("1500000", "亩", "150万亩", 2023), area("100000", "公顷", "10万公顷", 2024)])
        let panel = try world.panel([PanelColumn(measure: "sown_area")], 2023...2024)
        #expect(panel.units[0].name == "千公顷")
        #expect(panel.rows.map { panel.cell($0, 0)?.value } == ["100", "100"])
        let asked = try world.panel([PanelColumn(measure: "sown_area")], 2023...2024) { $0.units = ["sown_area": "万亩"] }
        #expect(asked.rows.map { asked.cell($0, 0)?.value } == ["150", "150"])
        #expect(throws: PanelError.self) {
            try world.panel([PanelColumn(measure: "sown_area")], 2023...2024) { $0.units = ["sown_area": "万元"] }
        }
    }

    @Test(
        "decimal points move without losing a digit",
        arguments: [
            ("38650000000", -8, "386.5"), ("1234", -8, "0.00001234"), ("-5", -1, "-0.5"), ("386.5", 8, "38650000000"),
            ("0", -4, "0"), ("100", -2, "1"), ("0.5", 1, "5"),
        ])
    func shifting(_ value: String, _ power: Int, _ shifted: String) {
        #expect(DecimalText.shift(value, by: power) == shifted)
    }

    @Test("a level without a unit is not taken where the measure has one")
    func unitless() throws {
        let world = try PanelWorld()
        try world.add("甲", [.init(value: "5842.1", unit: "", quote: "5842.1")])
        #expect(try world.cell()?.value == "5842.1")
        #expect(try world.cell { $0.measureUnits = ["gdp": "元"] } == nil)
    }

    @Test("a foreign currency is not the domestic one")
    func currencies() throws {
        let world = try PanelWorld()
        try world.add("甲", [.init(name: "进出口总额", code: "imports_exports", value: "20000000000", quote: "200亿元")])
        try world.add(
            "乙", [.init(name: "进出口总额", code: "imports_exports", value: "3000000000", unit: "美元", quote: "30亿美元")])
        let panel = try world.panel([PanelColumn(measure: "imports_exports")])
        #expect(panel.cells.values.filter { $0.chosen != nil }.map(\.value) == ["200"])
    }

    @Test("a row is what a division was called in its year, and goes on under its later code")
    func regions() throws {
        let world = try PanelWorld()
        for (year, name) in [(2009, "襄樊市"), (2010, "襄阳市")] {
            try world.add(
                "\(name)\(year)", [.init(value: "100000000000", quote: "1000亿元", region: (name, "420600"), year: year)])
        }
        for (year, name, code) in [(2020, "偃师市", "410381"), (2021, "偃师区", "410307")] {
            try world.add(
                "\(name)\(year)", [.init(value: "50000000000", quote: "500亿元", region: (name, code), year: year)])
        }
        let panel = try world.panel([gdp], 2009...2021)
        let stated = panel.rows.filter { panel.cell($0, 0) != nil }
        #expect(stated.map(\.name) == ["偃师市", "偃师区", "襄樊市", "襄阳市"])
        #expect(stated.map(\.code) == ["410381", "410307", "420600", "420600"])
        #expect(Set(stated.prefix(2).map(\.region)) == ["410307"])
        // A code that did not hold in the year is none: the name stands alone.
        try world.add("错", [.init(value: "1", quote: "1元", region: ("偃师市", "410381"), year: 2024)])
        #expect(try world.panel([gdp], 2024...2024).rows.map(\.code) == [""])
        #expect(try world.panel([gdp], 2024...2024) { $0.level = .county }.cells.isEmpty)
    }

    @Test("divisions that were asked for have rows also where nothing is stated, with why")
    func grid() throws {
        let world = try PanelWorld()
        try world.add("洛阳市公报", [.init(value: "584210000000", quote: "5842.1亿元")])
        let panel = try world.panel([gdp], 2023...2024) { request in
            request.level = .prefecture
            request.within = world.divisions.named("河南省")
        }
        #expect(panel.rows.map(\.name) == ["洛阳市", "洛阳市", "平顶山市", "平顶山市"])
        #expect(panel.gaps.count == 3 && panel.gaps.allSatisfy { $0.reason == .noBulletin })
        #expect(panel.counts[.once] == 1 && panel.counts[.missing] == 3)
    }

    @Test("a gap tells a bulletin that does not state the measure from one that names it without a figure")
    func gaps() throws {
        let world = try PanelWorld()
        let other = PanelWorld.Figure(name: "固定资产投资", code: "fixed_asset_investment", value: "1", quote: "1亿元")
        try world.add("洛阳市公报", text: "全年地区生产总值再创新高。", [other])
        let plain = try world.panel([gdp]) { $0.regions = world.divisions.named("洛阳市") }
        #expect(plain.gaps.map(\.reason) == [.notStated])
        let deep = try world.panel([gdp]) { request in
            request.regions = world.divisions.named("洛阳市")
            request.looksForPassages = true
            request.measureNames = ["gdp": ["地区生产总值"]]
        }
        #expect(deep.gaps.map(\.reason) == [.notRead])
        #expect(deep.gaps.first?.passage?.contains("全年地区生产总值再创新高") == true)
    }

    @Test("stocks at the end of a year and flows over it are of the year; a month is not")
    func periods() throws {
        func period(_ start: String, _ end: String, _ by: PanelPeriod.Frequency) -> String? {
            PanelPeriod(Indicator.Period(start: start, end: end), by)?.label(by)
        }
        #expect(period("2024-01-01", "2024-12-31", .year) == "2024")
        #expect(period("2024-12-31", "2024-12-31", .year) == "2024")
        #expect(period("2024-12-01", "2024-12-31", .year) == nil)
        #expect(period("2021-01-01", "2025-12-31", .year) == nil)
        #expect(period("2024-07-01", "2024-09-30", .quarter) == "2024Q3")
        #expect(period("2024-01-01", "2024-09-30", .quarter) == "2024Q1-Q3")
        #expect(period("2024-06-30", "2024-06-30", .quarter) == "2024Q2")
        #expect(period("2024-01-01", "2024-05-31", .month) == "2024-01/05")
        #expect(period("2024-02-01", "2024-02-29", .month) == "2024-02")
        #expect(period("2024-02-01", "2024-02-28", .month) == nil)
    }

    @Test("a person's correction wins, by value or by indicator, and shows who made it")
    func overrides() throws {
        let world = try PanelWorld()
        try world.add("新闻一", [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("新闻二", [.init(value: "612000000000", quote: "6120.0亿元")])
        let rival = try #require(try world.cell()?.rivals.first?.candidate)
        func correction(_ value: PanelOverride.Value) -> PanelOverride {
            PanelOverride(
                region: "410300", period: "2024", column: "gdp", value: value, who: "王审核", when: "2026-02-01",
                why: "核对年鉴")
        }
        let byID = try #require(try world.cell { $0.overrides = [correction(.indicator(rival.statement.id))] })
        #expect(byID.value == rival.value && byID.standing == .override && !byID.isFlagged)
        let byValue = try #require(try world.cell { $0.overrides = [correction(.number("6000"))] })
        #expect(byValue.value == "6000" && byValue.chosen == nil && byValue.rivals.count == 2)
        #expect(byValue.override?.who == "王审核")
        #expect(throws: PanelError.self) {
            try world.cell { $0.overrides = [correction(.indicator(.init(rawValue: "00")))] }
        }
    }

    @Test("parts that do not add up, growth against levels and amounts per head flag the cells and name the passages")
    func arithmetic() throws {
        let world = try PanelWorld()
        func part(_ code: String, _ value: Int) -> PanelWorld.Figure {
            .init(name: code, code: code, value: "\(value)00000000", quote: "\(value)亿元")
        }
        try world.add(
            "甲",
            [
                part("gdp", 5000), part("primary_value_added", 250), part("secondary_value_added", 2250),
                part("tertiary_value_added", 2500),
            ])
        let sound = try world.panel([gdp])
        #expect(sound.checks.map(\.outcome) == [.holds] && sound.flagged == 0)
        try world.add("乙", [.init(value: "500000000000", quote: "5000亿元", region: ("平顶山市", "410400"))])
        for (code, value) in [
            ("primary_value_added", 250), ("secondary_value_added", 2250), ("tertiary_value_added", 4500),
        ] {
            try world.add(
                "丙\(code)",
                [
                    .init(
                        name: code, code: code, value: "\(value)00000000", quote: "\(value)亿元",
                        region: ("平顶山市", "410400"))
                ])
        }
        let broken = try world.panel([gdp])
        #expect(broken.flagged == 1 && broken.checks.filter { $0.outcome == .fails }.map(\.name) == [.sum])
        let row = try #require(PanelTables(broken, Messages(.english)).checks.rows.first)
        #expect(row.contains { $0.text.contains("4500亿元 (丙tertiary_value_added)") }, "\(row)")
    }

    @Test("growth that contradicts the two levels is flagged; a revised base only is shown")
    func growth() throws {
        let world = try PanelWorld()
        func revenue(_ value: Int, _ year: Int) -> PanelWorld.Figure {
            .init(
                name: "一般公共预算收入", code: "general_public_revenue", value: "\(value)00000000", quote: "\(value).00亿元",
                year: year)
        }
        func change(_ value: String, _ year: Int) -> PanelWorld.Figure {
            .init(
                name: "一般公共预算收入", code: "general_public_revenue", value: value, unit: "%", quote: "\(value)%",
                kind: .change, base: .yearOnYear, year: year)
        }
        try world.add(
            "甲", [revenue(100, 2022), revenue(104, 2023), change("4.0", 2023), revenue(150, 2024), change("3.0", 2024)])
        let panel = try world.panel([PanelColumn(measure: "general_public_revenue")], 2022...2024)
        #expect(panel.checks.map(\.outcome) == [.holds, .fails])
        #expect(panel.rows.map { panel.cell($0, 0)?.isFlagged } == [false, true, true])
    }

    @Test("columns say what they are of, and words that say nothing are refused")
    func columns() throws {
        let names = ["gdp": "地区生产总值"]
        func column(_ text: String) throws -> PanelColumn {
            try PanelColumn(text) { word in
                let code = names.first { $0.key == word || $0.value == word }
                return code.map { ($0.key, $0.value) }
            }
        }
        #expect(try column("地区生产总值:change:target").key == "gdp:change:target")
        #expect(try column("gdp:change").base == .yearOnYear)
        #expect(try column("gdp:change:previous").key == "gdp:change:previous")
        #expect(try column("口径外指标").isCode == false)
        #expect(throws: PanelError.self) { try column("gdp:growth") }
        #expect(throws: PanelError.self) { try column(":change") }
    }
}

import BulletinModel
import Testing

@testable import Panel

/// Which of several statements a cell holds, and why.
@Suite struct CellChoiceTests {
    private let gdp = PanelColumn(measure: "gdp")

    @Test("one statement is stated once, in a readable unit, with nothing against it")
    func once() throws {
        let world = try PanelWorld()
        try world.add("洛阳市公报", [.init(value: "584210000000", quote: "5842.1亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5842.1" && cell.standing == .once && cell.rivals.isEmpty && !cell.isFlagged)
    }

    @Test("statements within the printed rounding count together, and the more precise one stands")
    func rounding() throws {
        let world = try PanelWorld()
        try world.add("新闻一", [.init(value: "584000000000", quote: "5840亿元")])
        try world.add("新闻二", [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("新闻三", [.init(value: "584200000000", quote: "5842亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5842.1" && cell.rivals.count == 2)
        // 5842亿元 agrees; 5840亿元 would have to be 5842亿元.
        #expect(cell.rivals.filter { $0.relation == .agrees }.map(\.candidate.value) == ["5842"])
        #expect(cell.standing == .conflict)
    }

    @Test("a number that is cut short agrees with the whole one")
    func cut() throws {
        let world = try PanelWorld()
        try world.add("新闻一", [.init(value: "116295000000", quote: "1162.95亿元")])
        try world.add("新闻二", [.init(value: "116200000000", quote: "1162亿元")])
        #expect(try world.cell()?.standing == .agreed)
    }

    @Test(
        "what is over or about a number agrees with what it covers, and never goes before the number",
        arguments: [Indicator.Bound.over, .about])
    func bounds(_ bound: Indicator.Bound) throws {
        let world = try PanelWorld()
        try world.add("洛阳市公报", publisher: "洛阳市统计局", [.init(value: "580000000000", quote: "5800亿元", bound: bound)])
        try world.add("新闻", [.init(value: "584210000000", quote: "5842.1亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5842.1" && cell.standing == .agreed)
    }

    @Test("statements that ought to agree and do not are a conflict, flagged, and left out where that is asked for")
    func conflict() throws {
        let world = try PanelWorld()
        try world.add("新闻一", [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("新闻二", [.init(value: "612000000000", quote: "6120.0亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.standing == .conflict && cell.isFlagged && cell.value != nil)
        let panel = try world.panel([gdp]) { $0.isStrict = true }
        #expect(panel.cells.values.allSatisfy { $0.value == nil })
        #expect(panel.gaps.map(\.reason) == [.conflict])
    }

    @Test("the region's own publisher goes before others, a communiqué before news, the later before the earlier")
    func sources() throws {
        let world = try PanelWorld()
        func state(_ title: String, _ publisher: String?, _ published: String, _ value: Int) throws {
            try world.add(
                title, publisher: publisher, published: published,
                [.init(value: "\(value)0000000", quote: "\(value / 10)亿元")])
        }
        try state("新闻", nil, "2025-03-01", 58010)
        try state("新闻", nil, "2025-03-02", 58110)
        #expect(try world.cell()?.value == "5811" && world.cell()?.rule == .later)
        try state("统计公报", nil, "2025-02-01", 58210)
        #expect(try world.cell()?.value == "5821" && world.cell()?.rule == .document)
        try state("新闻", "洛阳市统计局", "2025-01-01", 58310)
        #expect(try world.cell()?.value == "5831" && world.cell()?.rule == .publisher)
    }

    @Test("what more bulletins state goes before what fewer state")
    func agreement() throws {
        let world = try PanelWorld()
        try world.add("甲", published: "2025-01-01", [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("乙", published: "2025-01-02", [.init(value: "584210000000", quote: "5842.1亿元")])
        try world.add("丙", published: "2025-09-01", [.init(value: "612000000000", quote: "6120.0亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5842.1" && cell.rule == .agreement && cell.standing == .conflict)
    }

    @Test("rounds of the accounts are told apart, and chosen as asked")
    func vintages() throws {
        let world = try PanelWorld()
        try world.add(
            "甲", published: "2025-03-01", [.init(value: "584210000000", quote: "5842.1亿元", vintage: .preliminary)])
        try world.add("乙", published: "2026-01-01", [.init(value: "590000000000", quote: "5900.0亿元", vintage: .final)])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5900.0" || cell.value == "5900")
        #expect(cell.standing == .rule && cell.rule == .vintage && !cell.isFlagged)
        #expect(try world.cell { $0.vintages = [.preliminary] }?.value == "5842.1")
        #expect(try world.cell { $0.vintages = [.flash] } == nil)
    }

    @Test("a level's own budget and parts that are no division only count where that is asked for")
    func scopes() throws {
        let world = try PanelWorld()
        try world.add("甲", [.init(value: "100000000000", quote: "1000亿元", scope: .own)])
        #expect(try world.cell() == nil)
        #expect(try world.cell { $0.takesOwn = true }?.value == "1000")
        try world.add("乙", [.init(value: "200000000000", quote: "2000亿元", scope: .whole)])
        let cell = try #require(try world.cell { $0.takesOwn = true })
        #expect(cell.value == "2000" && cell.standing == .rule && cell.rule == .scope)
        try world.add("丙", [.init(name: "市本级生产总值", value: "90000000000", quote: "900亿元")])
        #expect(try world.cell()?.rivals.isEmpty == true)
    }

    @Test("a doubtful reading goes behind a sure one, and alone is flagged")
    func doubt() throws {
        let world = try PanelWorld()
        try world.add("甲", [.init(value: "100000000000", quote: "1000亿元", confidence: 0.2)])
        #expect(try world.cell()?.isFlagged == true)
        try world.add("乙", [.init(value: "584210000000", quote: "5842.1亿元")])
        let cell = try #require(try world.cell())
        #expect(cell.value == "5842.1" && cell.standing == .rule && !cell.isFlagged)
    }

    @Test("growth at constant prices and at those of the day are kept apart")
    func prices() throws {
        let world = try PanelWorld()
        let change = PanelColumn(measure: "gdp", kind: .change)
        func state(_ title: String, _ value: String, before: String) throws {
            try world.add(
                title,
                [.init(value: value, unit: "%", quote: "\(value)%", kind: .change, base: .yearOnYear, before: before)])
        }
        try state("甲", "5.2", before: "生产总值按可比价格计算增长")
        try state("乙", "3.1", before: "生产总值名义增长")
        let cell = try #require(try world.cell(change))
        #expect(cell.value == "5.2" && cell.standing == .rule && cell.rule == .prices)
        #expect(try world.cell(PanelColumn(measure: "gdp", kind: .change, prices: .nominal))?.value == "3.1")
    }

    @Test("the same statements in another order give the same cell")
    func order() throws {
        let figures: [PanelWorld.Figure] = [
            .init(value: "584210000000", quote: "5842.1亿元"), .init(value: "612000000000", quote: "6120.0亿元"),
            .init(value: "599900000000", quote: "5999.0亿元"),
        ]
        let one = try PanelWorld()
        let two = try PanelWorld()
        for figure in figures { try one.add("新闻\(figure.quote)", [figure]) }
        for figure in figures.reversed() { try two.add("新闻\(figure.quote)", [figure]) }
        #expect(try one.cell()?.value == two.cell()?.value)
    }
}

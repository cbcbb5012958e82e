import Foundation
import Panel

/// A chart of a series as SVG: one line a region, broken where nothing is stated, hollow marks where statements differ,
/// dashes for targets, the last value named at the line's end. Colours are classes, so that pages can be light, dark or
/// printed; who cannot see it reads its title and description, and the table beside it.
struct LineChart {
    /// How much room there is.
    enum Size {
        case wide
        case narrow

        var width: Double { self == .wide ? 880 : 360 }
        var height: Double { self == .wide ? 400 : 300 }
        var right: Double { self == .wide ? 165 : 16 }
        /// The least room for what names the lines of the grid.
        var left: Double { self == .wide ? 74 : 58 }
        var font: Int { self == .wide ? 15 : 12 }
    }

    private let data: SeriesData
    private let title: String
    private let description: String
    private let size: Size
    private let context: PageContext
    private let scale: ChartScale
    private let periods: [(period: PanelPeriod, label: String)]
    private let shift: Int
    private let left: Double
    private let top = 34.0
    private let bottom = 40.0

    init(_ data: SeriesData, title: String, description: String, _ size: Size, _ context: PageContext) {
        self.data = data
        self.title = title
        self.description = description
        self.size = size
        self.context = context
        shift = context.figures.shift(data.unit)
        let factor = pow(10, Double(shift))
        let scale = ChartScale(
            data.lines.flatMap(\.points).flatMap { point in
                (point.number.map { [$0 * factor] } ?? [])
                    + (point.spread.map { [$0.lowerBound * factor, $0.upperBound * factor] } ?? [])
            })
        // A digit is six tenths as wide as it is high.
        let longest = scale.ticks.map { scale.label($0).count }.max() ?? 0
        left = max(size.left, Double(longest * size.font) * 0.6 + 10)
        self.scale = scale
        // From the first to the last period of which anything is stated; what is missing between has its place.
        let stated = data.lines.flatMap(\.points).filter { $0.number != nil }.map(\.period)
        var labels: [PanelPeriod: String] = [:]
        if let first = stated.min(), let last = stated.max() {
            for point in data.lines.flatMap(\.points) where first <= point.period && point.period <= last {
                labels[point.period] = point.label
            }
        }
        periods = labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The picture; `style` is what a picture that stands alone has inside.
    func write(to html: inout Html, id: String, style: StaticString? = nil) {
        html.begin(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg",
                "class": size == .wide ? "chart wide-chart" : "chart narrow-chart",
                "viewBox": "0 0 \(Int(size.width)) \(Int(size.height))", "role": "img",
                "aria-labelledby": "\(id)-title \(id)-desc", "font-size": "\(size.font)",
                "width": style == nil ? nil : "\(Int(size.width))",
                "height": style == nil ? nil : "\(Int(size.height))",
            ])
        html.element("title", ["id": "\(id)-title"], title)
        html.element("desc", ["id": "\(id)-desc"], description)
        if let style {
            html.literal("<style>")
            html.literal(style)
            html.literal("</style>")
            html.begin("rect", ["class": "paper", "width": "100%", "height": "100%"])
            html.end("rect")
        }
        axes(&html)
        for (place, line) in data.lines.enumerated() where line.hasValues { self.line(line, color(place), &html) }
        if size == .wide { names(&html) }
        html.end("svg")
    }

    /// Lines of one region have one colour.
    private func color(_ place: Int) -> Int {
        var colors: [String: Int] = [:]
        for line in data.lines where colors[line.division.code] == nil { colors[line.division.code] = colors.count }
        return colors[data.lines[place].division.code] ?? 0
    }

    private func x(_ place: Int) -> Double {
        let room = size.width - left - size.right
        guard periods.count > 1 else { return left + room / 2 }
        return left + 12 + (room - 24) * Double(place) / Double(periods.count - 1)
    }

    private func y(_ value: Double) -> Double {
        let room = size.height - top - bottom
        return top + room * (1 - scale.place(value * pow(10, Double(shift))))
    }

    private static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    // MARK: Axes

    private func axes(_ html: inout Html) {
        html.element("text", ["class": "axis", "x": "0", "y": "16"], context.figures.unit(data.unit))
        for tick in scale.ticks {
            let y = Self.number(top + (size.height - top - bottom) * (1 - scale.place(tick)))
            html.begin(
                "line",
                [
                    "class": tick == 0 ? "zero" : "grid", "x1": Self.number(left),
                    "x2": Self.number(size.width - size.right), "y1": y, "y2": y,
                ])
            html.end("line")
            html.element(
                "text",
                ["class": "axis", "x": Self.number(left - 8), "y": y, "text-anchor": "end", "dy": "0.35em"],
                scale.label(tick))
        }
        let most = size == .wide ? 9 : 5
        let every = max(1, Int((Double(periods.count) / Double(most)).rounded(.up)))
        for (place, period) in periods.enumerated() where (periods.count - 1 - place).isMultiple(of: every) {
            html.element(
                "text",
                [
                    "class": "axis", "x": Self.number(x(place)), "y": Self.number(size.height - bottom + 22),
                    "text-anchor": "middle",
                ], period.label)
        }
    }

    // MARK: Lines

    private func line(_ line: SeriesData.Line, _ color: Int, _ html: inout Html) {
        let places = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1.period, $0) })
        var path = ""
        var last: (place: Int, period: PanelPeriod)?
        for point in line.points {
            guard let number = point.number, let place = places[point.period] else { continue }
            // A missing period breaks the line, and so does a new year where values run up through the year.
            let goesOn = last.map { place == $0.place + 1 && Self.follows(point.period, $0.period) } ?? false
            path += "\(goesOn ? "L" : "M")\(Self.number(x(place))) \(Self.number(y(number)))"
            last = (place, point.period)
        }
        let name = "c\(color % 8)" + (line.isTarget ? " aim" : "")
        html.begin("path", ["class": "line \(name)", "d": path, "fill": "none"])
        html.end("path")
        for point in line.points {
            guard let number = point.number, let place = places[point.period] else { continue }
            let (x, y) = (Self.number(x(place)), y(number))
            if let spread = point.spread {
                html.begin(
                    "line",
                    [
                        "class": "spread \(name)", "x1": x, "x2": x, "y1": Self.number(self.y(spread.lowerBound)),
                        "y2": Self.number(self.y(spread.upperBound)),
                    ])
                html.end("line")
            }
            html.begin(
                "circle",
                [
                    "class": "\(point.isFlagged ? "look " : "")point \(name)", "cx": x, "cy": Self.number(y),
                    "r": point.isFlagged ? "5.5" : "3.6",
                ])
            html.element(
                "title",
                "\(line.division.name) \(point.label): \(context.figures.value(point.value ?? "", panelUnit: data.unit))"
            )
            html.end("circle")
        }
    }

    /// Whether a value goes on from another: the next year, or the next months of the same year.
    private static func follows(_ period: PanelPeriod, _ last: PanelPeriod) -> Bool {
        let isYear = period.first == 1 && period.last == 12 && last.last == 12 && last.first == 1
        return isYear ? period.year == last.year + 1 : period.year == last.year || period.first == period.last
    }

    /// The region and the last value behind each line, moved apart where they would cover one another.
    private func names(_ html: inout Html) {
        let places = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1.period, $0) })
        var ends: [(y: Double, text: String, value: String, color: Int)] = []
        for (place, line) in data.lines.enumerated() {
            guard let last = line.points.last(where: { $0.number != nil }), let number = last.number,
                places[last.period] != nil
            else { continue }
            let aim = line.isTarget ? context.m("chart.target") : ""
            ends.append(
                (
                    y(number), line.division.name + aim, context.figures.number(last.value ?? "", panelUnit: data.unit),
                    color(place)
                ))
        }
        ends.sort { $0.y < $1.y }
        let step = 36.0
        for place in ends.indices.dropFirst() where ends[place].y < ends[place - 1].y + step {
            ends[place].y = ends[place - 1].y + step
        }
        let over = (ends.last?.y ?? 0) - (size.height - bottom)
        if over > 0 { for place in ends.indices { ends[place].y -= over } }
        for end in ends {
            let x = Self.number(size.width - size.right + 6)
            html.element(
                "text", ["class": "end c\(end.color % 8)", "x": x, "y": Self.number(end.y), "lang": "zh"], end.text)
            html.element(
                "text", ["class": "end value c\(end.color % 8)", "x": x, "y": Self.number(end.y + 16)], end.value)
        }
    }

    /// What a picture that stands alone looks like.
    static let style: StaticString = """
        svg { font-family: system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; } .paper { fill: #fff; } .axis { fill: #4a5562; }
        .grid { stroke: #dfe4ea; } .zero { stroke: #4a5562; } .line { stroke-width: 2.4; stroke-linejoin: round; }
        .aim { stroke-dasharray: 6 5; } .point { stroke-width: 1.6; } .look { fill: #fff !important; stroke-width: 2.4; }
        .spread { stroke-width: 2; } .end { stroke: none; } .value { font-weight: 600; }
        .c0 { stroke: #0b4f8a; fill: #0b4f8a; } .c1 { stroke: #a33b00; fill: #a33b00; } .c2 { stroke: #17694a; fill: #17694a; }
        .c3 { stroke: #7a2a8a; fill: #7a2a8a; } .c4 { stroke: #6b5a00; fill: #6b5a00; } .c5 { stroke: #a8174f; fill: #a8174f; }
        .c6 { stroke: #006a73; fill: #006a73; } .c7 { stroke: #3d4852; fill: #3d4852; } .line { fill: none !important; }
        text { stroke: none !important; }
        """
}

import BulletinModel

/// What a table's surroundings know: the lexicon's words, the time and the place of the text that it stands in.
struct TableSetting {
    var lexicon: Lexicon
    var words: HeadWords { lexicon.heads }
    var places: TablePlaces
    /// The period of figures that have none of their own.
    var standing: Indicator.Period?
    /// The year of the text.
    var year: Int?
    /// Whether the text around tells of aims.
    var status: Indicator.Status?
    /// The title of the text.
    var title: [UInt32] = []
}

/// A figure of a table, read.
struct TableFigure {
    var span: Range<Int>
    var quantity: Quantity
    var kind: Indicator.Kind
    var name: String
    var timing: Timing
    var placing: Placing
    /// What makes the reading less sure.
    var doubts: [Rule]
    var row: Passage
    var head: Passage
    var caption: Passage?
}

/// Reads the figures of a grid, whatever form it was printed in.
struct TableReader {
    private let grid: Grid
    private let contents: [CellReader.Content]
    private let setting: TableSetting
    private let words: HeadWords
    private let naming: TableName

    /// Hands each figure to `body`, in reading order, and what has digits and is no figure to `left`.
    static func read(_ grid: Grid, _ setting: TableSetting, left: (Passage) -> Void, _ body: (TableFigure) -> Void) {
        let reader = TableReader(grid, setting)
        var figures: [TableFigure] = []
        var used = Set<Int>()
        let parts = TableParts(grid, reader.contents, setting.words).read { _ in }
        for part in parts { reader.read(part, &figures, &used) }
        figures.sort { $0.span.lowerBound < $1.span.lowerBound }
        for (i, cell) in grid.cells.enumerated() where !used.contains(i) && reader.hasDigits(cell.passage) {
            left(cell.passage)
        }
        for caption in grid.captions where reader.hasDigits(caption) { left(caption) }
        figures.forEach(body)
    }

    private init(_ grid: Grid, _ setting: TableSetting) {
        self.grid = grid
        self.setting = setting
        words = setting.words
        naming = TableName(setting.words)
        contents = grid.cells.map { CellReader.read($0.passage.scalars, setting.lexicon) }
    }

    private func hasDigits(_ cell: Passage) -> Bool { cell.scalars.contains(where: Glyph.isDigit) }

    /// What the lines over a table say of all of it.
    private struct Title {
        var head = Head()
        var units: [TableUnit] = []
        /// The measure that it names; empty where none.
        var name: [UInt32] = []
        var times: [HeadTime] = []
        var isPlanned: Bool?
        var caption: Passage?
        /// What money was counted in by the table before.
        var unitBefore: TableUnit?
        /// Which version of the figures it says that they are.
        var vintage: String?
        /// It ends with a word of change, and tells nothing but per cent.
        var isChange = false
    }

    // MARK: Parts

    private func read(_ part: TablePart, _ figures: inout [TableFigure], _ used: inout Set<Int>) {
        var places = setting.places
        let title = title(part, &places)
        var panels = TableColumns(grid, contents, part, setting.lexicon).read()
        for i in panels.indices {
            for k in panels[i].columns.indices { read(&panels[i].columns[k], &places) }
            TableColumns.complete(&panels[i].columns)
        }
        // In a year's figures beside the year before, the later one is what changes are told for.
        let years = panels.flatMap(\.columns).compactMap { column in
            column.times.compactMap { $0.lastYear ?? $0.year }.first
        }
        for panel in panels {
            read(panel, part, title, years.max(), &places, &figures, &used)
        }
    }

    private func title(_ part: TablePart, _ places: inout TablePlaces) -> Title {
        var title = Title()
        let lines = part.captions.flatMap { passage in
            GridCaption.parts(passage.scalars, words).map { (passage, Array(passage.scalars[$0])) }
        }
        for (i, (passage, raw)) in lines.enumerated() {
            if let start = words.unitLabel(raw) {
                let rest = Array(
                    raw[start...].prefix { ![0x28, 0x29, 0xFF08, 0xFF09, 0x7C].contains($0) })
                let units = TableUnit.list(HeadReader.folded(rest), setting.lexicon)
                if !units.isEmpty { title.units = units }
                if start <= 8, raw.count <= start + rest.count + 1 { continue }
            }
            if words.isTableNumber(raw) || words.ends(raw, before: raw.count, .issue) > 0 { continue }
            let label = words.lineLabel(raw)
            if label?.isMeasure == false { continue }
            var s = HeadReader.folded(HeadReader.unnumbered(Array(raw[(label?.start ?? 0)...]), words))
            if let range = places.enter(title: s) { s.removeSubrange(range) }
            var head = HeadReader.read(s, setting.lexicon, isTitle: true)
            if !head.units.isEmpty { title.units = head.units }
            // A place in the middle leaves its link.
            if head.text.first == 0x7684 { head.text.removeFirst() }
            if !head.time.isEmpty {
                head.time.isTitle = true
                title.times.insert(head.time, at: 0)
            }
            let isNaming = i == lines.count - 1 || label != nil || naming.isComplete(head.text)
            if !head.text.isEmpty, isNaming || title.name.isEmpty {
                title.name = head.text
            }
            title.head = head
            if let vintage = words.vintage(ofTitle: s) { title.vintage = vintage }
            title.isChange = words.ends(s, before: s.count)?.value.contains { $0.role == .change } ?? false
            if let isPlanned = head.isPlanned { title.isPlanned = isPlanned }
            title.caption = passage
        }
        if title.units.isEmpty, let before = grid.unitBefore?.scalars, let start = words.unitLabel(before) {
            let rest = before[start...].prefix { ![0x28, 0x29, 0xFF08, 0xFF09, 0x7C].contains($0) }
            title.unitBefore = TableUnit.list(HeadReader.folded(Array(rest)), setting.lexicon).first {
                $0.unit == setting.lexicon.unit(.yuan)
            }
        }
        // Where no line names the table, what names the text does.
        if title.caption == nil, places.whole == nil { _ = places.enter(title: HeadReader.folded(setting.title)) }
        title.isChange = title.isChange && !title.units.isEmpty && title.units.allSatisfy { $0.unit == "%" }
        return title
    }

    private func read(_ column: inout TableColumns.Column, _ places: inout TablePlaces) {
        for i in column.path.indices {
            let head = column.path[i]
            if column.place == nil, head.kind == nil, !head.text.isEmpty || head.extent != nil {
                let text = head.text.isEmpty ? head.extentWords : head.text
                if head.extent == .whole || head.extent == .own {
                    if head.extent == .own {
                        column.place = TablePlaces.Place(region: nil, extent: .own, words: head.extentWords)
                    }
                } else if head.extent != .part, let place = places.place(text, words) {
                    column.place = place
                    column.path[i].text = []
                }
            }
            if head.extent == .part, head.text.isEmpty { column.path[i].text = head.extentWords }
        }
        column.name = column.path.reduce(into: []) { $0 = naming.joined($0, $1.text) }
        column.times = column.path.reversed().map(\.time).filter { !$0.isEmpty }
        column.isPlanned = column.path.last { $0.isPlanned != nil }?.isPlanned
        // What a group is called says nothing of figures whose own head names a measure.
        if let at = column.path.lastIndex(where: { $0.kind != nil }),
            !column.path[(at + 1)...].contains(where: { naming.isComplete($0.text) })
        {
            column.kindHead = column.path[at]
        }
    }

    // MARK: Panels

    private func read(
        _ panel: TableColumns.Panel, _ part: TablePart, _ title: Title, _ latest: Int?, _ places: inout TablePlaces,
        _ figures: inout [TableFigure], _ used: inout Set<Int>
    ) {
        var rows = RowReader(words)
        var title = title
        if title.units.isEmpty { title.units = panel.corner.flatMap(\.units) }
        title.times += panel.corner.map(\.time).filter { !$0.isEmpty }
        // 工业总产值（万元） over the names of industries.
        if !naming.isComplete(title.name), let corner = panel.corner.first(where: { naming.isComplete($0.text) }) {
            title.name = corner.text
        }
        let holdsPlaces = holdsPlaces(panel, part, places)
        for row in part.body {
            let stub = panel.stubs.compactMap { grid.index(row, $0) }
            var names: [Int] = []
            for cell in stub where names.last != cell && contents[cell] != .empty { names.append(cell) }
            // The names once more in another language.
            let native = names.filter { grid.cells[$0].passage.scalars.contains(where: Glyph.isHan) }
            if !native.isEmpty, native.count < names.count {
                names = names.filter {
                    native.contains($0) || grid.cells[$0].passage.scalars.contains(where: Glyph.isDigit)
                }
            }
            let passage = names.last.map { grid.cells[$0].passage } ?? Passage(scalars: [], origin: [])
            let indent = names.first.map { grid.cells[$0].indent } ?? 0
            var heads = names.map { HeadReader.read(grid.cells[$0].passage.scalars, setting.lexicon) }
            for i in heads.indices
            where heads[i].isCorner || heads[i].isUnit || heads[i].isOrdinal || heads[i].isRemark || heads[i].isFormula
                || heads[i].isGeneric && heads[i].text.isEmpty
            {
                // What heads a column elsewhere is a name here.
                if heads[i].kind == nil, heads[i].time.isEmpty, heads[i].text.isEmpty {
                    heads[i].text = HeadReader.folded(grid.cells[names[i]].passage.scalars)
                }
            }
            for i in heads.indices where heads[i].extent == .part && heads[i].text.isEmpty {
                heads[i].text = heads[i].extentWords
            }
            // A bare number names a row only as a year.
            if heads.isEmpty, !panel.stubs.isEmpty { continue }
            var place: TablePlaces.Place?
            if holdsPlaces {
                for (head, cell) in zip(heads, names) where place == nil && head.kind == nil {
                    place = places.place(grid.cells[cell].passage.scalars, words)
                    if place == nil, !head.text.isEmpty, head.text.count < grid.cells[cell].passage.scalars.count {
                        place = places.place(head.text, words)
                    }
                }
                if place == nil, heads.count == 1, heads[0].isTotal, heads[0].text.isEmpty {
                    place = TablePlaces.Place(region: places.whole, extent: .whole)
                }
            }
            var head = heads.last ?? Head()
            if heads.count > 1 {
                let outer = heads.dropLast()
                head.text = outer.reversed().reduce(head.text) { naming.joined($1.text, $0) }
                if head.time.isEmpty, let time = outer.last(where: { !$0.time.isEmpty })?.time { head.time = time }
                if head.units.isEmpty { head.units = outer.last { !$0.units.isEmpty }?.units ?? [] }
                if head.kind == nil { head.kind = outer.last { $0.kind != nil }?.kind }
            }
            let unit =
                panel.unit.flatMap { grid.index(row, $0) }.flatMap {
                    TableUnit.cell(grid.cells[$0].passage.scalars, setting.lexicon)
                }
                ?? head.units.first
            let values = panel.columns.filter { column in
                guard let cell = grid.index(row, column.index) else { return false }
                switch contents[cell] {
                case .number, .structure, .missing: return true
                default: return false
                }
            }
            if values.isEmpty
                || !values.contains(where: { column in
                    switch contents[grid.index(row, column.index) ?? 0] {
                    case .number, .structure: return true
                    default: return false
                    }
                })
            {
                if place == nil, !head.text.isEmpty || !head.suffix.isEmpty { rows.enter(group: head, indent: indent) }
                continue
            }
            if holdsPlaces, place == nil, !heads.isEmpty {
                // 一、提前下达数 over its places: what the figures of the places are.
                rows.enter(group: head, indent: indent)
            }
            let read = rows.read(head, indent: indent, unit: unit, place: place, title: title.name)
            for column in values {
                guard let cell = grid.index(row, column.index), used.insert(cell).inserted else { continue }
                figures += self.figures(
                    cell, read, column, title, latest, places, passage: passage)
            }
        }
    }

    /// Whether the rows of a panel are places.
    private func holdsPlaces(_ panel: TableColumns.Panel, _ part: TablePart, _ places: TablePlaces) -> Bool {
        var places = places
        guard let stub = panel.stubs.last else { return false }
        let isTold = panel.corner.contains {
            $0.isCorner && words.whole($0.text).contains { $0.role == .corner && $0.value == "place" }
        }
        var (found, all) = (0, 0)
        for row in part.body.prefix(200) {
            guard let cell = grid.index(row, stub), contents[cell] != .empty else { continue }
            let s = grid.cells[cell].passage.scalars
            let head = HeadReader.folded(s)
            if words.isWhole(head, .total) { continue }
            all += 1
            if let place = places.place(s, words), place.region != nil, place.extent == .whole,
                !words.isWhole(head, .whole)
            {
                found += 1
            }
        }
        return isTold ? found > 0 : found > 1 && found * 2 > all
    }

    // MARK: Figures

    private func figures(
        _ cell: Int, _ row: RowReader.Row, _ column: TableColumns.Column, _ title: Title, _ latest: Int?,
        _ places: TablePlaces, passage: Passage
    ) -> [TableFigure] {
        let printed = grid.cells[cell].passage
        var doubts: [Rule] = []
        // What the row says of the kind counts before what the column says, but for rows that only name a measure.
        let rowHead = row.head
        let kindHead = rowHead.kind != nil ? rowHead : column.kindHead
        let kind = kindHead?.kind ?? (title.isChange && column.kindHead == nil ? .change : nil)
        let planned = rowHead.isPlanned ?? row.group?.isPlanned ?? column.isPlanned
        let isCompletion = kind == .completion
        var suffix = isCompletion ? kindHead?.suffix ?? [] : []
        if !isCompletion {
            suffix = column.path.last { !$0.suffix.isEmpty && $0.kind != .completion }?.suffix ?? rowHead.suffix
            if suffix.isEmpty { suffix = row.group?.suffix ?? [] }
        }
        // The name.
        var name = naming.crossed(row: row.name, column: column.name)
        if name.isEmpty {
            name = title.name
            if name.isEmpty, let group = row.group { name = group.text }
        } else if naming.isBare(name), row.name.isEmpty {
            name = naming.completed(noun: name, byEndOf: title.name)
        } else if !naming.isComplete(name), !title.name.isEmpty {
            name = naming.completed(name, by: title.name)
            if naming.isComplete(name) { doubts.append(.doubtTableRow) }
        }
        if row.place != nil, let group = row.group, !group.text.isEmpty, !naming.isComplete(name) {
            name = naming.joined(name, group.text)
        }
        if title.isPlanned == true, suffix.isEmpty, planned == nil, kind == nil { suffix = title.head.suffix }
        if !naming.isComplete(name) { doubts.append(.doubtTableName) }
        if row.isCarried { doubts.append(.doubtTableRow) }
        let extentWords = row.place?.words ?? []
        let columnWords = column.place?.words ?? []
        var all = (row.place == nil ? rowHead.extent == .own ? rowHead.extentWords : [] : extentWords)
        if all.isEmpty { all = columnWords }
        name = all + name + suffix
        // The place.
        let place = row.place ?? column.place
        let region =
            place.flatMap {
                $0.region ?? (row.place == nil || $0.extent != .whole ? column.place?.region ?? places.whole : nil)
            } ?? (row.place == nil ? places.whole : nil)
        let extent = row.place?.extent ?? (rowHead.extent == .own ? .own : nil)
        let scope: Indicator.Scope? =
            switch extent == .whole || extent == nil
                ? column.place?.extent ?? column.path.last(where: { $0.extent != nil })?.extent ?? extent : extent
            {
            case .own: .own
            case .part: .part
            case .whole: .whole
            case nil: places.scope
            }
        let vintage =
            (rowHead.vintage ?? row.group?.vintage ?? column.path.last { $0.vintage != nil }?.vintage
            ?? title.vintage).flatMap { Indicator.Vintage(rawValue: $0) }
        let placing = Placing(region: region?.place, scope: region == nil ? nil : scope ?? .whole, vintage: vintage)
        // The time.
        let isFlow = naming.isFlow(row.name.isEmpty ? name : row.name)
        var times = column.times + row.times.filter { !$0.isEmpty }
        let hasYear = times.contains { $0.year != nil }
        times += title.times
        if !hasYear, !title.times.contains(where: { $0.year != nil }), let latest {
            var time = HeadTime()
            time.year = latest
            times.append(time)
        }
        var source = Timing.Source.table
        if !times.contains(where: { $0.year != nil }) {
            if let standing = setting.standing {
                if times.allSatisfy({ $0.isEmpty }) { source = .heading }
                var time = HeadTime(standing)
                time.isTitle = true
                times.append(time)
            } else if let year = setting.year {
                var time = HeadTime()
                time.year = year
                times.append(time)
                source = .heading
            }
        }
        let period = HeadTime.period(times, isFlow: isFlow)
        let status: Indicator.Status =
            kind == .completion || kind == .change || kind == .amount || kind == .share || kind == .rank
            ? (planned == true && kind != .completion ? .target : .actual)
            : (planned ?? title.isPlanned ?? (setting.status == .target)) ? .target : .actual
        let base = kind == .change || kind == .amount ? base(kindHead?.base ?? "yoy", period) : nil
        func make(
            _ number: CellReader.Number, _ name: [UInt32], _ kind: Indicator.Kind, _ unit: TableUnit?,
            _ source: Quantity.UnitSource, _ more: [Rule]
        ) -> TableFigure {
            let power = unit?.power ?? 0
            let value = (number.isNegative && !number.value.isZero ? "-" : "") + number.value.scaled(by: power).text
            let text = unit?.unit ?? ""
            let quantity = Quantity(
                range: number.range, numeral: number.range, value: value,
                valueTo: number.upper?.scaled(by: power).text, unit: text,
                form: kind == .rank
                    ? .rank
                    : text == "%"
                        ? .ratio
                        : text == setting.lexicon.unit(.points)
                            ? .points : text == setting.lexicon.unit(.times) ? .multiple : .amount,
                bound: number.bound, unitSource: source)
            return TableFigure(
                span: printed.span(number.range), quantity: quantity, kind: kind, name: Self.shown(name),
                timing: Timing(
                    period: period, source: source == .printed ? .table : .table, base: kind == .change ? base : nil,
                    status: status),
                placing: placing, doubts: doubts + more, row: passage, head: column.leaf, caption: title.caption)
        }
        _ = source
        switch contents[cell] {
        case .number(let number):
            let (unit, unitSource, more) = unit(number, row, column, title, kind, name)
            // An amount whose unit nothing tells is no figure: its size is not known.
            if unit == nil, kind != .index, !naming.isIndex(name) { return [] }
            let shownKind: Indicator.Kind
            switch kind {
            case .change, .amount: shownKind = .change
            case .share: shownKind = .share
            case .rank: shownKind = .rank
            case .index, .completion, nil: shownKind = number.isRank ? .rank : .level
            }
            return [make(number, name, shownKind, unit, unitSource, more)]
        case .structure(let numbers):
            guard rowHead.isIndustries || column.path.contains(where: \.isIndustries), numbers.count == 3 else {
                // 2.45:1 is one level.
                guard numbers.count == 2, numbers[1].value == ExactDecimal(1) else { return [] }
                var ratio = numbers[0]
                ratio.range = numbers[0].range.lowerBound..<numbers[1].range.upperBound
                return [make(ratio, name, .level, nil, .table, [])]
            }
            return zip(numbers, words.industries).map {
                make($0, $1, .share, TableUnit(power: 0, unit: "%"), .table, [])
            }
        default: return []
        }
    }

    /// The unit of a number: its own, else that of its column, its row, its table.
    private func unit(
        _ number: CellReader.Number, _ row: RowReader.Row, _ column: TableColumns.Column, _ title: Title,
        _ kind: Head.Kind?, _ name: [UInt32]
    ) -> (TableUnit?, Quantity.UnitSource, [Rule]) {
        if kind == .rank || number.isRank {
            return (TableUnit(power: 0, unit: setting.lexicon.unit(.place)), .table, [])
        }
        if kind == .index { return (nil, .table, []) }
        let columnUnits = column.path.reversed().first { !$0.units.isEmpty }?.units ?? []
        let rowUnits = row.unit.map { [$0] } ?? row.head.units
        if let own = number.unit {
            guard own.unit.isEmpty else { return (own, .printed, []) }
            let told = (columnUnits.first ?? rowUnits.first ?? title.units.first)?.unit ?? ""
            return (TableUnit(power: own.power, unit: told), .printed, told.isEmpty ? [.doubtTableUnit] : [])
        }
        let isRatio = kind == .change || kind == .share || kind == .completion
        if isRatio {
            let kindUnits = row.head.kind != nil ? rowUnits : columnUnits
            if let ratio = kindUnits.first(where: {
                $0.power == 0
                    && ($0.unit == "%" || $0.unit == setting.lexicon.unit(.points)
                        || $0.unit == setting.lexicon.unit(.times) || $0.unit == "\u{2030}")
            }) {
                return (ratio, .table, [])
            }
            if let other = kindUnits.first, row.head.kind == nil { return (other, .table, []) }
            return (TableUnit(power: 0, unit: "%"), .table, [])
        }
        let levels = { (units: [TableUnit]) in units.first { $0.unit != "%" } ?? units.first }
        if let own = levels(rowUnits) ?? levels(columnUnits) {
            // Where both tell one, the head of the level counts but for a sign that only changes have.
            if let column = levels(columnUnits), let row = levels(rowUnits), column != row,
                column.unit != "%" || row.unit == "%"
            {
                return (row, .table, [])
            }
            return (own, .table, [])
        }
        // 其中：住宅 under 房地产开发投资（亿元）.
        if let carried = row.carriedUnit, !naming.isRate(name) { return (carried, .table, []) }
        if kind == .amount, title.units.isEmpty, let beside = column.levelUnit { return (beside, .table, []) }
        if naming.isRate(name) {
            if let percent = title.units.first(where: { $0.unit == "%" }) { return (percent, .table, []) }
            if !title.units.isEmpty { return (TableUnit(power: 0, unit: "%"), .table, [.doubtTableUnit]) }
        }
        // 单位：万户、万人: the unit that the name says.
        if title.units.count > 1, let named = title.units.first(where: { names($0, name) }) {
            return (named, .table, [])
        }
        if let told = levels(title.units) { return (told, .table, title.units.count > 2 ? [.doubtTableUnit] : []) }
        if naming.isRate(name) { return (TableUnit(power: 0, unit: "%"), .table, [.doubtTableUnit]) }
        // The table before told it.
        if kind == nil, let before = title.unitBefore, words.ends(name, before: name.count, .money) > 0 {
            return (before, .table, [.doubtTableUnit])
        }
        return (nil, .table, [.doubtTableUnit])
    }

    /// Whether a name ends with what a unit counts: 总户数, 农业人口.
    private func names(_ unit: TableUnit, _ name: [UInt32]) -> Bool {
        let s = Scalars.of(unit.unit)
        guard s.count == 1, let c = s.first, Glyph.isHan(c) else { return false }
        return name.suffix(3).contains(c)
    }

    private func base(_ word: String, _ period: Indicator.Period?) -> Indicator.Base {
        switch word {
        case "previous": .previous
        case "annual_average": .annualAverage
        case "target": .target
        case "yearstart": period?.end.hasSuffix("-12-31") == true ? .yearOnYear : .other
        default: .yearOnYear
        }
    }

    /// A name as printed: full-width brackets.
    private static func shown(_ name: [UInt32]) -> String {
        Scalars.string(name.map { $0 == 0x28 ? 0xFF08 : $0 == 0x29 ? 0xFF09 : $0 })
    }
}

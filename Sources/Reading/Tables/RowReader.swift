/// Follows the rows of a table down: what each is, and which row above it is a part of.
struct RowReader {
    /// A row as read.
    struct Row {
        var head: Head
        /// The name that it has with the rows above; empty where the row names nothing.
        var name: [UInt32]
        /// The times that the row and those above tell, the row's own first.
        var times: [HeadTime]
        var unit: TableUnit?
        var place: TablePlaces.Place?
        /// The plan or result that the rows' group names.
        var group: Head?
        /// The unit of the row above that it is a part of.
        var carriedUnit: TableUnit?
        /// The name comes from a row above.
        var isCarried = false
    }

    private struct Above {
        var text: [UInt32]
        var indent: Int
        var outline: Int
        /// How deep it stands by outline numbers; rows without one stand under the last numbered one.
        var level: Int
        var isAmong: Bool
        var unit: TableUnit?
        var time: HeadTime
        var head: Head
        /// It has no figures of its own.
        var isGroup = false
    }

    private let naming: TableName
    private var above: [Above] = []
    /// The name of the row before.
    private var last: [UInt32] = []
    private var group: Head?

    init(_ words: HeadWords) { naming = TableName(words) }

    /// A row that only names those under it.
    mutating func enter(group head: Head, indent: Int) {
        above.removeAll()
        note(head, as: head.text, indent: indent, unit: head.units.first)
        above[above.count - 1].isGroup = true
        group = head.text.isEmpty ? head : nil
    }

    private mutating func note(_ head: Head, as text: [UInt32], indent: Int, unit: TableUnit?) {
        above.append(
            Above(
                text: text, indent: indent, outline: head.outline, level: level(head), isAmong: head.isAmong,
                unit: unit,
                time: head.time, head: head))
        // Rows far above say nothing any more.
        if above.count > 64 { above.removeFirst(32) }
    }

    private func level(_ head: Head) -> Int {
        if head.outline > 0 { return head.outline }
        return (above.last { $0.outline > 0 }?.outline).map { $0 + 1 } ?? 0
    }

    /// A row of figures.
    ///
    /// - Parameter title: the measure that the table is about.
    mutating func read(
        _ head: Head, indent: Int, unit: TableUnit?, place: TablePlaces.Place?, title: [UInt32]
    ) -> Row {
        var row = Row(head: head, name: head.text, times: [head.time], unit: unit, place: place, group: group)
        if place != nil {
            row.name = []
            return row
        }
        if head.text.isEmpty {
            // 同比增长（%） under its measure; 合计.
            if head.kind != nil {
                row.name = last
                row.isCarried = true
            } else if head.isTotal,
                let parent = above.last(where: { naming.isComplete($0.text) && $0.outline == 0 && $0.unit == nil }),
                above.count == 1
            {
                row.name = parent.text
            }
            return row
        }
        // 中央级收入 of 财政总收入: the noun alone stands for the measure.
        if head.extent == .own, naming.isBare(head.text), let parent = parent(of: head, indent: indent, unit: unit) {
            row.name = parent.text
            row.isCarried = true
            if head.time.isEmpty { row.times.append(parent.time) }
            last = row.name
            return row
        }
        if !naming.isComplete(head.text) {
            if let parent = parent(of: head, indent: indent, unit: unit) {
                row.name = naming.part(head.text, of: parent.text)
                row.isCarried = true
                row.carriedUnit = parent.unit
                if head.time.isEmpty { row.times.append(parent.time) }
                if row.head.suffix.isEmpty, row.head.isPlanned == nil, row.head.kind == nil {
                    row.head.suffix = parent.head.suffix
                    row.head.isPlanned = parent.head.isPlanned
                    row.head.vintage = parent.head.vintage
                    row.head.kind = parent.head.kind
                    row.head.base = parent.head.base
                }
            }
        } else if naming.isBare(head.text), !title.isEmpty, head.outline > 0 || head.vintage != nil {
            // 2024年发行执行数 of 政府债券发行情况表.
            row.name = naming.completed(bare: head.text, by: title)
        } else if naming.isBare(head.text), let over = above.last, over.isGroup, over.text.count >= 4 {
            // 收入 under 一、失业保险基金.
            row.name = over.text + head.text
        } else if head.isAmong || isInside(head, indent) {
            if let parent = above.last(where: { naming.isComplete($0.text) && !$0.isAmong }) {
                if head.time.isEmpty { row.times.append(parent.time) }
                if head.vintage == nil { row.head.vintage = parent.head.vintage }
                if head.isAmong { row.carriedUnit = parent.unit }
            }
        }
        note(
            row.head, as: naming.isComplete(head.text) ? row.name : head.text, indent: indent,
            unit: unit ?? row.carriedUnit)
        last = row.name
        return row
    }

    /// Whether a row without a number of its own follows a numbered one.
    private func isInside(_ head: Head, _ indent: Int) -> Bool {
        head.outline == 0 && (above.last { $0.outline > 0 }.map { $0.outline == 1 } ?? false)
    }

    /// The row above that a row without a measure of its own is a part of.
    private func parent(of head: Head, indent: Int, unit: TableUnit?) -> Above? {
        above.last { candidate in
            guard naming.isComplete(candidate.text), !naming.isGeneral(candidate.text) else { return false }
            if let unit, let other = candidate.unit, unit != other { return false }
            if head.outline > 0, candidate.level >= head.outline { return false }
            return true
        }
    }
}

/// A table as every writer takes it: named columns with a type, and rows.
public struct DataTable: Sendable {
    /// What a column holds.
    public enum FieldType: String, Sendable {
        /// Text.
        case text
        /// A number with decimals.
        case number
        /// A whole number.
        case integer
    }

    /// One column.
    public struct Field: Sendable, Equatable {
        /// For programs: what it is called.
        public var name: String
        /// For people: what it is called.
        public var title: String
        /// What it holds.
        public var type: FieldType
        /// What its values are, in a sentence.
        public var about: String
        /// The unit of its numbers; nil for others.
        public var unit: String?
        /// The values that a text may have, with what they mean, where they are few.
        public var values: [String: String] = [:]

        /// Puts a column together.
        public init(
            _ name: String, _ title: String, _ type: FieldType = .text, _ about: String = "", unit: String? = nil,
            values: [String: String] = [:]
        ) {
            self.name = name
            self.title = title
            self.type = type
            self.about = about
            self.unit = unit
            self.values = values
        }
    }

    /// One cell.
    public enum Value: Sendable, Equatable {
        /// Nothing.
        case none
        /// Text.
        case text(String)
        /// A decimal string, whose digits CSV keeps as they are.
        case number(String)
        /// A whole number.
        case integer(Int)

        /// As text.
        public var text: String {
            switch self {
            case .none: ""
            case .text(let text), .number(let text): text
            case .integer(let number): "\(number)"
            }
        }

        /// As a number.
        public var number: Double? {
            switch self {
            case .none, .text: nil
            case .number(let text): Double(text)
            case .integer(let number): Double(number)
            }
        }

        /// Text, or nothing where it is nil.
        static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .none }
    }

    /// How a cell is to be shown where cells can be coloured.
    public enum Mark: Sendable {
        /// A person should look.
        case flagged
        /// A person's correction.
        case corrected
    }

    /// For programs: what it is called.
    public var name: String
    /// For people: what it is called.
    public var title: String
    /// What it holds, in a sentence or two.
    public var about: String
    /// Its columns.
    public var fields: [Field]
    /// The names of the columns that tell rows apart.
    public var key: [String]
    /// Its rows, each with as many cells as there are columns.
    public var rows: [[Value]] = []
    /// Marks of cells by row and column, with a note.
    public var marks: [Place: (mark: Mark, note: String)] = [:]

    /// Where a cell stands.
    public struct Place: Hashable, Sendable {
        /// From 0, heads not counted.
        public let row: Int
        /// From 0.
        public let column: Int

        /// A row and a column, from 0.
        public init(row: Int, column: Int) { (self.row, self.column) = (row, column) }
    }

    /// A table without rows.
    public init(name: String, title: String, about: String, fields: [Field], key: [String]) {
        self.name = name
        self.title = title
        self.about = about
        self.fields = fields
        self.key = key
    }
}

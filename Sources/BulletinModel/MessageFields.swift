/// Reads the members of a JSON object by name and type; unknown members are ignored, so
/// that a later version may add some.
struct MessageFields {
    private let members: [JSONValue.Member]

    /// What the message says it is.
    let schema: MessageSchema?

    /// Reads a whole message and holds it to one of these schemas.
    init(_ bytes: [UInt8], schemas: MessageSchema...) throws(MessageError) {
        try self.init(try JSONValue(parsing: bytes), "the value")
        let expected = schemas.map(\.rawValue).joined(separator: " or ")
        guard case .string(let stated)? = self["schema"] else {
            throw MessageError(.unknownSchema, "names no schema; expected \(expected)")
        }
        guard let schema, schemas.contains(schema) else {
            throw MessageError(.unknownSchema, "has schema \"\(stated.prefix(64))\"; expected \(expected)")
        }
    }

    private init(_ value: JSONValue, _ name: String) throws(MessageError) {
        guard case .object(let list) = value else {
            throw MessageError(.badField, "has \(value.kind) for \(name) where an object belongs")
        }
        members = list
        if case .string(let stated)? = value["schema"] {
            schema = MessageSchema(rawValue: stated)
        } else {
            schema = nil
        }
    }

    private subscript(_ name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }

    func string(_ name: String, atMost bytes: Int = MessageLimits.text) throws(MessageError) -> String {
        guard let text = try optionalString(name, atMost: bytes) else { throw missing(name) }
        return text
    }

    func optionalString(_ name: String, atMost bytes: Int = MessageLimits.text) throws(MessageError) -> String? {
        switch self[name] {
        case nil, .null?: return nil
        case .string(let text)?:
            guard text.utf8.count <= bytes else {
                throw MessageError(.badField, "has \(text.utf8.count) bytes for \(name), more than \(bytes)")
            }
            return text
        case let other?: throw wrong(name, other, "a string")
        }
    }

    /// A string of a form that `isForm` knows, which `form` names for people.
    func string(
        _ name: String, _ form: String, _ isForm: (String) -> Bool
    ) throws(MessageError) -> String {
        guard let text = try optionalString(name, form, isForm) else { throw missing(name) }
        return text
    }

    func optionalString(
        _ name: String, _ form: String, _ isForm: (String) -> Bool
    ) throws(MessageError) -> String? {
        guard let text = try optionalString(name) else { return nil }
        guard isForm(text) else {
            throw MessageError(.badField, "has \"\(text.prefix(64))\" for \(name), which is no \(form)")
        }
        return text
    }

    func integer(_ name: String, atLeast minimum: Int = 0) throws(MessageError) -> Int {
        switch self[name] {
        case nil, .null?: throw missing(name)
        case .integer(let number)? where number > MessageLimits.number:
            throw MessageError(.badField, "has \(number) for \(name), more than \(MessageLimits.number)")
        case .integer(let number)? where number >= minimum: return number
        case .integer(let number)?: throw MessageError(.badField, "has \(number) for \(name), less than \(minimum)")
        case let other?: throw wrong(name, other, "an integer")
        }
    }

    func optionalInteger(_ name: String) throws(MessageError) -> Int? {
        switch self[name] {
        case nil, .null?: return nil
        case _?: return try integer(name)
        }
    }

    func number(_ name: String, in range: ClosedRange<Double>) throws(MessageError) -> Double {
        let number: Double
        switch self[name] {
        case nil, .null?: throw missing(name)
        case .integer(let integer)?: number = Double(integer)
        case .number(let other)?: number = other
        case let other?: throw wrong(name, other, "a number")
        }
        guard range.contains(number) else {
            throw MessageError(
                .badField, "has \(number) for \(name), outside \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func word<Word: RawRepresentable>(
        _ name: String, _ type: Word.Type
    ) throws(MessageError) -> Word where Word.RawValue == String {
        guard let word = try optionalWord(name, type) else { throw missing(name) }
        return word
    }

    func optionalWord<Word: RawRepresentable>(
        _ name: String, _ type: Word.Type
    ) throws(MessageError) -> Word? where Word.RawValue == String {
        guard let text = try optionalString(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw MessageError(.badField, "has \"\(text.prefix(64))\" for \(name), which is none of its values")
        }
        return word
    }

    /// A hexadecimal identifier of exactly `digits` digits.
    func identifier<Subject>(
        _ name: String, digits: Int, _ type: Identifier<Subject>.Type
    ) throws(MessageError) -> Identifier<Subject> {
        Identifier(rawValue: try self.digits(name, digits))
    }

    /// Exactly `count` lower-case hexadecimal digits.
    func digits(_ name: String, _ count: Int) throws(MessageError) -> String {
        let text = try string(name)
        let isHexadecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        guard isHexadecimal, text.utf8.count == count else {
            throw MessageError(.badField, "has something else than \(count) hexadecimal digits for \(name)")
        }
        return text
    }

    func strings(_ name: String) throws(MessageError) -> [String] {
        guard let value = self[name] else { throw missing(name) }
        guard case .array(let elements) = value else { throw wrong(name, value, "an array") }
        guard elements.count <= MessageLimits.words else {
            throw MessageError(.badField, "has \(elements.count) words for \(name), more than \(MessageLimits.words)")
        }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw wrong(name, element, "a string in the array") }
            guard text.utf8.count <= MessageLimits.word else {
                throw MessageError(.badField, "has a word of \(text.utf8.count) bytes for \(name)")
            }
            texts.append(text)
        }
        return texts
    }

    func object(_ name: String) throws(MessageError) -> MessageFields {
        guard let object = try optionalObject(name) else { throw missing(name) }
        return object
    }

    func optionalObject(_ name: String) throws(MessageError) -> MessageFields? {
        switch self[name] {
        case nil, .null?: return nil
        case let value?: return try MessageFields(value, name)
        }
    }

    private func missing(_ name: String) -> MessageError {
        MessageError(.badField, "lacks the field \(name)")
    }

    private func wrong(_ name: String, _ value: JSONValue, _ expected: String) -> MessageError {
        MessageError(.badField, "has \(value.kind) for \(name) where \(expected) belongs")
    }
}

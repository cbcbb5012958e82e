extension JSONWriter {
    /// A document of one object on a line of its own.
    public static func line(capacity: Int = 4096, _ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter(capacity: capacity)
        json.beginObject()
        members(&json)
        json.endObject()
        json.endLine()
        return json.bytes
    }

    /// Writes a member whose value is an object.
    public mutating func object(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
        key(name)
        beginObject()
        members(&self)
        endObject()
    }

    /// Writes a member whose value is an array, with an object for each item.
    public mutating func objects<Item>(
        _ name: StaticString, _ items: some Sequence<Item>, _ members: (inout JSONWriter, Item) -> Void
    ) {
        key(name)
        beginArray()
        for item in items {
            beginObject()
            members(&self, item)
            endObject()
        }
        endArray()
    }
}

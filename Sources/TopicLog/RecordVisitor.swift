/// Takes records piece by piece as they lie in the log's memory, so that what only looks at bytes or
/// writes them elsewhere need not have a copy of each. Pointers are good for the call that brings
/// them, the key's and those of headers until the record's end.
public protocol RecordVisitor: AnyObject {
    /// A record begins. Returns whether the rest of it is wanted.
    func begin(
        _ partition: TopicPartition, offset: Int64, timestamp: Timestamp, key: UnsafeBufferPointer<UInt8>?
    ) -> Bool

    /// One of its headers, in order; names are bytes as they stand in the log, mostly UTF-8.
    func header(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>?)

    /// Its value, and its end.
    ///
    /// - Throws: whatever ends the reading; the record then counts as read.
    func end(_ value: UnsafeBufferPointer<UInt8>?) throws
}

extension Record {
    /// Shows the record to a visitor.
    ///
    /// - Throws: what the visitor throws.
    public func visit(_ visitor: any RecordVisitor) throws {
        let isWanted = withBuffer(key) {
            visitor.begin(partition, offset: offset, timestamp: timestamp, key: $0)
        }
        guard isWanted else { return }
        for header in headers {
            var name = header.name
            name.withUTF8 { name in withBuffer(header.value) { visitor.header(name, $0) } }
        }
        try withBuffer(value) { try visitor.end($0) }
    }
}

extension TopicConsumer {
    /// Polls, and shows the records to a visitor: what a log does that has them in no better form.
    public func visit(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        try visitCopies(limit, by: visitor)
    }

    /// The same, for logs that have them in a better form, but not for a member of a group, whose
    /// batch a rebalance may take back until it is whole.
    package func visitCopies(_ limit: BatchLimit, by visitor: any RecordVisitor) throws -> Int {
        let batch = try poll(limit)
        for record in batch.records { try record.visit(visitor) }
        return batch.records.count
    }
}

private func withBuffer<T>(_ bytes: [UInt8]?, _ body: (UnsafeBufferPointer<UInt8>?) throws -> T) rethrows -> T {
    guard let bytes else { return try body(nil) }
    return try bytes.withUnsafeBufferPointer { try body($0) }
}

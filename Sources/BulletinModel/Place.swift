/// Where in the topics a record stands, or the next one will: for progress and provenance.
public struct Place: Sendable, Hashable, Codable {
    /// The topic's name.
    public let topic: String
    /// The partition's number, from 0.
    public let partition: Int32
    /// The offset in the partition.
    public let offset: Int64

    /// Names a place.
    public init(topic: String, partition: Int32, offset: Int64) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
    }
}

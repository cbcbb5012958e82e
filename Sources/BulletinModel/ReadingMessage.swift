/// What a record in `gongbao.indicators` says: one of an article's indicators, or that
/// they are complete.
public enum ReadingMessage: Sendable, Equatable {
    /// One indicator.
    case indicator(Indicator)
    /// The article's indicators are complete.
    case closing(Closing)

    /// Reads the value of a record in `gongbao.indicators`, by its `schema`.
    ///
    /// - Throws: ``MessageError``.
    public init(message: [UInt8]) throws(MessageError) {
        let fields = try MessageFields(message, schemas: .indicator, .closing)
        if fields.schema == .closing {
            self = .closing(try Closing(fields: fields))
        } else {
            self = .indicator(try Indicator(fields: fields))
        }
    }
}

import BulletinModel
import TopicLog

extension Failure {
    /// Bad data: the record or the input becomes a dead letter with this code.
    public init(_ code: DeadLetterCode, _ message: String) {
        self.init(.data, code: code.rawValue, message)
    }

    /// The failure of a record whose value is no message of ours.
    public init(_ error: MessageError) {
        self.init(error.code, "The record \(error.message).")
    }

    /// The failure behind any error; one of unknown type is fatal, because nobody has
    /// thought about whether to go on is safe.
    public init(describing error: any Error) {
        switch error {
        case let error as Failure: self = error
        case let error as MessageError: self.init(error)
        default: self.init(.fatal, code: "unexpected", "Unexpected error: \(error).")
        }
    }
}

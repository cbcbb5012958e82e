import ArgumentParser
import Foundation
import Operations

/// The exit codes that scripts rely on.
enum ExitStatus: Int32 {
    /// Everything was done.
    case done = 0
    /// The work could not be done.
    case failed = 1
    /// The command line or the configuration was wrong.
    case usedWrongly = 2
    /// Some input was rejected, the rest was done.
    case someRejected = 3

    /// Writes what a person needs to know of an error and says how the process ends.
    static func report(_ error: any Error) -> ExitStatus {
        if let failure = error as? CommandFailure {
            if let message = failure.message { complain(message) }
            return failure.status
        }
        if let error = error as? ConfigurationError {
            complain(error.description)
            return .usedWrongly
        }
        let code = Gongbao.exitCode(for: error)
        if code == .success {
            let rendered = Gongbao.fullMessage(for: error)
            let page = HelpPage(insteadOf: rendered, Gongbao._dumpHelp(), width: HelpPage.width)
            print(page?.text ?? rendered)
            return .done
        }
        if code == .validationFailure {
            StandardStreams.error(HelpPage.error(Gongbao.fullMessage(for: error)) + "\n")
            return .usedWrongly
        }
        complain(final("\(error)"))
        return .failed
    }

    /// The sentence of an error that a worker would try again, where the command ends with it.
    static func final(_ sentence: String) -> String { sentence.replacing("; it is tried again.", with: ".") }

    /// One plain sentence on standard error, safe to show on a terminal.
    static func complain(_ sentence: String) {
        LineLogHandler.standardError("gongbao: " + Terminal.safe(Say.text(sentence)))
    }
}

/// Ends a command with a status and, unless everything has been said, a sentence.
struct CommandFailure: Error {
    let status: ExitStatus
    let message: String?

    static func failed(_ message: String) -> Self { Self(status: .failed, message: message) }
    static func usedWrongly(_ message: String) -> Self { Self(status: .usedWrongly, message: message) }
    /// The rejections have been reported one by one.
    static let someRejected = Self(status: .someRejected, message: nil)
}

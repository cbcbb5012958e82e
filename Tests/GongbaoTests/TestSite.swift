import Foundation
import Testing

extension Program {
    /// A new directory where `data` has the topics and the database of this many bulletins, each of one
    /// article and 18 indicators.
    static func site(_ bulletins: Int) throws -> URL {
        let place = try directory()
        let inbox = place.appending(path: "inbox")
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        for number in 0..<bulletins {
            let lines = (1...9).map { "2023年，第\($0)区完成投资\(number + 10 * $0)亿元，比上年增长\($0).5%。" }
            let text = "# 第\(number)号公告\n\n" + lines.joined(separator: "\n\n") + "\n"
            try Data(text.utf8).write(to: inbox.appending(path: "b\(number).md"))
        }
        let outcome = try run(["run", "--inbox", inbox.path, "--data", place.appending(path: "data").path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        return place
    }
}

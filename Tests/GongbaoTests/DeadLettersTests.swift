import Foundation
import Testing

/// What could not be read, listed and offered again from the command line.
@Suite struct DeadLettersTests {
    /// Two files that are no bulletins, offered once.
    private func site() throws -> (place: URL, data: [String]) {
        let place = try Program.directory()
        let files = [("bad.bin", [0xFF, 0xFF, 0x80]), ("empty.md", [UInt8]())].map { name, bytes in
            (place.appending(path: name), Data(bytes))
        }
        for (file, bytes) in files { try bytes.write(to: file) }
        let data = ["--data", place.appending(path: "data").path]
        let run = try Program.run(["run"] + files.map(\.0.path) + data)
        try #require(run.status == 3 && run.output.contains("2 rejected"), "\(run.errors)")
        return (place, data)
    }

    /// The columns id and attempts.
    private func list(_ data: [String]) throws -> [(id: String, attempts: String)] {
        try Program.run(["deadletters", "list"] + data).output.split(separator: "\n").dropFirst().map {
            let cells = $0.split(separator: " ").map(String.init)
            return (cells[0], cells[4])
        }
    }

    @Test("what comes back is counted: each requeue is another attempt, and the end says so")
    func twice() throws {
        let (place, data) = try site()
        defer { try? FileManager.default.removeItem(at: place) }
        let id = try #require(try list(data).first).id
        for attempt in 2...3 {
            let again = try Program.run(["deadletters", "requeue", String(id.prefix(8))] + data)
            #expect(again.status == 3 && again.output.contains("Offered 1 again, 1 of them rejected once more"))
            #expect(try list(data).filter { $0.id == id }.map(\.attempts) == (1...attempt).map { "\($0)" })
        }
        let all = try Program.run(["deadletters", "requeue", "--all"] + data)
        #expect(all.status == 3 && all.output.contains("Offered 2 again, 2 of them rejected once more"))
        #expect(try list(data).filter { $0.id == id }.last?.attempts == "4")
        let shown = try Program.run(["deadletters", "show", id] + data)
        #expect(shown.output.contains("dlq.attempts: 4"), "\(shown.output)")
    }

    @Test("an id that names none or several is told, and nothing is offered")
    func named() throws {
        let (place, data) = try site()
        defer { try? FileManager.default.removeItem(at: place) }
        let id = try #require(try list(data).first).id
        for command in ["show", "requeue"] {
            let none = try Program.run(["deadletters", command, "zz"] + data)
            #expect(none.status == 1 && none.errors.contains("there is no dead letter zz"), "\(none.errors)")
            let several = try Program.run(["deadletters", command, ""] + data)
            #expect(several.status == 2 && several.errors.contains("2 dead letters begin with nothing"))
        }
        #expect(try Program.run(["deadletters", "requeue", id, "zz"] + data).status == 1)
        #expect(try Program.run(["deadletters", "requeue", id, "--all"] + data).status == 2)
        #expect(try Program.run(["deadletters", "requeue", "--code", "nothing"] + data).status == 0)
        #expect(try list(data).count == 2)
    }
}

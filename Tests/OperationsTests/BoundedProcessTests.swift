import Foundation
import Operations
import Testing

/// Another program, within bounds.
@Suite struct BoundedProcessTests {
    private func run(
        _ program: String, _ arguments: [String] = [], input: [UInt8] = [], output: Int = 1 << 20, processor: UInt = 30,
        seconds: Double = 120
    ) throws -> BoundedProcess.Result {
        let bounds = BoundedProcess.Bounds(
            processorSeconds: processor, seconds: seconds, memory: 1 << 30, output: output)
        return try BoundedProcess(program, arguments, bounds).run(input: input)
    }

    @Test("bytes go in and out unchanged, however many, and from many threads at once")
    func bytes() throws {
        let input = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let result = try? run("/bin/cat", input: input)
            #expect(result?.ending == .exited(0) && result?.output == input)
        }
    }

    @Test("its status, its errors and a program that wants no input are told as they are")
    func endings() throws {
        let result = try run(
            "/bin/sh", ["-c", "echo trouble >&2; exit 7"], input: [UInt8](repeating: 0, count: 1 << 20))
        #expect(result.ending == .exited(7) && result.errors == "trouble\n")
        #expect(try run("/bin/sh", ["-c", "kill -9 $$"]).ending == .signalled(SIGKILL))
        #expect(throws: BoundedProcess.StartFailure(number: ENOENT)) { try run("/no/such/program") }
    }

    @Test("it has no file of ours, none of our environment, and may write no file")
    func confined() throws {
        let result = try run("/bin/sh", ["-c", "ls /proc/$$/fd; env"])
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.prefix { Int($0) != nil } == ["0", "1", "2"])
        #expect(
            Set(lines.filter { $0.contains("=") && !$0.hasPrefix("PWD") && !$0.hasPrefix("_=") }) == [
                "LC_ALL=C.UTF-8", "HOME=/nonexistent",
            ])
        let file = FileManager.default.temporaryDirectory.appending(path: "bounded-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try run("/bin/sh", ["-c", "echo x > \(file.path)"]).ending != .exited(0))
    }

    @Test("too much output, too much processor time and too long a wait end it")
    func bounds() throws {
        #expect(try run("/usr/bin/yes", output: 100_000).ending == .outOfOutput)
        #expect(try run("/bin/sh", ["-c", "while :; do :; done"], processor: 1).ending == .outOfTime)
        #expect(try run("/bin/sh", ["-c", "exec tail -f /dev/null"], seconds: 0.2).ending == .late)
    }
}

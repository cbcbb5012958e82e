import Foundation
import Glibc
import Synchronization

/// Another program, run on bytes from outside within bounds: no shell, an environment of its own,
/// no file of ours open in it, and an end to its time, memory and output.
public struct BoundedProcess: Sendable {
    /// What it may use.
    public struct Bounds: Sendable {
        /// Seconds of processor time; the same on a busy machine as on an idle one.
        public let processorSeconds: UInt
        /// Seconds until it is killed in any case.
        public let seconds: Double
        /// Bytes of memory.
        public let memory: UInt
        /// Bytes on standard output.
        public let output: Int

        /// Sets the bounds.
        public init(processorSeconds: UInt, seconds: Double, memory: UInt, output: Int) {
            self.processorSeconds = processorSeconds
            self.seconds = seconds
            self.memory = memory
            self.output = output
        }
    }

    /// How it ended.
    public enum Ending: Sendable, Equatable {
        /// By itself, with this status.
        case exited(Int32)
        /// It used its processor time up.
        case outOfTime
        /// It wrote more than it may.
        case outOfOutput
        /// It did not end in time, though it had processor time left.
        case late
        /// A signal that nobody here sent ended it.
        case signalled(Int32)
    }

    /// What it left.
    public struct Result: Sendable, Equatable {
        /// How it ended.
        public let ending: Ending
        /// Standard output.
        public let output: [UInt8]
        /// The beginning of standard error.
        public let errors: String
    }

    /// Why it did not start, as the system says.
    public struct StartFailure: Error, Sendable, Equatable {
        /// `errno`.
        public let number: Int32

        /// With this `errno`.
        public init(number: Int32) {
            self.number = number
        }
    }

    private static let mostErrors = 64 << 10
    /// Of util-linux, which every Debian has: it sets the bounds and then becomes the program.
    private static let setter = "/usr/bin/prlimit"
    /// One start at a time: until a pipe's ends are marked as ours alone, another child would inherit them,
    /// and would keep this one waiting for an end that never comes.
    private static let starting = Mutex(())
    private let path: String
    private let arguments: [String]
    private let bounds: Bounds
    private let environment: [String]

    /// The program at this path.
    ///
    /// - Parameter environment: variables (`NAME=value`) that it has besides its locale and a home that is none.
    public init(_ path: String, _ arguments: [String], _ bounds: Bounds, environment: [String] = []) {
        self.environment = environment
        self.path = path
        self.arguments = arguments
        self.bounds = bounds
    }

    /// Runs it to its end on this standard input.
    ///
    /// - Throws: ``StartFailure``.
    public func run(input: [UInt8]) throws(StartFailure) -> Result {
        let (child, pipes) = try start()
        let (output, errors, stopped) = carry(input, pipes)
        if stopped != nil { kill(child, SIGKILL) }
        let ending = wait(child)
        let said = String(decoding: errors, as: UTF8.self)
        // Where bounds may not be set, or there is no such program, nothing ran.
        if stopped == nil, ending != .exited(0), said.hasPrefix("prlimit: ") {
            throw StartFailure(number: ending == .exited(1) ? EPERM : ENOENT)
        }
        return Result(ending: stopped ?? ending, output: output, errors: said)
    }

    /// Starts it; our ends of its standard input, output and errors.
    private func start() throws(StartFailure) -> (pid_t, [Int32]) {
        try Self.starting.withLock { _ throws(StartFailure) in
            var (ours, theirs): ([Int32], [Int32]) = ([], [])
            defer { theirs.forEach { close($0) } }
            do throws(StartFailure) {
                for place in 0..<3 {
                    var ends: [Int32] = [-1, -1]
                    // Standard input is a socket, so that a child that does not want it ends no one.
                    let made =
                        place == 0
                        ? socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) : pipe(&ends)
                    guard made == 0 else { throw StartFailure(number: errno) }
                    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
                    ours.append(ends[place == 0 ? 1 : 0])
                    theirs.append(ends[place == 0 ? 0 : 1])
                }
                return (try spawn(theirs), ours)
            } catch {
                ours.forEach { close($0) }
                throw error
            }
        }
    }

    private func spawn(_ standard: [Int32]) throws(StartFailure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (place, descriptor) in standard.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
        }
        // What is open here is marked to be closed there; what somebody forgot to mark is closed, too.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let descriptor = Int32(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Our own signals are not its own: an interrupt at the terminal lets us finish what is under way.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        let limits = [
            // One second more until it is killed: the first signal tells that it was this bound.
            "--cpu=\(bounds.processorSeconds):\(bounds.processorSeconds + 1)", "--as=\(bounds.memory)",
            "--fsize=0", "--core=0",
        ]
        func copies(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] { words.map { strdup($0) } + [nil] }
        var words = copies([Self.setter] + limits + [path] + arguments)
        var environment = copies(["LC_ALL=C.UTF-8", "HOME=/nonexistent"] + self.environment)
        defer { (words + environment).forEach { free($0) } }
        var child: pid_t = 0
        let number = posix_spawn(&child, Self.setter, &actions, &attributes, &words, &environment)
        guard number == 0 else { throw StartFailure(number: number) }
        return child
    }

    /// Feeds it and reads what it writes, to the end or to where it must be stopped.
    private func carry(_ input: [UInt8], _ pipes: [Int32]) -> ([UInt8], [UInt8], Ending?) {
        var (output, errors): ([UInt8], [UInt8]) = ([], [])
        var open = pipes
        defer { for descriptor in open where descriptor >= 0 { close(descriptor) } }
        func end(_ place: Int) {
            close(open[place])
            open[place] = -1
        }
        for descriptor in pipes { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        var part = [UInt8](repeating: 0, count: 1 << 16)
        var written = 0
        if input.isEmpty { end(0) }
        let deadline = Self.uptime + bounds.seconds
        while open[1] >= 0 || open[2] >= 0 {
            let left = deadline - Self.uptime
            guard left > 0 else { return ([], errors, .late) }
            // Places without a descriptor are left out by the system.
            var waiting = open.enumerated().map {
                pollfd(fd: $0.element, events: Int16($0.offset == 0 ? POLLOUT : POLLIN), revents: 0)
            }
            if poll(&waiting, 3, Int32(min(left * 1000 + 1, 1_000_000))) <= 0 { continue }
            if waiting[0].revents != 0 {
                let count = input.withUnsafeBytes {
                    send(open[0], $0.baseAddress.map { $0 + written }, $0.count - written, Int32(MSG_NOSIGNAL))
                }
                if count > 0 { written += count }
                // One that does not want the rest, or all that there is.
                if written == input.count || count < 0 && errno != EAGAIN && errno != EINTR { end(0) }
            }
            for place in 1...2 where waiting[place].revents != 0 {
                let count = read(open[place], &part, part.count)
                if count < 0, errno == EAGAIN || errno == EINTR { continue }
                if count <= 0 {
                    end(place)
                } else if place == 2 {
                    errors += part.prefix(min(count, Self.mostErrors - errors.count))
                } else {
                    guard output.count + count <= bounds.output else { return ([], errors, .outOfOutput) }
                    output += part.prefix(count)
                }
            }
        }
        return (output, errors, nil)
    }

    private func wait(_ child: pid_t) -> Ending {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        if signal == 0 { return .exited(status >> 8 & 0xFF) }
        return signal == SIGXCPU ? .outOfTime : .signalled(signal)
    }

    private static var uptime: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

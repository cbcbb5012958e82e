import Foundation

/// What the system tells of this process; nil where it does not.
public struct ProcessFigures: Sendable {
    /// Bytes in RAM.
    public let residentBytes: Int?
    /// Processor time in seconds, user and system.
    public let processorSeconds: Double?
    /// Files and sockets that are open.
    public let openFiles: Int?

    /// Asks the system.
    public init() {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        residentBytes = fields.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map {
            $0 * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
        var usage = rusage()
        #if os(Linux)
            let status = getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        #else
            let status = getrusage(RUSAGE_SELF, &usage)
        #endif
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        processorSeconds = status == 0 ? seconds(usage.ru_utime) + seconds(usage.ru_stime) : nil
        // The directory that is read is itself open.
        openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { max(0, $0.count - 1) }
    }
}

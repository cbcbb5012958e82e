import Foundation

/// The descriptors that a program is started with. Any of them may be closed, full, or a pipe
/// whose reader is gone: none of that may end a worker.
public enum StandardStreams {
    /// Keeps files and connections from getting the numbers of streams that the starter closed:
    /// what is printed would go into them. Reading and writing those streams fails as before.
    ///
    /// To be called before anything is opened.
    public static func holdPlaces() {
        for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
        where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is taken, which is this one, as those before it are taken.
            _ = open("/dev/null", mode)
        }
    }

    /// Writes all bytes, waiting where the reader is slow.
    ///
    /// - Returns: 0, or the `errno` that ended it.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// Writes text to standard error, in one call so that lines of threads do not mix. What
    /// cannot be written is let go: there is nowhere to tell it.
    public static func error(_ text: String) {
        _ = write(Array(text.utf8), to: STDERR_FILENO)
    }
}

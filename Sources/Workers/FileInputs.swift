import Foundation
import TopicLog

/// Files that are named one by one, in the order in which they are named.
public final class FileInputs: InputSource {
    private var rest: ArraySlice<String>
    private let largest: Int

    /// Offers these files; of one larger than `largest` bytes only the head is read.
    public init(_ paths: [String], largest: Int) {
        rest = paths[...]
        self.largest = largest
    }

    /// The next of them; a file that cannot be read is told and passed over.
    public func next(_ limit: BatchLimit, draining: Bool) -> [Offer]? {
        if rest.isEmpty { return nil }
        var offers: [Offer] = []
        var bytes = 0
        while let path = rest.first, offers.count < limit.records {
            do throws(InputFile.Problem) {
                let file = try InputFile(path, followingLinks: true)
                let expected = file.size > largest ? InputFile.headBytes : file.size
                if !offers.isEmpty && bytes + expected > limit.bytes { break }
                let (content, _) = try InputFile.read(path, largest: largest, followingLinks: true)
                let input = Input(name: URL(fileURLWithPath: path).lastPathComponent, content: content)
                bytes += input.size
                offers.append(.input(input))
            } catch {
                offers.append(.unreadable(name: path, reason: error.reason))
            }
            rest = rest.dropFirst()
        }
        return offers
    }
}

/// One bulletin on standard input, or another descriptor.
public final class StandardInput: InputSource {
    private let descriptor: Int32
    private let largest: Int
    private var bytes: [UInt8] = []
    private var hasEnded = false

    /// Reads the descriptor to its end, or to one byte more than `largest`.
    public init(descriptor: Int32 = STDIN_FILENO, largest: Int) {
        self.descriptor = descriptor
        self.largest = largest
    }

    /// Nothing until the end of the input has come, then all of it.
    public func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
        if hasEnded { return nil }
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, Int32(clamping: limit.wait.milliseconds)) > 0 else { return [] }
        do throws(InputFile.Problem) {
            let before = bytes.count
            let room = largest + 1 - before
            var chunk = [UInt8](repeating: 0, count: min(room, 1 << 20))
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { return [] }
                throw InputFile.Problem("standard input", errno)
            }
            bytes += chunk.prefix(count)
            if count > 0 && bytes.count <= largest { return [] }
        } catch {
            hasEnded = true
            return [.unreadable(name: "stdin", reason: error.reason)]
        }
        hasEnded = true
        let content: Input.Content =
            bytes.count > largest ? .tooLarge(head: Array(bytes.prefix(InputFile.headBytes)), size: nil) : .whole(bytes)
        bytes = []
        return [.input(Input(name: "stdin", content: content))]
    }
}

import BulletinModel
import Foundation
import TopicLog

/// Files that are named one by one, in the order in which they are named.
public final class FileInputs: InputSource {
    private var rest: ArraySlice<String>
    private let confinement = Confinement()
    private let largest: Int
    private let given: GivenBeside
    /// The first of the rest, where it is being read as it comes.
    private var stream: (input: StandardInput, descriptor: Int32)?

    /// Offers these files with what is said of each; of one larger than `largest` bytes only the head is read. What
    /// is said of a file among them is none itself.
    public init(_ paths: [String], largest: Int, given: GivenBeside = GivenBeside()) {
        rest = paths.filter { !GivenBeside.isBeside($0) }[...]
        self.largest = largest
        self.given = given
    }

    /// The next of them; a file that cannot be read is told and passed over.
    public func next(_ limit: BatchLimit, draining: Bool) -> [Offer]? {
        confinement.check()
        if rest.isEmpty { return nil }
        var offers: [Offer] = []
        var bytes = 0
        while let path = rest.first, offers.count < limit.records {
            do throws(InputFile.Problem) {
                let file = try InputFile(path, followingLinks: true)
                if file.isStream || stream != nil {
                    if !offers.isEmpty { break }
                    offers = try flow(path, limit)
                    if offers.isEmpty { return [] }
                    continue
                }
                let expected = file.size > largest ? InputFile.headBytes : file.size
                if !offers.isEmpty && bytes + expected > limit.bytes { break }
                let (content, _) = try InputFile.read(path, largest: largest, followingLinks: true)
                let input = Input(
                    name: FileName.shown(FileName.last(path)), content: content, given: try said(of: path))
                bytes += input.size
                offers.append(.input(input))
            } catch {
                offers.append(.unreadable(name: FileName.shown(path), reason: error.reason))
            }
            rest = rest.dropFirst()
        }
        return offers
    }

    private func said(of path: String) throws(InputFile.Problem) -> GivenData {
        do throws(GivenData.Problem) { return try given.data(of: path) } catch { throw InputFile.Problem(error) }
    }

    /// Lets go of what is being read.
    public func close() {
        if let stream { _ = Foundation.close(stream.descriptor) }
        stream = nil
    }

    /// What a pipe or a device has, once it has come to its end. A pipe may never get a writer:
    /// it is looked at for as long as the limit says, so that the producer can still be stopped.
    private func flow(_ path: String, _ limit: BatchLimit) throws(InputFile.Problem) -> [Offer] {
        if stream == nil {
            let descriptor = FileName.lend(path) { Foundation.open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
            guard descriptor >= 0 else { throw InputFile.Problem(path, errno) }
            let name = FileName.shown(FileName.last(path))
            stream = (
                StandardInput(descriptor: descriptor, name: name, largest: largest, given: try said(of: path)),
                descriptor
            )
        }
        let offers = stream?.input.next(limit, draining: false) ?? []
        if !offers.isEmpty {
            close()
            rest = rest.dropFirst()
        }
        return offers
    }
}

/// One bulletin on standard input, or another descriptor.
public final class StandardInput: InputSource {
    private let descriptor: Int32
    private let name: String
    private let largest: Int
    private var bytes: [UInt8] = []
    private var hasEnded = false
    private let given: GivenData
    private let confinement = Confinement()

    /// Reads the descriptor to its end, or to one byte more than `largest`.
    ///
    /// - Parameter given: what is said of it.
    public init(
        descriptor: Int32 = STDIN_FILENO, name: String = "stdin", largest: Int, given: GivenData = GivenData()
    ) {
        self.given = given
        self.descriptor = descriptor
        self.name = name
        self.largest = largest
    }

    /// Nothing until the end of the input has come, then all of it.
    public func next(_ limit: BatchLimit, draining: Bool) -> [Offer]? {
        confinement.check()
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
                throw InputFile.Problem(name, errno)
            }
            bytes += chunk.prefix(count)
            if count > 0 && bytes.count <= largest { return [] }
        } catch {
            hasEnded = true
            return [.unreadable(name: name, reason: error.reason)]
        }
        hasEnded = true
        let content: Input.Content =
            bytes.count > largest ? .tooLarge(head: Array(bytes.prefix(InputFile.headBytes)), size: nil) : .whole(bytes)
        bytes = []
        return [.input(Input(name: name, content: content, given: given))]
    }
}

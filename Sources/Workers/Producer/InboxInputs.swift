import BulletinModel
import Foundation
import TopicLog

/// How an inbox is read.
public struct InboxSettings: Sendable {
    /// The directory.
    public let path: String
    /// Whether to wait for more files when those that are there are read.
    public let watches: Bool
    /// The largest bulletin that is taken, in bytes.
    public let largest: Int
    /// How long a file must stay as it is to count as complete, where no event says so.
    public let settle: Duration
    /// How often the directory is listed, for what no event told.
    public let rescan: Duration
    /// A directory that files are moved to when they are in the log, with the directories that they lie in; nil
    /// leaves them where they are.
    public let moveTo: String?
    /// What is said of the files, and by what beside them.
    public let given: GivenBeside
    /// Patterns of a shell of which a file must fit one, by its name or, where the pattern has a slash, by its path;
    /// none takes all.
    public let patterns: [String]

    /// Gathers the settings.
    public init(
        path: String, watches: Bool, largest: Int = 16 << 20, settle: Duration = .seconds(2),
        rescan: Duration = .seconds(10), moveTo: String? = nil, given: GivenBeside = GivenBeside(),
        patterns: [String] = []
    ) {
        self.patterns = patterns
        self.given = given
        self.path = path
        self.watches = watches
        self.largest = largest
        self.settle = settle
        self.rescan = rescan
        self.moveTo = moveTo
    }
}

/// The files of a directory and those in it, by path; with `watches` those that come later, too.
///
/// A file is taken when it is complete: when it was closed after writing or renamed in, or,
/// where no event tells (a network file system, files that were there before), when size
/// and time have not changed for a while. Names that begin with a point or end like those of unfinished files
/// are not looked at, nor are links and pipes, the directory that files are moved to, and what a Maildir is
/// still being given (`tmp`). A file's name is its path in the inbox. `NAME.meta.json` says something of the file beside
/// it and is no input; when it changes the file is offered again.
public final class InboxInputs: InputSource {
    private struct Candidate {
        var file: InputFile
        var since: Duration
        var isBeingWritten: Bool
    }

    private let settings: InboxSettings
    private let clock: any WorkerClock
    private let confinement = Confinement()
    private let watch: (String) throws(Failure) -> any DirectoryEvents
    private var events: (any DirectoryEvents)?
    private var lease: Int32 = -1
    private var nextScan: Duration?
    private var ready: Set<String> = []
    private var candidates: [String: Candidate] = [:]
    private var taken: [String: InputFile] = [:]
    /// What stood beside the files that were read, where anything did.
    private var besides: [String: InputFile] = [:]
    private var unreadable: Set<String> = []
    /// What is to be told with the next offers.
    private var told: [Offer] = []
    private let tree: InboxTree

    /// An inbox of this machine.
    public convenience init(_ settings: InboxSettings, clock: any WorkerClock = SystemClock()) {
        self.init(settings, clock: clock) { (path: String) throws(Failure) -> any DirectoryEvents in
            #if canImport(Glibc) || canImport(Musl)
                try InotifyEvents(path)
            #else
                RescanOnly()
            #endif
        }
    }

    init(
        _ settings: InboxSettings, clock: any WorkerClock,
        watch: @escaping (String) throws(Failure) -> any DirectoryEvents
    ) {
        self.settings = settings
        self.clock = clock
        self.watch = watch
        tree = InboxTree(settings.path, without: settings.moveTo, patterns: settings.patterns)
    }

    /// Checks that the directory is there, and begins to watch.
    public func open() throws {
        confinement.check()
        try takeLease()
        if let directory = settings.moveTo { try checkMove(to: directory) }
        // Watching begins before the first listing, so that nothing falls between.
        if settings.watches && events == nil { events = try watch(settings.path) }
        if nextScan == nil, tree.names(of: "") == nil { try cannotList() }
    }

    /// The next complete files.
    public func next(_ limit: BatchLimit, draining: Bool) throws -> [Offer]? {
        confinement.check()
        if let events {
            let wait = ready.isEmpty && nextScan != nil && !draining ? limit.wait : .zero
            for event in try events.next(atMost: min(wait, untilNextLook)) { note(event) }
        }
        let now = clock.uptime
        let isFirst = nextScan == nil
        if draining || now >= nextScan ?? now { try scan(now) }
        if settings.watches {
            settle(now)
        } else if isFirst {
            ready = Set(candidates.keys)
            candidates = [:]
        }
        var offers = take(limit)
        offers += told
        told = []
        if offers.isEmpty && ready.isEmpty && (draining || !settings.watches) { return nil }
        return offers
    }

    /// Remembers the files, and moves them where they were told to go.
    public func done(_ inputs: [Input]) {
        confinement.check()
        for file in inputs.compactMap(\.file) where file.path.hasPrefix(settings.path + "/") {
            let name = String(file.path.dropFirst(settings.path.count + 1))
            taken[name] = file
            // A file that was written again meanwhile is another input.
            guard let directory = settings.moveTo, look(name) == file else { continue }
            do throws(InputFile.Problem) {
                let moved = try InboxMove.move(file.path, to: directory, as: name)
                if beside(name) != nil {
                    _ = try InboxMove.move(
                        file.path + GivenBeside.ending, to: directory, as: moved + GivenBeside.ending)
                }
            } catch {
                told.append(
                    .leftover(
                        name: FileName.shown(name),
                        reason:
                            "It is in the log and could not be moved to \(FileName.shown(directory)): \(error.reason)"))
            }
        }
    }

    /// Ends the watch, and lets another producer read the inbox.
    public func close() {
        events?.close()
        events = nil
        if lease >= 0 { _ = Foundation.close(lease) }
        lease = -1
    }

    /// One producer at a time reads an inbox: two would write each bulletin twice, since neither knows what the
    /// other has just written. A lock of the directory itself says so, which ends with the process. One that
    /// watches waits for its turn and takes over.
    private func takeLease() throws(Failure) {
        guard lease < 0 else { return }
        let descriptor = FileName.lend(settings.path) { Foundation.open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        // What cannot be opened is told by the listing.
        guard descriptor >= 0 else { return }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            _ = Foundation.close(descriptor)
            throw Failure(
                settings.watches ? .transient : .setup, code: "inbox_taken",
                "Another producer reads the inbox \(settings.path); end it first"
                    + (settings.watches ? ", or leave this one to take over when it ends." : "."))
        }
        // A file system without locks cannot tell; it is read all the same.
        lease = descriptor
    }

    /// What has been read must have a place to be moved to.
    private func checkMove(to directory: String) throws(Failure) {
        var there = stat()
        let isThere = FileName.lend(directory, { stat($0, &there) }) == 0 && there.st_mode & S_IFMT == S_IFDIR
        guard isThere, FileName.lend(directory, { access($0, W_OK | X_OK) }) == 0 else {
            throw Failure(
                .setup, code: "move_to",
                "Files of the inbox cannot be moved to \(directory): it is no directory that this user may write.")
        }
    }

    deinit { close() }

    /// Until something without an event could have become complete.
    private var untilNextLook: Duration {
        let settling = candidates.values.filter { !$0.isBeingWritten }.map { $0.since + settings.settle }
        guard let next = ([nextScan].compactMap { $0 } + settling).min() else { return .zero }
        return max(.zero, next - clock.uptime)
    }

    private func note(_ event: DirectoryEvent) {
        switch event {
        case .complete(let name) where name.hasSuffix(GivenBeside.ending):
            // What is said anew of a file that was read is offered with it; one that was not is read with it anyhow.
            let file = String(name.dropLast(GivenBeside.ending.count))
            if tree.takes(file), look(file) != nil, candidates[file] == nil { ready.insert(file) }
        case .created(let name) where tree.takes(name):
            // A hard link to a complete file tells nothing more; what is written tells so at once.
            guard let file = look(name), candidates[name] == nil, !ready.contains(name) else { return }
            candidates[name] = Candidate(file: file, since: clock.uptime, isBeingWritten: file.size == 0)
        case .writing(let name) where tree.takes(name):
            guard let file = look(name) else { return }
            ready.remove(name)
            candidates[name] = Candidate(file: file, since: clock.uptime, isBeingWritten: true)
        case .complete(let name) where tree.takes(name):
            candidates[name] = nil
            unreadable.remove(name)
            if look(name) != nil { ready.insert(name) }
        case .gone(let name):
            candidates[name] = nil
            ready.remove(name)
            taken[name] = nil
            unreadable.remove(name)
        case .overflow:
            // Who is still writing is not known any more: time tells instead.
            for name in candidates.keys { candidates[name]?.isBeingWritten = false }
            nextScan = clock.uptime
        case .directories: nextScan = clock.uptime
        default: break
        }
    }

    private func scan(_ now: Duration) throws {
        guard let found = tree.files(watching: { events?.watch($0) }) else { try cannotList() }
        let names = found.files
        nextScan = now + settings.rescan
        for name in names where !ready.contains(name) && candidates[name] == nil {
            guard let file = look(name), taken[name] != file || besides[name] != beside(name) else { continue }
            candidates[name] = Candidate(file: file, since: now, isBeingWritten: false)
        }
        for directory in found.unreadable where unreadable.insert(directory).inserted {
            told.append(
                .unreadable(
                    name: FileName.shown(path(directory)),
                    reason: "\(FileName.shown(path(directory))) cannot be listed and entered by this user."))
        }
        taken = taken.filter { names.contains($0.key) }
        besides = besides.filter { names.contains($0.key) }
        unreadable.formIntersection(names.union(found.unreadable))
    }

    /// Moves to `ready` what has not changed for long enough.
    private func settle(_ now: Duration) {
        for (name, candidate) in candidates where !candidate.isBeingWritten {
            guard let file = look(name) else {
                candidates[name] = nil
                continue
            }
            if file != candidate.file {
                candidates[name] = Candidate(file: file, since: now, isBeingWritten: false)
            } else if now - candidate.since >= settings.settle {
                candidates[name] = nil
                ready.insert(name)
            }
        }
    }

    private func take(_ limit: BatchLimit) -> [Offer] {
        var offers: [Offer] = []
        var bytes = 0
        for name in ready.sorted() where offers.count < limit.records {
            do throws(InputFile.Problem) {
                let before = try InputFile(path(name), followingLinks: false)
                let expected = before.size > settings.largest ? InputFile.headBytes : before.size
                if !offers.isEmpty && bytes + expected > limit.bytes { break }
                ready.remove(name)
                let (content, _) = try InputFile.read(path(name), largest: settings.largest, followingLinks: false)
                let after = try InputFile(path(name), followingLinks: false)
                if settings.watches && after != before {
                    candidates[name] = Candidate(file: after, since: clock.uptime, isBeingWritten: false)
                    continue
                }
                let beside = beside(name)
                let input = Input(
                    name: FileName.shown(name), content: content, given: try said(of: path(name)), file: before)
                // Before it is in the log a listing must not offer it again.
                taken[name] = before
                besides[name] = beside
                bytes += input.size
                offers.append(.input(input))
            } catch {
                ready.remove(name)
                // One that is gone was never ours; any other is told once, and tried again.
                if error.number != ENOENT, unreadable.insert(name).inserted {
                    offers.append(.unreadable(name: FileName.shown(path(name)), reason: error.reason))
                }
            }
        }
        return offers
    }

    private func look(_ name: String) -> InputFile? {
        guard let file = try? InputFile(path(name), followingLinks: false), file.isRegular else { return nil }
        return file
    }

    /// What stands beside a file and says something of it.
    private func beside(_ name: String) -> InputFile? { look(name + GivenBeside.ending) }

    private func said(of path: String) throws(InputFile.Problem) -> GivenData {
        do throws(GivenData.Problem) { return try settings.given.data(of: path, followingLinks: false) } catch {
            throw InputFile.Problem(error)
        }
    }

    private func path(_ name: String) -> String { settings.path + "/" + name }

    private func cannotList() throws(Failure) -> Never {
        throw Failure(
            nextScan == nil ? .setup : .transient, code: "inbox",
            "The inbox \(settings.path) cannot be read; check that it is a directory that this user may list and enter."
        )
    }
}

/// Where the system tells no events: the listings find everything.
private final class RescanOnly: DirectoryEvents {
    func watch(_ directory: String) {}
    func next(atMost wait: Duration) -> [DirectoryEvent] { [] }
    func close() {}
}

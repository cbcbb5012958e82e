import Foundation
import Testing
import TopicLog

@testable import Workers

/// Events that a test puts in; waiting for them lets time pass.
private final class ScriptedEvents: DirectoryEvents {
    let clock: ManualClock
    var pending: [DirectoryEvent] = []
    var watched: Set<String> = []

    init(_ clock: ManualClock) { self.clock = clock }

    func next(atMost wait: Duration) throws(Failure) -> [DirectoryEvent] {
        if pending.isEmpty { clock.advance(wait) }
        defer { pending = [] }
        return pending
    }
    func close() {}
    func watch(_ directory: String) { watched.insert(directory) }
}

@Suite("The inbox")
final class InboxInputsTests {
    private let clock = ManualClock()
    private let folder: URL
    private let limit = BatchLimit(records: 10, bytes: 1 << 20, wait: .milliseconds(500))
    private lazy var events = ScriptedEvents(clock)

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("inbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func put(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }

    private func append(_ name: String, _ text: String) throws {
        let handle = try FileHandle(forWritingTo: folder.appendingPathComponent(name))
        try handle.seekToEnd()
        handle.write(Data(text.utf8))
        try handle.close()
    }

    private func inbox(watches: Bool = true, largest: Int = 1000, moveTo: String? = nil) throws -> InboxInputs {
        let events = events
        let inbox = InboxInputs(
            InboxSettings(
                path: folder.path, watches: watches, largest: largest, settle: .seconds(2), rescan: .seconds(10),
                moveTo: moveTo),
            clock: clock, watch: { _ in events })
        try inbox.open()
        return inbox
    }

    /// What is offered next, as name and text, and told to be done.
    private func next(_ inbox: InboxInputs) throws -> [String] {
        guard let offers = try inbox.next(limit, draining: false) else { return ["end"] }
        return offers.map { offer in
            switch offer {
            case .input(let input):
                inbox.done([input])
                switch input.content {
                case .whole(let bytes): return "\(input.name)=\(String(decoding: bytes, as: UTF8.self))"
                case .tooLarge(let head, let size): return "\(input.name) too large: \(head.count) of \(size ?? -1)"
                }
            case .leftover(let name, _): return "leftover \(name)"
            case .unreadable(let name, _): return "unreadable \(URL(fileURLWithPath: name).lastPathComponent)"
            }
        }
    }

    /// What is offered within this time.
    private func all(_ inbox: InboxInputs, within time: Duration) throws -> [String] {
        let end = clock.uptime + time
        var list: [String] = []
        while clock.uptime < end {
            let before = clock.uptime
            list += try next(inbox)
            if clock.uptime == before { clock.advance(.milliseconds(100)) }
        }
        return list
    }

    @Test("without watching it offers what is there, by name, and ends")
    func once() throws {
        try put("b.txt", "2")
        try put("a.txt", "1")
        try put(".hidden", "x")
        try put("c.tmp", "x")
        try put("d~", "x")
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("link.txt"), withDestinationURL: URL(fileURLWithPath: "/etc/passwd"))
        let inbox = try inbox(watches: false)
        #expect(try next(inbox) == ["a.txt=1", "b.txt=2"])
        #expect(try next(inbox) == ["end"])
    }

    private func makeDirectory(_ path: String) throws {
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent(path), withIntermediateDirectories: true)
    }

    @Test("files in directories are taken by their path; what is hidden, unfinished or another program's is left")
    func directories() throws {
        for path in ["2024/05", ".git", "part.tmp", "mail/cur", "mail/new", "mail/tmp", "tmp"] {
            try makeDirectory(path)
        }
        let left = [
            ".git/a", "part.tmp/a", "mail/tmp/1.host", "~$b.docx", "Thumbs.db", "2024/c.pdf.crdownload", "2024/.d",
        ]
        let taken = ["2024/05/a.txt", "2024/b.txt", "mail/cur/2.host:2,S", "mail/new/3.host", "tmp/e.txt", "z.txt"]
        for path in left + taken { try put(path, "x") }
        try FileManager.default.createSymbolicLink(
            at: folder.appendingPathComponent("away"), withDestinationURL: URL(fileURLWithPath: "/etc"))
        #expect(try next(try inbox(watches: false)) == taken.map { $0 + "=x" })
    }

    @Test("directories that come later are watched, and what lies in them is taken")
    func laterDirectories() throws {
        try makeDirectory("old")
        let inbox = try inbox()
        #expect(try next(inbox) == [])
        #expect(events.watched == ["old"])
        try makeDirectory("new/deep")
        try put("new/deep/a.txt", "1")
        events.pending = [.directories]
        #expect(try all(inbox, within: .seconds(4)) == ["new/deep/a.txt=1"])
        #expect(events.watched == ["old", "new", "new/deep"])
        try put("new/b.txt", "2")
        events.pending = [.complete("new/b.txt")]
        #expect(try next(inbox) == ["new/b.txt=2"])
    }

    @Test("files move with their directories, into one that lies in the inbox as well")
    func movesWithDirectories() throws {
        for path in ["sub", "done"] { try makeDirectory(path) }
        try put("sub/a.txt", "1")
        try put("done/old.txt", "2")
        let done = folder.appendingPathComponent("done").path
        let inbox = try inbox(watches: false, moveTo: done)
        #expect(try next(inbox) == ["sub/a.txt=1"])
        #expect(try next(inbox) == ["end"])
        #expect(FileManager.default.fileExists(atPath: done + "/sub/a.txt"))
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/sub/a.txt"))
    }

    @Test("files move to another file system, with their time")
    func movesFarAway() throws {
        let far = "/dev/shm/inbox-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: far, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: far) }
        var (here, there) = (stat(), stat())
        try #require(stat(folder.path, &here) == 0 && stat(far, &there) == 0)
        try #require(here.st_dev != there.st_dev, "a temporary directory on another file system than /dev/shm")
        try put("a.txt", "1")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: folder.path + "/a.txt")
        #expect(try next(try inbox(watches: false, moveTo: far)) == ["a.txt=1"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: far) == ["a.txt"])
        #expect(try String(contentsOfFile: far + "/a.txt", encoding: .utf8) == "1")
        #expect(stat(far + "/a.txt", &there) == 0 && there.st_mtim.tv_sec == 1_000_000)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/a.txt"))
    }

    @Test("what cannot be moved is told, and what was written again meanwhile stays")
    func cannotMove() throws {
        try makeDirectory("sub")
        try makeDirectory("done")
        try put("sub/a.txt", "1")
        try put("b.txt", "1")
        // A file stands where the directory is to be made.
        try put("done/sub", "x")
        let inbox = try inbox(watches: false, moveTo: folder.path + "/done")
        let offers = try #require(try inbox.next(limit, draining: false))
        try put("b.txt", "22")
        inbox.done(offers.compactMap { if case .input(let input) = $0 { input } else { nil } })
        #expect(try next(inbox) == ["leftover sub/a.txt"])
        #expect(try String(contentsOfFile: folder.path + "/b.txt", encoding: .utf8) == "22")
        #expect(try next(inbox) == ["end"])
    }

    @Test("an inbox that is not there stops with a sentence")
    func missing() throws {
        let inbox = InboxInputs(InboxSettings(path: "/nowhere/inbox", watches: false), clock: clock)
        #expect { try inbox.open() } throws: { ($0 as? Failure)?.kind == .setup }
    }

    @Test("files that were there before are taken when they have not changed for a while")
    func settled() throws {
        try put("old.txt", "old")
        let inbox = try inbox()
        #expect(try all(inbox, within: .seconds(1)) == [])
        #expect(try all(inbox, within: .seconds(2)) == ["old.txt=old"])
        #expect(try all(inbox, within: .seconds(60)) == [])
    }

    @Test("a file that is written slowly is taken when it is closed, and not before")
    func slow() throws {
        let inbox = try inbox()
        _ = try next(inbox)
        try put("slow.txt", "one ")
        events.pending = [.writing("slow.txt")]
        #expect(try all(inbox, within: .seconds(30)) == [])
        try append("slow.txt", "two")
        events.pending = [.writing("slow.txt")]
        #expect(try all(inbox, within: .seconds(30)) == [])
        events.pending = [.complete("slow.txt")]
        #expect(try next(inbox) == ["slow.txt=one two"])
        #expect(try all(inbox, within: .seconds(30)) == [])
    }

    @Test("one more link to a complete file is taken, though nothing is written or closed")
    func linked() throws {
        let inbox = try inbox()
        #expect(try next(inbox) == [])
        try put("linked.txt", "whole")
        events.pending = [.created("linked.txt")]
        for _ in 0..<3 { #expect(try next(inbox) == []) }
        var offered: [String] = []
        for _ in 0..<3 { offered += try next(inbox) }
        #expect(offered == ["linked.txt=whole"])
    }

    @Test("a file that was only created waits for its words")
    func empty() throws {
        let inbox = try inbox()
        #expect(try next(inbox) == [])
        try put("new.txt", "")
        events.pending = [.created("new.txt")]
        for _ in 0..<8 { #expect(try next(inbox) == []) }
        try put("new.txt", "words")
        events.pending = [.writing("new.txt"), .complete("new.txt")]
        #expect(try next(inbox) == ["new.txt=words"])
    }

    @Test("without events a growing file is taken when it has stopped growing")
    func growing() throws {
        let inbox = try inbox()
        _ = try next(inbox)
        try put("grow.txt", "")
        var list: [String] = []
        for step in 0..<20 {
            try append("grow.txt", "\(step % 10)")
            list += try all(inbox, within: .seconds(1))
        }
        #expect(list == [])
        #expect(try all(inbox, within: .seconds(20)) == ["grow.txt=01234567890123456789"])
    }

    @Test("a file renamed in is taken at once, under its new name")
    func renamed() throws {
        let inbox = try inbox()
        _ = try next(inbox)
        try put(".x.part", "whole")
        events.pending = [.writing(".x.part"), .complete(".x.part")]
        #expect(try next(inbox) == [])
        try FileManager.default.moveItem(
            at: folder.appendingPathComponent(".x.part"), to: folder.appendingPathComponent("x.txt"))
        events.pending = [.gone(".x.part"), .complete("x.txt")]
        #expect(try next(inbox) == ["x.txt=whole"])
    }

    @Test("of a huge file only the head is read")
    func huge() throws {
        let path = folder.appendingPathComponent("huge.txt").path
        try put("huge.txt", "")
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.truncate(atOffset: 50 << 20)
        try handle.close()
        let inbox = try inbox(watches: false)
        #expect(try next(inbox) == ["huge.txt too large: \(64 << 10) of \(50 << 20)"])
    }

    @Test("a file that is written again is offered again")
    func rewritten() throws {
        let inbox = try inbox()
        try put("a.txt", "1")
        events.pending = [.complete("a.txt")]
        #expect(try next(inbox) == ["a.txt=1"])
        try put("a.txt", "22")
        #expect(try all(inbox, within: .seconds(30)) == ["a.txt=22"])
    }

    @Test("files that come and go before they are read are no trouble")
    func vanished() throws {
        let inbox = try inbox()
        try put("a.txt", "1")
        events.pending = [.complete("a.txt"), .complete("never.txt"), .gone("a.txt")]
        try FileManager.default.removeItem(at: folder.appendingPathComponent("a.txt"))
        #expect(try all(inbox, within: .seconds(30)) == [])
    }

    @Test("when events were lost, time tells instead")
    func overflow() throws {
        let inbox = try inbox()
        _ = try next(inbox)
        try put("a.txt", "1")
        events.pending = [.writing("a.txt")]
        #expect(try all(inbox, within: .seconds(20)) == [])
        try put("b.txt", "2")
        events.pending = [.overflow]
        #expect(try all(inbox, within: .seconds(4)).sorted() == ["a.txt=1", "b.txt=2"])
    }

    @Test("files stay where they are, or move where they are told to when they are done")
    func moves() throws {
        let done = folder.appendingPathComponent("done")
        try FileManager.default.createDirectory(at: done, withIntermediateDirectories: true)
        try put("a.txt", "1")
        #expect(try next(try inbox(watches: false)) == ["a.txt=1"])
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("a.txt").path))
        #expect(try next(try inbox(watches: false, moveTo: done.path)) == ["a.txt=1"])
        try put("a.txt", "2")
        #expect(try next(try inbox(watches: false, moveTo: done.path)) == ["a.txt=2"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: done.path).sorted() == ["a.txt", "a.txt.1"])
        #expect(try next(try inbox(watches: false, moveTo: done.path)) == ["end"])
    }

    @Test("draining offers what is complete and ends")
    func drains() throws {
        let inbox = try inbox()
        try put("a.txt", "1")
        events.pending = [.complete("a.txt")]
        #expect(try inbox.next(limit, draining: true)?.count == 1)
        #expect(try inbox.next(limit, draining: true) == nil)
    }

    @Test("no more is read at once than the limit says")
    func bounded() throws {
        for number in 0..<5 { try put("\(number)", String(repeating: "x", count: 400)) }
        let inbox = try inbox(watches: false)
        let small = BatchLimit(records: 10, bytes: 1000, wait: .zero)
        var sizes: [Int] = []
        while let offers = try inbox.next(small, draining: false) { sizes.append(offers.count) }
        #expect(sizes == [2, 2, 1])
    }

    #if canImport(Glibc) || canImport(Musl)
        @Test("the kernel's events tell of writing, closing, renaming and removing")
        func kernel() throws {
            let watch = try InotifyEvents(folder.path)
            try put("a.txt", "1")
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent("a.txt"), to: folder.appendingPathComponent("b.txt"))
            try FileManager.default.removeItem(at: folder.appendingPathComponent("b.txt"))
            let events = try watch.next(atMost: .seconds(10))
            #expect(events.contains(.complete("a.txt")))
            #expect(events.contains(.gone("a.txt")))
            #expect(events.contains(.complete("b.txt")))
            #expect(events.last == .gone("b.txt"))
            try makeDirectory("sub")
            watch.watch("sub")
            try put("sub/c.txt", "1")
            try FileManager.default.moveItem(
                at: folder.appendingPathComponent("sub"), to: folder.appendingPathComponent("other"))
            try put("other/d.txt", "1")
            let inner = try watch.next(atMost: .seconds(10))
            #expect(inner.first == .directories && inner.contains(.complete("sub/c.txt")))
            #expect(!inner.contains(.complete("sub/d.txt")))
            watch.close()
            #expect { _ = try InotifyEvents("/nowhere") } throws: { ($0 as? Failure)?.kind == .setup }
        }
    #endif
}

@Suite("One producer an inbox")
struct InboxLeaseTests {
    private func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "inbox-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func code(_ body: () throws -> Void) -> (Failure.Kind, String)? {
        do { try body() } catch { return (error as? Failure).map { ($0.kind, $0.code) } }
        return nil
    }

    @Test("a second producer waits until the first has ended, and then takes over")
    func lease() throws {
        let path = try folder().path
        let first = InboxInputs(InboxSettings(path: path, watches: true))
        let second = InboxInputs(InboxSettings(path: path, watches: true))
        try first.open()
        #expect(code { try second.open() } ?? (.fatal, "") == (.transient, "inbox_taken"))
        let once = InboxInputs(InboxSettings(path: path, watches: false))
        #expect(code { try once.open() } ?? (.fatal, "") == (.setup, "inbox_taken"))
        first.close()
        try second.open()
        second.close()
        try once.open()
        once.close()
    }

    @Test("a place that files cannot be moved to is told at the start")
    func moves() throws {
        let path = try folder().path
        for other in [path + "/none", "/proc/self"] {
            let inbox = InboxInputs(InboxSettings(path: path, watches: false, moveTo: other))
            #expect(code { try inbox.open() } ?? (.fatal, "") == (.setup, "move_to"))
            inbox.close()
        }
    }
}

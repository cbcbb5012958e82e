import BulletinModel
import Foundation
import Testing

@testable import Audit

@Suite("What audits remember")
struct DerivationMemoryTests {
    private func memory(
        _ world: AuditWorld, signer: NoteSigner? = nil, isFresh: Bool = false
    ) throws -> DerivationMemory {
        try DerivationMemory(
            world.folder.appending(path: "memory").path, engine: world.deriver.version, signer: signer, isFresh: isFresh
        )
    }

    private static let many = (0..<200).map { "# 第\($0)号公告\n\n2024年，完成投资\($0 + 1)亿元，增长\($0 % 9 + 1).5%。" }

    @Test("a second audit of the same span hardly runs the engine, and a fresh one always does")
    func second() throws {
        let world = try AuditWorld(Self.many)
        try world.write()
        #expect(try world.verify(memory: try memory(world)).counts.recalled == 0)
        let second = try world.verify(memory: try memory(world))
        #expect(second.holds && second.counts.recalled > 150, "\(second.counts.recalled)")
        #expect(second.counts.indicators == world.indicators.count - world.articles.count)
        #expect(try world.verify(memory: try memory(world, isFresh: true)).counts.recalled == 0)
        #expect(try world.verify(memory: try memory(world)).counts.recalled > 150)
    }

    @Test("what is tampered with after the first audit is found by the second")
    func tampered() throws {
        let world = try AuditWorld(Self.many)
        try world.write()
        _ = try world.verify(memory: try memory(world))
        try world.alter("UPDATE indicators SET value = '77' WHERE quote = '9亿元'")
        let second = try world.verify(memory: try memory(world))
        #expect(second.differences == 1 && second.findings.first?.fields.first?.stored == "77")
    }

    @Test("an index that is not signed by the auditor's key, or a changed file, is not believed")
    func forged() throws {
        let world = try AuditWorld(Self.many)
        try world.write()
        let signer = try NoteSigner(generating: "audit.test")
        _ = try world.verify(memory: try memory(world, signer: signer))
        #expect(try world.verify(memory: try memory(world, signer: signer)).counts.recalled > 150)
        let stranger = try memory(world, signer: try NoteSigner(generating: "audit.test"))
        #expect(stranger.refusal?.contains("not used") == true)
        #expect(try world.verify(memory: stranger).counts.recalled == 0)

        _ = try world.verify(memory: try memory(world, signer: signer))
        let file = world.folder.appending(path: "memory/t.bulletins-0.derived")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let damaged = try memory(world, signer: signer)
        #expect(damaged.refusal?.contains("t.bulletins/0") == true)
        #expect(try world.verify(memory: damaged).holds)
    }

    @Test("of two audits at once, and where nothing can be written, one goes on without a memory")
    func apart() throws {
        let world = try AuditWorld(Self.many)
        try world.write()
        let (first, second) = (try memory(world), try memory(world))
        #expect(first.refusal == nil && second.refusal?.contains("Another audit") == true)
        let report = try world.verify(memory: second)
        #expect(report.holds && report.notes.contains { $0.contains("Another audit") })
        #expect(try world.verify(memory: first).holds)
        #expect(try world.verify(memory: try memory(world)).counts.recalled > 150)

        let file = world.folder.appending(path: "file")
        try Data().write(to: file)
        let nowhere = try DerivationMemory(
            file.appending(path: "memory").path, engine: world.deriver.version, signer: nil, isFresh: false)
        #expect(nowhere.refusal?.contains("cannot be written") == true)
        #expect(try world.verify(memory: nowhere).holds)
    }
}

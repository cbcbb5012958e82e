import BulletinModel
import Foundation
import Reading
import Testing
import TopicLog

@testable import Audit

/// Audits of documents that say that they stood in an archive.
@Suite("Documents of archives in audits")
struct MemberAuditTests {
    private static let inner = "2024年，全区地区生产总值386.5亿元，比上年增长6.2%。"

    /// A world whose archives are texts that hold what stands behind a line of equals signs.
    private func world(claims archive: String) throws -> AuditWorld {
        let mark = "\n=====\n"
        let documents = DocumentText(
            decoder: { String(decoding: $0, as: UTF8.self).contains(mark) ? "unpacker 1" : nil },
            text: { bytes in DecodedText(scalars: [], encoding: .utf8, form: .plain, isContainer: true) },
            members: { bytes in
                String(decoding: bytes, as: UTF8.self).components(separatedBy: mark).dropFirst().map { Array($0.utf8) }
            })
        let world = try AuditWorld([], documents: documents)
        try world.add(Self.inner, source: "a.zip!b.txt", with: world.deriver)
        let id = BulletinID(bytes: Array((archive).utf8)).rawValue
        world.bulletins[0] = Outgoing(
            topic: world.bulletins[0].topic, key: world.bulletins[0].key, value: world.bulletins[0].value,
            headers: world.bulletins[0].headers + [Header(CloudEvent.containerHeader, id)])
        return world
    }

    @Test("what the archive holds is believed, and what it does not hold is not")
    func members() throws {
        let archive = "zip" + "\n=====\n" + Self.inner
        let right = try world(claims: archive)
        try right.add(archive, source: "a.zip", with: right.deriver)
        try right.write()
        #expect(try right.verify().holds)

        let other = "zip" + "\n=====\n" + "别的"
        let wrong = try world(claims: other)
        try wrong.add(other, source: "a.zip", with: wrong.deriver)
        try wrong.write()
        let findings = try wrong.verify().findings
        #expect(findings.map { "\($0.kind.rawValue) \($0.subject.rawValue)" } == ["tampered bulletin"], "\(findings)")
        #expect(findings.first?.message.contains("do not hold it") == true)
    }

    @Test("an archive that is still to come blames nothing")
    func early() throws {
        let world = try world(claims: "zip" + "\n=====\n" + Self.inner)
        try world.write()
        #expect(try world.verify().holds)
    }
}

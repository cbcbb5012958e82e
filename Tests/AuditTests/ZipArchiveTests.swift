import Foundation
import Testing

@testable import Audit

@Suite("ZIP archives")
struct ZipArchiveTests {
    private static let archive = ZipArchive([
        .init("bulletin.bin", [0, 1, 2, 255]), .init("notes/empty.txt", []), .init("a.json", Array("{}".utf8)),
    ])

    @Test("gives back what was written, and nothing else")
    func roundTrip() throws {
        #expect(try ZipArchive(parsing: Self.archive.bytes) == Self.archive)
        #expect(try ZipArchive(parsing: ZipArchive([]).bytes) == ZipArchive([]))
        #expect(Self.archive["a.json"] == Array("{}".utf8))
        #expect(Self.archive["b.json"] == nil)
        #expect(Crc32.of(Array("123456789".utf8)) == 0xcbf4_3926)
    }

    @Test("every flipped bit and every cut is noticed")
    func everyBit() {
        let bytes = Self.archive.bytes
        for index in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[index] ^= 1 << bit
                #expect(throws: ZipArchive.Problem.self, "byte \(index), bit \(bit)") {
                    try ZipArchive(parsing: changed)
                }
            }
            #expect(throws: ZipArchive.Problem.self) { try ZipArchive(parsing: Array(bytes.prefix(index))) }
        }
        #expect(throws: ZipArchive.Problem.self) { try ZipArchive(parsing: bytes + [0]) }
    }

    @Test("says where a byte was changed")
    func place() {
        var bytes = Self.archive.bytes
        bytes[10] ^= 1
        #expect {
            try ZipArchive(parsing: bytes)
        } throws: {
            "\($0)".contains("at byte 10") && "\($0)".contains("header of bulletin.bin")
        }
    }

    @Test(
        "an ordinary unzip program finds it in order",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")))
    func unzip() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "gongbao-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(Self.archive.bytes).write(to: path)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unzip")
        process.arguments = ["-tq", path.path]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

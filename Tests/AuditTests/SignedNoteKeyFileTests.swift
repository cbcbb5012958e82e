import Foundation
import Testing

@testable import Audit

@Suite("Key files")
struct SignedNoteKeyFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "gongbao-key-\(UUID().uuidString)")

    private func inFolder(_ body: (String) throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appending(path: "log.key").path)
    }

    @Test("a key is written for its owner alone, and read back")
    func roundTrip() throws {
        try inFolder { path in
            let signer = try NoteSigner(generating: "example.org/log")
            try NoteKeyFile.write(signer, to: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try NoteKeyFile.signer(at: path).secret == signer.secret)
            #expect(try NoteKeyFile.verifier(at: path + ".pub") == signer.verifier)
        }
    }

    @Test("a pipe that nobody writes to is no key, and is not waited for")
    func pipe() throws {
        try inFolder { path in
            #expect(mkfifo(path, 0o600) == 0)
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.verifier(at: path) }
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.signer(at: path) }
        }
    }

    @Test("a key that is there is never written over")
    func keeps() throws {
        try inFolder { path in
            let signer = try NoteSigner(generating: "example.org/log")
            try NoteKeyFile.write(signer, to: path)
            let other = try NoteSigner(generating: "example.org/log")
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.write(other, to: path) }
            try FileManager.default.removeItem(atPath: path)
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.write(other, to: path) }
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try NoteKeyFile.verifier(at: path + ".pub") == signer.verifier)
        }
    }

    @Test("a private key that others may read is refused, and no error shows it")
    func permissions() throws {
        try inFolder { path in
            let signer = try NoteSigner(generating: "example.org/log")
            try NoteKeyFile.write(signer, to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect {
                try NoteKeyFile.signer(at: path)
            } throws: {
                "\($0)".contains("chmod 600") && !"\($0)".contains("PRIVATE")
            }
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.signer(at: path + ".missing") }
            #expect(throws: NoteKeyError.self) { try NoteKeyFile.verifier(at: path) }
        }
    }
}

import Foundation
import PostgresServer
import Testing

@testable import Store

/// The two kinds of database, which one suite holds to the same behaviour.
enum Backend: String, CaseIterable, CustomTestStringConvertible {
    case sqlite = "SQLite"
    case postgresql = "PostgreSQL"

    /// Those that are here; without PostgreSQL installed the tests run on SQLite alone, and
    /// ``PostgresTests`` says why.
    static var available: [Backend] { PostgresServer.missing == nil ? allCases : [.sqlite] }

    var testDescription: String { rawValue }
}

/// A new database of a kind, gone with this object.
final class TestDatabase: Sendable {
    let backend: Backend
    /// What ``BulletinStore/init(path:)`` takes.
    let address: String
    private let folder: URL?

    init(_ backend: Backend) throws {
        self.backend = backend
        switch backend {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder
            address = folder.appendingPathComponent("db.sqlite").path
        case .postgresql:
            folder = nil
            address = try PostgresServer.shared.get().makeDatabase()
        }
    }

    deinit {
        if let folder { try? FileManager.default.removeItem(at: folder) }
    }

    func open() throws -> BulletinStore { try BulletinStore(path: address) }
}

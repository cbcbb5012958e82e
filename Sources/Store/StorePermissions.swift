import BulletinModel
import TopicLog

extension BulletinStore {
    /// Whether there is a database of gongbao, or anything else, where one would be made.
    public static func exists(_ address: StoreAddress) throws -> Bool {
        do {
            try BulletinStore(reading: address).close()
            return true
        } catch let error as Failure where error.code == "no_database" {
            return false
        } catch let error as Failure {
            switch address {
            // Whatever it is, it is there.
            case .file: return true
            case .server: throw error
            }
        }
    }

    /// What a sink would need and this user may not do on a server (`INSERT on indicators`);
    /// changes nothing. Nil for a file, of which only the file system knows.
    public static func missingPermissions(_ address: StoreAddress) throws -> [String]? {
        guard case .server(let server) = address else { return nil }
        return try PostgresMigrations.missingPermissions(PostgresConnection(server))
    }
}

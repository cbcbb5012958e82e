import Store
import Workers

/// The sink worker knows no database and the database no worker; here they meet.
extension BulletinStore: SinkStore {}

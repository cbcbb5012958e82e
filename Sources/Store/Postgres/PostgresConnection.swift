import BulletinModel
import CPostgres
import Foundation
import TopicLog

/// One connection, of use to one thread at a time. Values go as parameters and never as text of
/// a statement; answers come in binary form.
final class PostgresConnection {
    let location: String
    private let handle: OpaquePointer
    private var prepared: [String: String] = [:]
    private let plans: PreparedPlans
    private var types: [String: [Oid]] = [:]

    /// Connects, and waits as long as the address says.
    init(_ address: PostgresAddress, plans: PreparedPlans = PreparedPlans()) throws {
        self.plans = plans
        location = address.location
        let parameters = try address.parameters().sorted { $0.key < $1.key }
        var keys: [UnsafePointer<CChar>?] = parameters.map { UnsafePointer(strdup($0.key)) } + [nil]
        var values: [UnsafePointer<CChar>?] = parameters.map { UnsafePointer(strdup($0.value)) } + [nil]
        defer { (keys + values).forEach { free(UnsafeMutablePointer(mutating: $0)) } }
        guard let handle = PQconnectStartParams(&keys, &values, 0) else {
            throw Failure(.transient, code: "memory", "There is no memory for a connection with \(location).")
        }
        self.handle = handle
        cpostgres_silence(handle)
        var message = String(cString: PQerrorMessage(handle))
        if PQstatus(handle) != CONNECTION_BAD {
            // libpq tells the code of a failure to connect in a verbose message alone, and only
            // an object that is there already can be asked for those. So the connection that was
            // begun is given up and made by the call that waits and tries all hosts.
            PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
            PQreset(handle)
            PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
            message = String(cString: PQerrorMessage(handle))
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            // Swift calls deinit for what was complete: it ends the connection.
            if PQconnectionNeedsPassword(handle) == 1 {
                throw Failure(
                    .setup, code: "no_password",
                    "The server of the database \(location) asks for a password; put it into a file and name that "
                        + "with database-password-file.")
            }
            if message.hasPrefix("invalid ") {
                let text = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                throw Failure(
                    .setup, code: "bad_address", "The address of the database \(location) is refused: \(text).")
            }
            throw PostgresFailure(connecting: message).error(location)
        }
        // As long as a lock is waited for in a file, about; the worker then says so and tries again.
        if parameters.first(where: { $0.key == "options" })?.value.contains("lock_timeout") != true {
            try script("SET lock_timeout = '10s'")
        }
    }

    deinit { PQfinish(handle) }

    /// Whether the server is gone.
    var isLost: Bool { PQstatus(handle) != CONNECTION_OK }
    /// Whether a transaction is open.
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }
    /// The encoding of text in the database.
    var encoding: String { PQparameterStatus(handle, "server_encoding").map { String(cString: $0) } ?? "?" }
    /// The server's version, as 150004.
    var serverVersion: Int { Int(PQserverVersion(handle)) }

    /// Runs statements of our own, without arguments.
    func script(_ sql: String) throws {
        _ = try checked(PQexec(handle, sql))
    }

    /// Ends the transaction for good.
    func commit() throws {
        let result = try checked(PQexec(handle, "COMMIT"))
        // A transaction in which something had failed unnoticed is rolled back without an error.
        guard String(cString: PQcmdStatus(result.handle)) == "COMMIT" else {
            throw Failure(.fatal, code: "database", "A transaction in the database \(location) was not committed.")
        }
    }

    /// Runs a statement that will come again; its plan is kept.
    func execute(_ sql: String, _ arguments: [any SQLConvertible]) throws -> PostgresResult {
        guard let name = try prepare(sql) else {
            return try checked(
                PostgresArguments(arguments).withPointers {
                    PQexecParams(handle, SQLDialect.postgresql.statement(sql), $0, nil, $1, $2, $3, 1)
                })
        }
        return try checked(
            PostgresArguments(arguments).withPointers { PQexecPrepared(handle, name, $0, $1, $2, $3, 1) })
    }

    /// The name of a statement; nil where there are too many already, or where none may have one. The name follows
    /// from the statement, so that behind a pooler another program's plan of that name is of the same statement.
    private func prepare(_ sql: String) throws -> String? {
        if let name = prepared[sql] { return name }
        guard prepared.count < 200, plans.areKept else { return nil }
        let name = "gongbao_\(BulletinID(bytes: Array(sql.utf8)).rawValue.prefix(16))"
        _ = try checked(PQprepare(handle, name, SQLDialect.postgresql.statement(sql), 0, nil))
        prepared[sql] = name
        return name
    }

    /// Each row as the server sends it. When `body` throws, the statement is given up.
    func forEachRow(
        _ sql: String, _ arguments: [any SQLConvertible], _ body: (PostgresResult) throws -> Void
    ) throws {
        let isSent = PostgresArguments(arguments).withPointers {
            PQsendQueryParams(handle, SQLDialect.postgresql.statement(sql), $0, nil, $1, $2, $3, 1)
        }
        guard isSent == 1 else { throw lost() }
        PQsetSingleRowMode(handle)
        do {
            while let next = PQgetResult(handle) {
                let result = PostgresResult(next)
                if PQresultStatus(next) == PGRES_SINGLE_TUPLE {
                    try body(result)
                } else {
                    try check(result)
                }
            }
        } catch {
            cancel()
            throw error
        }
    }

    /// Inserts rows by COPY: the fastest way where none of them can be there already.
    func copy(_ rows: [[any SQLConvertible]], _ insertion: SQLInsertion) throws {
        let types = try types(insertion)
        let begun = PostgresResult(
            PQexec(handle, "COPY \(insertion.table) (\(insertion.columns.joined(separator: ", "))) FROM STDIN BINARY"))
        guard PQresultStatus(begun.handle) == PGRES_COPY_IN else { throw failure(begun) }
        var buffer = PostgresBinary.copyHeader
        func send() throws {
            let isSent = buffer.withUnsafeBytes {
                PQputCopyData(handle, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
            }
            guard isSent == 1 else { throw lost() }
            buffer.removeAll(keepingCapacity: true)
        }
        for row in rows {
            PostgresBinary.append(Int16(row.count), to: &buffer)
            for (value, type) in zip(row, types) { PostgresBinary.append(value.sqlValue, type, to: &buffer) }
            if buffer.count >= 1 << 20 { try send() }
        }
        PostgresBinary.append(Int16(-1), to: &buffer)
        try send()
        guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
        while let next = PQgetResult(handle) { try check(PostgresResult(next)) }
    }

    /// Inserts rows in one statement, whatever their number: each column goes as an array.
    func upsert(_ rows: ArraySlice<[any SQLConvertible]>, _ insertion: SQLInsertion) throws {
        let types = try types(insertion)
        let arrays = types.indices.map { column in
            PostgresBinary.array(rows.lazy.map { $0[column].sqlValue }, type: types[column])
        }
        _ = try execute(insertion.sql(arrays: types.map(PostgresBinary.name)), arrays)
    }

    /// The types of the columns, as the table has them.
    private func types(_ insertion: SQLInsertion) throws -> [Oid] {
        let sql = "SELECT \(insertion.columns.joined(separator: ", ")) FROM \(insertion.table) LIMIT 0"
        if let known = types[sql] { return known }
        let result = try checked(PQexec(handle, sql))
        let found = (0..<PQnfields(result.handle)).map { PQftype(result.handle, $0) }
        types[sql] = found
        return found
    }

    /// Gives up what is running, and takes what is still coming.
    private func cancel() {
        if let cancel = PQgetCancel(handle) {
            var text = [CChar](repeating: 0, count: 256)
            PQcancel(cancel, &text, Int32(text.count))
            PQfreeCancel(cancel)
        }
        while let rest = PQgetResult(handle) { PQclear(rest) }
    }

    private func checked(_ result: OpaquePointer?) throws -> PostgresResult {
        guard let result else { throw lost() }
        let owned = PostgresResult(result)
        try check(owned)
        return owned
    }

    private func check(_ result: PostgresResult) throws {
        switch PQresultStatus(result.handle) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw failure(result)
        }
    }

    private func failure(_ result: PostgresResult) -> Failure {
        let code = cpostgres_sqlstate(result.handle).map { String(cString: $0) }
        if plans.end(with: code) {
            prepared = [:]
            return Failure(
                .transient, code: PreparedPlans.gone,
                "The database \(location) is behind a pooler that changes the server within a connection; statements "
                    + "are not prepared there from now on.")
        }
        let text = cpostgres_primary(result.handle).map { String(cString: $0) }
        return PostgresFailure(code: code, text: text ?? String(cString: PQresultErrorMessage(result.handle)))
            .error(location)
    }

    private func lost() -> Failure {
        PostgresFailure(code: nil, text: String(cString: PQerrorMessage(handle))).error(location)
    }
}

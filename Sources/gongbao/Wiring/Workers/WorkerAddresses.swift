import Operations

/// Where workers may answer.
enum WorkerAddresses {
    /// The usual ports of this machine, the configured address, and those that are named.
    ///
    /// - Throws: ``CommandFailure`` for what is no address.
    static func all(
        _ configuration: Configuration, further: [String]
    ) throws -> [(host: String, port: Int)] {
        var found = OperationsEndpoint.localPorts.map { (host: "127.0.0.1", port: $0) }
        if case .at(let host, let port) = configuration[Configuration.listen], port != 0 { found.append((host, port)) }
        for text in further {
            guard case .at(let host, let port)? = ListenAddress(text), port != 0 else {
                throw CommandFailure.usedWrongly("--at \(text): write it as HOST:PORT.")
            }
            found.append((host, port))
        }
        var seen: Set<String> = []
        return found.filter { seen.insert("\($0.host):\($0.port)").inserted }
    }
}

extension Configuration {
    /// Directory of everything that gongbao keeps on this machine.
    public static let data = Field.text(
        "data", "Directory for the embedded log, the database and the producer's notes.", fallback: "gongbao-data",
        allowed: "a path")
    /// Directory of the lexicon tables.
    public static let lexicon = Field.text(
        "lexicon", "Directory of the lexicon tables; empty finds the installed ones.", allowed: "a path")
    /// In which language people are told things.
    public static let language = Field.choice(
        "language", "auto", of: ["auto", "zh", "en"],
        "The language of messages: Chinese or English; auto is that of LC_ALL, LC_MESSAGES or LANG.")
    /// Path of the SQLite database, or address of the PostgreSQL database.
    public static let database = Field.text(
        "database",
        "Path of the SQLite database, or address of a PostgreSQL database (never with a password); empty is "
            + "gongbao.sqlite in the data directory.",
        allowed: "a path or postgresql://USER@HOST:PORT/NAME?sslmode=MODE")
    /// File of the password for a PostgreSQL database.
    public static let databasePasswordFile = Field.text(
        "database-password-file",
        "File of the password for PostgreSQL, read for each connection; a bare name is looked for among systemd's "
            + "credentials. Empty leaves it to libpq (PGPASSFILE, ~/.pgpass).",
        allowed: "a path")

    /// What the names of the four topics begin with.
    public static let topicPrefix = Field.text(
        "topics.prefix", "What the names of the topics begin with.", fallback: "gongbao.")
    /// How many partitions a topic is created with.
    public static let partitions = Field.integer(
        "topics.partitions", 4, in: 1...10_000, "Partitions that a topic is created with.")
    /// On how many brokers a topic is kept.
    public static let replication = Field.integer(
        "topics.replication", -1, in: -1...100, "Brokers that hold each partition; -1 is the cluster's default.")

    /// Brokers to begin with; empty chooses the embedded log.
    public static let brokers = Field.text(
        "kafka.brokers", "Brokers, HOST:PORT with commas between; empty runs on the embedded log.",
        allowed: "HOST:PORT, several with commas between them")
    /// What consumer groups and transactional ids begin with.
    public static let application = Field.text(
        "kafka.application", "What the names of consumer groups and transactional ids begin with.", fallback: "gongbao")
    /// The name of this worker among its kind.
    public static let instance = Field.text(
        "kafka.instance", "Name of this worker among its kind, for static membership; empty is a dynamic member.")

    /// Directory that is read for bulletins.
    public static let inbox = Field.text(
        "producer.inbox", "Directory that is read for bulletins; empty is none.", allowed: "a path")
    /// How long a file must stay unchanged before it counts as complete.
    public static let settle = Field.duration(
        "producer.settle", "2s", from: "0ms", to: "1h",
        "How long a watched file must stay unchanged to count as complete.")
    /// The largest bulletin that is taken.
    public static let largest = Field.bytes(
        "producer.largest", "16MiB", from: "1KiB", to: "64MiB",
        "The largest bulletin that is taken; larger ones are rejected.")

    /// Whether pages that are pictures are recognised.
    public static let ocr = Field.choice(
        "decoder.ocr", "off", of: ["off", "on"],
        "Whether pages that are pictures are recognised, with Debian's tesseract; else they are rejected.")

    /// How many figures an article may state.
    public static let mostFigures = Field.integer(
        "article.most-figures", 20_000, in: 100...1_000_000,
        "Figures that one article may state; one with more is rejected.")

    /// Records of one batch at most.
    public static let batchRecords = Field.integer(
        "batch.records", 500, in: 1...100_000,
        "Records that are read at once; where more waits, up to ten times as many go into one transaction.")
    /// Bytes of one batch at most.
    public static let batchBytes = Field.bytes(
        "batch.bytes", "32MiB", from: "64KiB", to: "1GiB",
        "Bytes that the batches in hand hold at most, the one that is committed and the next.")
    /// How long a batch waits for its first record.
    public static let batchWait = Field.duration(
        "batch.wait", "500ms", from: "1ms", to: "10s", "How long a batch waits for its first record.")

    /// The first pause after an outage.
    public static let retryFirst = Field.duration(
        "retry.first", "200ms", from: "1ms", to: "1m", "Upper end of the first pause after an outage.")
    /// The longest pause during an outage.
    public static let retryLongest = Field.duration(
        "retry.longest", "30s", from: "10ms", to: "1h", "Upper end of the longest pause during an outage.")

    /// Dead letters in a row that stop a worker.
    public static let deadLettersInARow = Field.integer(
        "dead-letters.in-a-row", 1000, in: 1...1_000_000,
        "Rejected records in a row that stop a worker, since the deployment is then more likely wrong than the data.")
    /// Dead letters among the last records that stop a worker, in percent.
    public static let deadLetterShare = Field.integer(
        "dead-letters.share", 50, in: 1...100,
        "Percent of the last dead-letters.window records that may be rejected before a worker stops; 100 is all.")
    /// Over how many records that share is taken.
    public static let deadLetterWindow = Field.integer(
        "dead-letters.window", 10_000, in: 10...1_000_000, "Records over which dead-letters.share is taken.")

    /// How long a stop may take.
    public static let stopDeadline = Field.duration(
        "stop.deadline", "15s", from: "1s", to: "10m",
        "How long a worker may take to finish its batch when told to stop.")

    /// Directory of the archive.
    public static let archive = Field.text(
        "archive.directory", "Directory of the archive; empty is archive in the data directory.", allowed: "a path")
    /// Where the key is that signs checkpoints.
    public static let archiveKey = Field.text(
        "archive.key", "File of the private key that signs checkpoints (gongbao audit key); empty signs nothing.",
        allowed: "a path")
    /// Compressed size at which a segment is sealed.
    public static let segmentBytes = Field.bytes(
        "archive.segment-bytes", "64MiB", from: "64KiB", to: "1GiB",
        "Compressed size at which a segment of the archive is sealed.")
    /// Age at which a segment is sealed.
    public static let segmentAge = Field.duration(
        "archive.segment-age", "10m", from: "100ms", to: "1d",
        "Age at which a segment is sealed that is not full; until then the topics alone have its records.")

    /// Where probes and Prometheus ask.
    public static let listen = Field.address(
        "operations.listen", .automatic,
        "Where /livez, /readyz and /metrics are; auto is 127.0.0.1 at 9645 (run), 9641 (produce), 9642 "
            + "(enrich), 9643 (sink) or 9644 (audit archive) for what runs until stopped, ten more for each kafka.instance after 1."
    )
    /// By which names the endpoint may be asked.
    public static let hosts = Field.text(
        "operations.hosts",
        "Further host names by which the endpoint may be asked, with commas between; addresses, names without a dot and "
            + "the machine's own name always may.")
    /// How long a turn of a loop may take.
    public static let stalledAfter = Field.duration(
        "operations.stalled-after", "2m", from: "1s", to: "1d",
        "How long a worker's loop may take for one turn before /livez calls for a restart.")
    /// How far behind a worker may be.
    public static let lagLimit = Field.integer(
        "operations.lag-limit", 100_000, in: 0...1_000_000_000,
        "Records that a worker may have still to read before /readyz says so; 0 is any number.")

    /// Where the portal listens.
    public static let portalListen = Field.text(
        "portal.listen", "Where gongbao serve listens; beyond this machine only with a token file or a proxy header.",
        fallback: "127.0.0.1:9640", allowed: "HOST:PORT")
    /// By which names the portal may be asked.
    public static let portalHosts = Field.text(
        "portal.hosts",
        "Host names by which the portal may be asked besides localhost and its own address, with commas between.")
    /// Where the portal's token is.
    public static let portalTokenFile = Field.text(
        "portal.token-file",
        "File of a token of 16 characters or more that the portal asks for; a bare name is looked for among systemd's "
            + "credentials. Empty asks for none.",
        allowed: "a path")
    /// Which header tells that a proxy has admitted somebody.
    public static let portalProxyHeader = Field.text(
        "portal.proxy-header",
        "Header that a proxy sets on what it has admitted, such as X-Forwarded-User; requests without it are refused. The "
            + "proxy must remove it from what others send.")

    /// The least important message that is logged.
    public static let logLevel = Field.choice(
        "log.level", "info", of: ["trace", "debug", "info", "notice", "warning", "error", "critical"],
        "The least important message that is logged.")
    /// How messages are written.
    public static let logFormat = Field.choice(
        "log.format", "auto", of: ["auto", "text", "json"],
        "How messages are written; auto is text on a terminal and JSON lines otherwise.")

    static let fields: [AnyField] = [
        AnyField(data), AnyField(lexicon), AnyField(language), AnyField(database), AnyField(databasePasswordFile),
        AnyField(topicPrefix), AnyField(partitions), AnyField(replication),
        AnyField(brokers), AnyField(application), AnyField(instance),
        AnyField(inbox), AnyField(settle), AnyField(largest), AnyField(ocr), AnyField(mostFigures),
        AnyField(batchRecords), AnyField(batchBytes), AnyField(batchWait),
        AnyField(retryFirst), AnyField(retryLongest),
        AnyField(deadLettersInARow), AnyField(deadLetterShare), AnyField(deadLetterWindow), AnyField(stopDeadline),
        AnyField(archive), AnyField(archiveKey), AnyField(segmentBytes), AnyField(segmentAge),
        AnyField(listen), AnyField(hosts), AnyField(stalledAfter), AnyField(lagLimit),
        AnyField(portalListen), AnyField(portalHosts), AnyField(portalTokenFile), AnyField(portalProxyHeader),
        AnyField(logLevel), AnyField(logFormat),
    ]

    /// All fields, in the order of the reference file.
    public static var descriptions: [FieldDescription] { fields.map(\.description) }
}

/// Everything that is measured. Names and labels are kept from version to version:
/// dashboards and alerts depend on them.
extension Metric {
    /// Records and inputs that are done with.
    public static let recordsIn = counter(
        "gongbao_records_in_total", ["worker", "topic"],
        "Records that a worker is done with, by topic; the topic input stands for a producer's inputs.")
    /// Records written to topics.
    public static let recordsOut = counter(
        "gongbao_records_out_total", ["worker", "topic"], "Records that a worker wrote, by topic.")
    /// Changes applied to the database.
    public static let rows = counter(
        "gongbao_rows_total", ["kind"],
        "Changes that the sink applied to the database: bulletins, articles, readings, indicators and others.")
    /// Records left out on purpose.
    public static let recordsSkipped = counter(
        "gongbao_records_skipped_total", ["worker", "reason"],
        "Records or inputs left out on purpose, such as a bulletin that is known already.")
    /// Dead letters written.
    public static let deadLetters = counter(
        "gongbao_dead_letters_total", ["worker", "code"], "Dead letters that a worker wrote, by why.")
    /// Records and inputs rejected, whatever the code.
    public static let rejected = counter(
        "gongbao_rejected_total", ["worker"],
        "Dead letters that a worker wrote, whatever the code; there from the start, so that the first is an increase.")
    /// Inputs that could not be opened.
    public static let unreadableInputs = counter(
        "gongbao_unreadable_inputs_total", ["worker"], "Inputs that could not be opened or read.")
    /// Attempts that failed with an outage.
    public static let retries = counter(
        "gongbao_retries_total", ["worker", "code"], "Attempts that failed with an outage and are repeated, by why.")
    /// Records that were gone before a worker had them.
    public static let lostRecords = counter(
        "gongbao_lost_records_total", ["worker"],
        "Records that were gone from a topic before the worker had read them, and without which it was told to go on.")
    /// Bulletins that lack articles or indicators.
    public static let incompleteBulletins = gauge(
        "gongbao_incomplete_bulletins", ["worker"],
        "Bulletins that the sink stored since its start and that lack articles or indicators, though all that was on "
            + "its way has come; back to 0 when they are whole.")
    /// Batches dropped after a rebalance.
    public static let batchesDropped = counter(
        "gongbao_batches_dropped_total", ["worker"],
        "Batches dropped because their partitions went to another worker, which does them.")
    /// Transactions, committed and aborted.
    public static let transactions = counter(
        "gongbao_transactions_total", ["worker", "store", "result"],
        "Transactions by store (log, database) and result (committed, aborted).")
    /// Rebalances of the consumer group.
    public static let rebalances = counter(
        "gongbao_rebalances_total", ["worker"], "Changes of the partitions that the group assigned to the worker.")

    /// Records of a batch.
    public static let batchRecords = histogram(
        "gongbao_batch_records", ["worker"], "Records or inputs of a committed batch.")
    /// How long a batch takes.
    public static let batchDuration = histogram(
        "gongbao_batch_duration_seconds", ["worker"],
        "Time from a batch's first record to its commit, pauses of an outage included.")
    /// Where the time of batches goes.
    public static let batchParts = counter(
        "gongbao_batch_part_seconds_total", ["worker", "part"],
        "Seconds that a worker spent on parts of its batches: poll (waiting for records, reading inputs), prepare, commit, "
            + "and of commit flush (waiting until the brokers have the records); poll and prepare go on during a commit."
    )
    /// From receipt to row.
    public static let endToEndLatency = histogram(
        "gongbao_end_to_end_latency_seconds", [],
        "Time from the receipt of a bulletin to the commit of an article's rows, one observation an article.")

    /// Records still to be read.
    public static let consumerLag = gauge(
        "gongbao_consumer_lag", ["worker", "topic", "partition"],
        "Records that follow the worker's position in a partition assigned to it.")
    /// Partitions assigned now.
    public static let assignedPartitions = gauge(
        "gongbao_assigned_partitions", ["worker"], "Partitions that are assigned to the worker now.")
    /// What the worker is busy with, in records.
    public static let inFlightRecords = gauge(
        "gongbao_in_flight_records", ["worker"], "Records or inputs of the batch that the worker is busy with.")
    /// What the worker is busy with, in bytes.
    public static let inFlightBytes = gauge(
        "gongbao_in_flight_bytes", ["worker"], "Bytes of the batch that the worker is busy with.")
    /// How long ago the loop turned.
    public static let loopAge = gauge(
        "gongbao_loop_age_seconds", ["worker"], "Time since the worker's loop last turned; it hangs when this grows.")
    /// Whether the worker tries again after an outage.
    public static let outage = gauge(
        "gongbao_outage", ["worker"], "1 while the worker tries again after an outage or has failed, else 0.")
    /// Whether the worker is ready.
    public static let ready = gauge(
        "gongbao_ready", ["worker"], "1 while /readyz has nothing to say against the worker, else 0.")
    /// When the last bulletin went through.
    public static let lastBulletin = gauge(
        "gongbao_last_bulletin_timestamp_seconds", ["worker"],
        "When the worker last wrote a new bulletin, in Unix time; 0 before the first since its start.")

    /// What runs.
    public static let buildInfo = gauge(
        "gongbao_build_info", ["version", "engine", "lexicon"],
        "Always 1; the labels tell the version, the engine and the digest of the lexicon.")
    /// When the process started.
    public static let processStart = gauge(
        "process_start_time_seconds", [], "When the process started, in Unix time.")
    /// Processor time.
    public static let processorTime = counter(
        "process_cpu_seconds_total", [], "Processor time of the process, user and system.")
    /// Memory.
    public static let residentMemory = gauge(
        "process_resident_memory_bytes", [], "Memory of the process that is in RAM.")
    /// Open files.
    public static let openFiles = gauge("process_open_fds", [], "Files and sockets that the process has open.")

    /// All of them, in the order of the page.
    public static let all: [Metric] = [
        recordsIn, recordsOut, rows, recordsSkipped, deadLetters, rejected, unreadableInputs, retries, lostRecords,
        incompleteBulletins,
        batchesDropped,
        transactions, rebalances, batchRecords, batchDuration, batchParts, endToEndLatency, consumerLag,
        assignedPartitions,
        inFlightRecords, inFlightBytes, loopAge, outage, ready, lastBulletin, buildInfo, processStart, processorTime,
        residentMemory, openFiles,
    ]

    /// The table of the documentation, in Markdown.
    public static var table: String {
        var lines = ["| metric | kind | labels | says |", "| --- | --- | --- | --- |"]
        for metric in all {
            let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
            lines.append("| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

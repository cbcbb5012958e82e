/// Every code that a ``Failure`` or a worker's health may have, for the guide, which tells of each what to do.
///
/// Codes are kept from version to version: metrics, logs and scripts have them.
public enum FailureCode: String, Sendable, CaseIterable {
    case authentication
    case badAddress = "bad_address"
    case badName = "bad_name"
    case badSetting = "bad_setting"
    case brokerDown = "broker_down"
    case brokerError = "broker_error"
    case busy
    case clientBroken = "client_broken"
    case clock
    case closed
    case compactedTopic = "compacted_topic"
    case conflict
    case damaged
    case database
    case deadLetterLimit = "dead_letter_limit"
    case diskFull = "disk_full"
    case encoding
    case fenced
    case fencedMember = "fenced_member"
    case foreignConsumer = "foreign_consumer"
    case foreignDatabase = "foreign_database"
    case full
    case inbox
    case inboxTaken = "inbox_taken"
    case invalidConfiguration = "invalid_configuration"
    case invalidPartitions = "invalid_partitions"
    case invalidTopic = "invalid_topic"
    case io
    case lag
    case locked
    case lostAssignment = "lost_assignment"
    case memory
    case moveTo = "move_to"
    case newerDatabase = "newer_database"
    case newerSchema = "newer_schema"
    case noDatabase = "no_database"
    case noGroup = "no_group"
    case noOffset = "no_offset"
    case noPassword = "no_password"
    case noSchema = "no_schema"
    case notALog = "not_a_log"
    case notAdmitted = "not_admitted"
    case notAnArchive = "not_an_archive"
    case notOpen = "not_open"
    case notOurs = "not_ours"
    case notPermitted = "not_permitted"
    case notWritable = "not_writable"
    case offsetGone = "offset_gone"
    case offsetOutOfRange = "offset_out_of_range"
    case oldServer = "old_server"
    case olderDatabase = "older_database"
    case otherTopic = "other_topic"
    case outOfMemory = "out_of_memory"
    case outOfOrder = "out_of_order"
    case passwordInAddress = "password_in_address"
    case ocrTool = "ocr_tool"
    case pdfTool = "pdf_tool"
    case progressAhead = "progress_ahead"
    case progressGone = "progress_gone"
    case readOnly = "read_only"
    case recordTooLarge = "record_too_large"
    case slowLog = "slow_log"
    case staleProgress = "stale_progress"
    case stalled
    case starting
    case stopDeadline = "stop_deadline"
    case stopped
    case stopping
    case timedOut = "timed_out"
    case tls
    case tooLarge = "too_large"
    case unauthorized
    case unexpected
    case unknownTopic = "unknown_topic"
    case unreachable
    case unreadable
    case unsupported
    case unwritable
}

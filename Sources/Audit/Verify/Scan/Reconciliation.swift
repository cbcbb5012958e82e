import BulletinModel
import Foundation
import Store
import TopicLog

/// Holds together what was noted of each bulletin, article, reading and row, and says what
/// does not fit.
struct Reconciliation {
    let scan: Scan
    let finder: DifferenceFinder
    let topics: Topics
    /// Whether the span is all there is: then nothing may stand there that nothing accounts for.
    let isWhole: Bool
    /// Up to where enrichment had read articles; nil where nobody knows, which is everything.
    let enriched: [TopicPartition: Int64]
    /// Up to where the database had the topics; nil without a database.
    let stored: [TopicPartition: Int64]?
    /// How many differences are looked into: each reads records again.
    static let mostLookedInto = 300

    func run(_ report: inout AuditReport) throws {
        var missingBulletins: Set<Digest32> = []
        var archives: Set<Digest32> = []
        // Bulletins come first, so that an article is not blamed for its bulletin. Subjects of
        // articles wait in a second ledger, as large as the first and as bounded.
        let waiting = Ledger()
        try scan.ledger.forEachSubject { entries in
            switch entries[0].kind {
            case .recordBulletin, .namedBulletin, .rowBulletin:
                if entries.contains(where: { $0.kind == .recordBulletin && $0.count > 0 }) {
                    archives.insert(entries[0].subject)
                }
                try bulletin(entries, &missingBulletins, &report)
            case .recordLetter, .rowLetter: letter(entries, &report)
            case .recordOrigin, .rowOrigin: origin(entries, &report)
            case .broken, .rejectedRecord: broken(entries, &report)
            default: for entry in entries { try waiting.add(entry) }
            }
        }
        try waiting.forEachSubject { entries in
            guard ![.claimedMember, .heldMember].contains(entries[0].kind) else {
                return member(entries, archives, &report)
            }
            try article(entries, missingBulletins, &report)
        }
    }

    private func isStored(_ entry: LedgerEntry) -> Bool {
        guard let stored else { return false }
        return entry.offset < stored[TopicPartition(topics.all[Int(entry.topic)], entry.partition)] ?? 0
    }

    // MARK: - Bulletins, dead letters, garbage

    private func bulletin(
        _ entries: [LedgerEntry], _ missing: inout Set<Digest32>, _ report: inout AuditReport
    ) throws {
        let id = entries[0].subject.digits
        let records = entries.filter { $0.kind == .recordBulletin }
        let rows = entries.filter { $0.kind == .rowBulletin }
        report.counts.bulletins += records.count
        guard let record = records.first else {
            guard isWhole else { return }
            missing.insert(entries[0].subject)
            if let named = entries.first(where: { $0.kind == .namedBulletin }) {
                report.add(
                    Finding(
                        .missing, .bulletin, at: topics.bulletins, id: id,
                        "The bulletin \(id) is missing: the article at \(finder.place(named)) says that it is part of it."
                    ))
            } else {
                report.add(
                    Finding(.extra, .row, at: "table bulletins", id: id, "The row of bulletin \(id) has no record."))
            }
            return
        }
        guard let row = rows.first else {
            if isStored(record) {
                report.add(
                    Finding(
                        .missing, .row, at: "table bulletins", id: id,
                        "The bulletin \(id) at \(finder.place(record)) has no row."))
            } else if stored != nil {
                report.counts.waiting += 1
            }
            return
        }
        // Of several records with the same bytes the first gives the row its source.
        let isRight = row.isSound && records.contains { $0.digest == row.digest && $0.parent == row.parent }
        let isElsewhere = !records.contains { $0.digest == row.digest }
        if isRight {
            report.counts.rows += 1
        } else {
            report.add(
                Finding(
                    row.isSound ? .changed : .tampered, .row, at: "table bulletins", id: id,
                    row.isSound
                        ? "The row of bulletin \(id) names another \(isElsewhere ? "source" : "time of receipt") than its record."
                        : "The row of bulletin \(id) has other bytes, or another size, than its identifier says."))
        }
    }

    /// What says that it stood in an archive must be what the archive's own bytes hold. An archive is written after all that
    /// stands in it, and may be still to come.
    private func member(_ entries: [LedgerEntry], _ archives: Set<Digest32>, _ report: inout AuditReport) {
        guard let claim = entries.first(where: { $0.kind == .claimedMember }),
            !entries.contains(where: { $0.kind == .heldMember }), archives.contains(claim.parent)
        else { return }
        report.add(
            Finding(
                .tampered, .bulletin, at: finder.place(claim), id: claim.digest.digits,
                "The bulletin \(claim.digest.digits) at \(finder.place(claim)) says that it stood in "
                    + "\(claim.parent.digits.prefix(16))…, whose own bytes do not hold it."))
    }

    private func origin(_ entries: [LedgerEntry], _ report: inout AuditReport) {
        let records = entries.filter { $0.kind == .recordOrigin }
        let table = "table origins"
        guard let row = entries.first(where: { $0.kind == .rowOrigin }) else {
            guard let record = records.first, stored != nil else { return }
            if isStored(record) {
                report.add(
                    Finding(
                        .missing, .row, at: table, id: record.subject.shortDigits,
                        "What the bulletin's record at \(finder.place(record)) says was given with it has no row."))
            } else {
                report.counts.waiting += 1
            }
            return
        }
        if records.contains(where: { $0.digest == row.digest && $0.parent == row.parent }) {
            report.counts.rows += 1
        } else if let record = records.first {
            report.add(
                Finding(
                    .changed, .row, at: table, id: row.subject.shortDigits,
                    "The row of what was given with the bulletin at \(finder.place(record)) names another source or time "
                        + "of receipt than its record."))
        } else if isWhole {
            report.add(
                Finding(
                    .extra, .row, at: table, id: row.subject.shortDigits,
                    "A row of what was given with a bulletin has no record that says so."))
        }
    }

    private func letter(_ entries: [LedgerEntry], _ report: inout AuditReport) {
        let id = entries[0].subject.shortDigits
        let records = entries.filter { $0.kind == .recordLetter }
        guard let row = entries.first(where: { $0.kind == .rowLetter }) else {
            if let record = records.first {
                if isStored(record) {
                    report.add(
                        Finding(
                            .missing, .row, at: "table dead_letters", id: id,
                            "The dead letter \(id) at \(finder.place(record)) has no row."))
                } else if stored != nil {
                    report.counts.waiting += 1
                }
            }
            return
        }
        if records.contains(where: { $0.digest == row.digest }) {
            report.counts.rows += 1
        } else if !records.isEmpty {
            report.add(
                Finding(
                    .changed, .row, at: "table dead_letters", id: id,
                    "The row of dead letter \(id) is not what its record says."))
        } else if isWhole {
            report.add(
                Finding(.extra, .row, at: "table dead_letters", id: id, "The row of dead letter \(id) has no record."))
        }
    }

    private func broken(_ entries: [LedgerEntry], _ report: inout AuditReport) {
        let isAnswered = entries.contains { $0.kind == .rejectedRecord }
        for entry in entries where entry.kind == .broken {
            if isAnswered {
                report.counts.rejected += 1
                continue
            }
            let (place, message, subject) = scan.brokenMessages[Int(entry.count)]
            report.add(Finding(.tampered, subject, at: place, "The record at \(place) \(message)."))
        }
    }

    // MARK: - Articles

    private func article(
        _ entries: [LedgerEntry], _ missingBulletins: Set<Digest32>, _ report: inout AuditReport
    ) throws {
        let id = entries[0].subject.shortDigits
        let article = ArticleID(rawValue: id)
        // What was given anew makes another article of the same bytes; the last is the one that holds.
        let allDerived = entries.filter { $0.kind == .derivedArticle }
        let derived = allDerived.last
        let records = entries.filter { $0.kind == .recordArticle }
        guard let derived else {
            if let record = records.first, let other = scan.otherDecoders[record.parent] {
                report.add(
                    Finding(
                        .otherEngine, .article, at: finder.place(record), id: id, article: article,
                        "The article \(id) at \(finder.place(record)) is of text that \(other) made; here the bulletin "
                            + "gives other text."))
                articleRow(entries, record, id, &report)
                return try readings(entries, record, nil, &report)
            }
            guard isWhole else { return }
            if let record = records.first, !missingBulletins.contains(record.parent) {
                report.add(
                    Finding(
                        .extra, .article, at: finder.place(record), id: id, article: article,
                        "The article \(id) at \(finder.place(record)) does not follow from its bulletin."))
            } else if records.isEmpty {
                orphan(entries, id, article, &report)
            }
            return
        }
        guard let record = records.first else {
            report.add(
                Finding(
                    scan.otherDecoders[derived.parent] == nil ? .missing : .otherEngine, .article,
                    at: topics.articles, id: id, article: article,
                    "The article \(id), which follows from the bulletin at \(finder.place(derived)), is missing."))
            return
        }
        let isOther = scan.otherDecoders[derived.parent] != nil
        if let other = records.first(where: { record in !allDerived.contains { $0.digest == record.digest } }) {
            report.add(try finder.article(other, derived: derived, kind: isOther ? .otherEngine : .changed))
        } else if let lost = allDerived.first(where: { one in !records.contains { $0.digest == one.digest } }) {
            report.add(
                Finding(
                    isOther ? .otherEngine : .missing, .article, at: topics.articles, id: id, article: article,
                    "The article \(id), as it follows from what the bulletin's record at \(finder.place(lost)) says was "
                        + "given with it, is missing."))
        } else {
            report.counts.articles += 1
        }
        articleRow(entries, record, id, &report)
        try readings(entries, record, derived, &report)
    }

    private func orphan(_ entries: [LedgerEntry], _ id: String, _ article: ArticleID, _ report: inout AuditReport) {
        if let reading = entries.first(where: { $0.kind == .recordReading }) {
            report.add(
                Finding(
                    .extra, .closing, at: finder.place(reading), id: id, article: article,
                    "The indicators of article \(id) at \(finder.place(reading)) belong to no article."))
        }
        if entries.contains(where: { $0.kind == .rowArticle }) {
            report.add(
                Finding(
                    .extra, .row, at: "table articles", id: id, article: article,
                    "The row of article \(id) has no record."))
        }
        if entries.contains(where: { $0.kind == .rowReading }) {
            report.add(
                Finding(
                    .extra, .row, at: "table readings", id: id, article: article,
                    "The rows of indicators of article \(id) have no record."))
        }
    }

    private func articleRow(
        _ entries: [LedgerEntry], _ record: LedgerEntry, _ id: String, _ report: inout AuditReport
    ) {
        guard stored != nil else { return }
        let article = ArticleID(rawValue: id)
        guard let row = entries.first(where: { $0.kind == .rowArticle }) else {
            if isStored(record) {
                report.add(
                    Finding(
                        .missing, .row, at: "table articles", id: id, article: article,
                        "The article \(id) at \(finder.place(record)) has no row."))
            } else {
                report.counts.waiting += 1
            }
            return
        }
        let records = entries.filter { $0.kind == .recordArticle }
        let allowed = [records.last(where: isStored)].compactMap(\.self) + records.filter { !isStored($0) }
        let isRight = row.isSound && allowed.contains { $0.digest == row.digest }
        if isRight {
            report.counts.rows += 1
        } else {
            report.add(
                Finding(
                    .changed, .row, at: "table articles", id: id, article: article,
                    "The row of article \(id) is not what its record says"
                        + (scan.strayColumns[.articles]?[row.subject].map { ": \($0)." } ?? ".")))
        }
    }

    // MARK: - Readings

    /// Where its partition begins, if records before that are gone and with them the head of this reading.
    private func cut(_ reading: LedgerEntry, _ report: AuditReport) -> Int64? {
        let partition = TopicPartition(topics.indicators, reading.partition)
        guard isWhole, let begin = report.accounts.first(where: { $0.partition == partition })?.offsets.lowerBound,
            begin > 0, reading.first == begin
        else { return nil }
        return begin
    }

    private func readings(
        _ entries: [LedgerEntry], _ record: LedgerEntry, _ derivedArticle: LedgerEntry?, _ report: inout AuditReport
    ) throws {
        let id = record.subject.shortDigits
        let article = ArticleID(rawValue: id)
        let readings = entries.filter { $0.kind == .recordReading }
        for reading in readings where !reading.isSound {
            let differences = try lookInto(report) {
                try entries.last { $0.kind == .derivedReading }.map {
                    try finder.reading(reading, derived: $0, kind: .changed)
                } ?? []
            }
            if let begin = cut(reading, report) {
                report.add(
                    Finding(
                        .missing, .closing, at: finder.place(reading), id: id, article: article,
                        "The first indicators of article \(id) stood before offset \(begin), where "
                            + "\(topics.indicators)/\(reading.partition) begins now."))
                differences.forEach { report.add($0) }
                continue
            }
            report.add(
                Finding(
                    .tampered, .closing, at: finder.place(reading), id: id, article: article,
                    reading.count < 0
                        ? "The indicators of article \(id) from \(finder.place(reading)) on have no closing record."
                        : "The closing record of article \(id) at \(finder.place(reading)) does not fit the indicators "
                            + "before it, in count or digest."))
            differences.forEach { report.add($0) }
        }
        let sound = readings.filter(\.isSound)
        report.counts.closings += sound.count
        guard let newest = sound.map(\.engine).max(), let current = sound.last(where: { $0.engine == newest }) else {
            if readings.isEmpty { unread(entries, record, id, &report) }
            return
        }
        report.counts.superseded += sound.count { $0.digest != current.digest }
        if let derived = entries.last(where: { $0.kind == .derivedReading }) {
            // Equal digests are equal bytes of all indicators: equal in every field, whoever read them.
            if derived.digest == current.digest {
                report.counts.readings += 1
                report.counts.indicators += Int(current.count)
            } else if isAwaited(record: entries, current) {
                report.counts.waiting += 1
            } else {
                let isOther =
                    derived.engine != current.engine || derived.lexicon != current.lexicon
                    || scan.otherDecoders[derived.parent] != nil
                try differing(current, derived, isOther, id, &report)
            }
        }
        try rows(entries, sound, current, derivedArticle, &report)
    }

    /// Whether a reading is what followed from what was given before, and what was given since is still to be read.
    private func isAwaited(record entries: [LedgerEntry], _ current: LedgerEntry) -> Bool {
        guard entries.contains(where: { $0.kind == .derivedReading && $0.digest == current.digest }),
            let last = entries.last(where: { $0.kind == .recordArticle }),
            let next = enriched[TopicPartition(topics.articles, last.partition)]
        else { return false }
        return last.offset >= next
    }

    private func lookInto(_ report: AuditReport, _ look: () throws -> [Finding]) rethrows -> [Finding] {
        report.findings.count < Self.mostLookedInto ? try look() : []
    }

    private func differing(
        _ current: LedgerEntry, _ derived: LedgerEntry, _ isOther: Bool, _ id: String, _ report: inout AuditReport
    ) throws {
        let found = try lookInto(report) {
            try finder.reading(current, derived: derived, kind: isOther ? .otherEngine : .changed)
        }
        found.forEach { report.add($0) }
        guard found.isEmpty else { return }
        let author = isOther ? "by engine \(current.engine) with lexicon \(current.lexicon.digits.prefix(12))…, " : ""
        report.add(
            Finding(
                isOther ? .otherEngine : .changed, .indicator, at: finder.place(current), id: id,
                article: ArticleID(rawValue: id),
                "The indicators of article \(id) at \(finder.place(current)), \(author)are not what the article gives.")
        )
    }

    private func unread(_ entries: [LedgerEntry], _ record: LedgerEntry, _ id: String, _ report: inout AuditReport) {
        if entries.contains(where: { $0.kind == .rejectedArticle }) {
            report.counts.rejected += 1
            return
        }
        let partition = TopicPartition(topics.articles, record.partition)
        if let next = enriched[partition], record.offset >= next {
            report.counts.waiting += 1
            return
        }
        report.add(
            Finding(
                .missing, .closing, at: topics.indicators, id: id, article: ArticleID(rawValue: id),
                "The indicators of the article \(id) at \(finder.place(record)) are missing, with their closing record."
            ))
    }

    private func rows(
        _ entries: [LedgerEntry], _ sound: [LedgerEntry], _ current: LedgerEntry, _ derived: LedgerEntry?,
        _ report: inout AuditReport
    ) throws {
        guard stored != nil else { return }
        let id = current.subject.shortDigits
        let article = ArticleID(rawValue: id)
        let due = sound.filter { isStored($0) }
        let newest = due.map(\.engine).max()
        // What the database must have: of the newest engine the last; or anything after its progress.
        let expected = due.last { $0.engine == newest }
        guard let row = entries.first(where: { $0.kind == .rowReading }) else {
            if let expected {
                report.add(
                    Finding(
                        .missing, .row, at: "table readings", id: id, article: article,
                        "The indicators of article \(id) at \(finder.place(expected)) have no rows."))
            } else {
                report.counts.waiting += 1
            }
            return
        }
        let allowed = [expected].compactMap(\.self) + sound.filter { !isStored($0) }
        if row.isSound, let match = allowed.last(where: { Self.isSame($0, row) }) {
            report.counts.rows += 1 + Int(match.count)
            return
        }
        if row.engine < 0 {
            report.add(
                Finding(
                    .missing, .row, at: "table readings", id: id, article: article,
                    "The indicators of article \(id) stand in the database, but their row in readings is missing."))
            return
        }
        let reading = allowed.last { $0.engine == row.engine } ?? expected ?? current
        let found = try lookInto(report) { try finder.rows(reading, derived: derived) }
        found.forEach { report.add($0) }
        guard found.isEmpty else { return }
        let columns = scan.strayColumns[.readings]?[row.subject].map { " (\($0))" } ?? ""
        report.add(
            Finding(
                .changed, .row, at: "table readings", id: id, article: article,
                "The rows of article \(id) are not what the records at \(finder.place(reading)) say\(columns)."))
    }

    private static func isSame(_ record: LedgerEntry, _ row: LedgerEntry) -> Bool {
        record.engine == row.engine && record.lexicon == row.lexicon && record.digest == row.digest
            && record.count == row.count && record.parent == row.parent
    }
}

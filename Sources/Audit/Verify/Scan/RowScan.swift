import BulletinModel
import Crypto
import Store

extension Scan {
    /// Notes every row of the database; it must have been read before the topics were, so that no
    /// row can be newer than what is known of them.
    func rows(_ store: BulletinStore) throws {
        try store.forEachBulletinRow { row in
            var entry = LedgerEntry(.rowBulletin, Digest32(digits: row.id.rawValue))
            entry.isSound = row.digest == row.id && row.strayColumns.isEmpty
            entry.digest = Digest32(of: Array(row.source.utf8))
            entry.parent = Digest32(of: Array((row.received ?? "").utf8))
            try ledger.add(entry)
        }
        try store.forEachOriginRow { bulletin, origin in
            // A row that was never written so is of a subject that no record has.
            let subject =
                origin.map { LedgerEntry.subject(of: $0.offer, $0.bulletin) }
                ?? Digest32(of: Array("origin \(bulletin)".utf8))
            var entry = LedgerEntry(.rowOrigin, subject)
            entry.digest = Digest32(of: Array((origin?.source ?? "").utf8))
            entry.parent = Digest32(of: Array((origin?.received ?? "").utf8))
            try ledger.add(entry)
        }
        let articles = memory?.rows(.articles)
        try store.forEachArticleRow { id, row in
            try recall(articles, .articles, id, row)
        } _: { row in
            var entry = LedgerEntry(.rowArticle, Digest32(digits: row.id.rawValue))
            entry.isSound = row.strayColumns.isEmpty
            entry.digest = Digest32(of: row.message)
            note(row.strayColumns, of: .articles, entry.subject)
            try settle(.articles, entry)
        }
        let readings = memory?.rows(.readings)
        try store.forEachReadingRow { article, rows in
            try recall(readings, .readings, article, rows)
        } _: { row in
            var entry = LedgerEntry(.rowReading, Digest32(digits: row.article.rawValue))
            entry.engine = -1
            if let closing = row.closing {
                entry.isSound =
                    row.strayColumns.isEmpty && closing.count == row.count && closing.digest == row.digest
                entry.parent = Digest32(digits: closing.bulletin.rawValue)
                entry.engine = Int32(clamping: closing.engine.number)
                entry.lexicon = Digest32(digits: closing.engine.lexicon)
                entry.digest = Digest32(digits: closing.digest)
                entry.count = Int32(clamping: closing.count)
            } else {
                entry.isSound = false
            }
            note(row.strayColumns, of: .readings, entry.subject)
            try settle(.readings, entry)
        }
        if let mistake { throw mistake }
        for letter in try store.deadLetters() {
            var entry = LedgerEntry(.rowLetter, Digest32(digits: letter.id.rawValue))
            entry.digest = Topics.digest(of: letter)
            try ledger.add(entry)
        }
    }

    /// Takes what is remembered of a row, or says that it must be looked into.
    private func recall(
        _ rows: RowMemory?, _ table: RowMemory.Table, _ id: String, _ columns: UnsafeRawBufferPointer
    ) throws -> Bool {
        guard let memory, let rows else { return false }
        let subject = Digest32(digits: id)
        var hasher = SHA256()
        hasher.update(bufferPointer: columns)
        let digest = Digest32(hasher.finalize())
        let known = rows.entry(subject, digest: digest)
        if let known, !memory.isSampled() {
            try ledger.add(known)
            memory.keep(row: digest, of: table, known)
            return true
        }
        lookedInto = (subject, digest, known)
        return false
    }

    /// Notes what a row came to that was looked into, and remembers it where it is as it should be.
    private func settle(_ table: RowMemory.Table, _ entry: LedgerEntry) throws {
        defer { lookedInto = nil }
        try ledger.add(entry)
        guard let (subject, digest, known) = lookedInto, subject == entry.subject else { return }
        if let known, known != entry {
            // Thrown when the tables are through: what is thrown on the way is taken for a failure of the database.
            mistake = mistake ?? MemoryMistake(of: "the row of \(subject.shortDigits) in table \(table.rawValue)")
        }
        if entry.isSound { memory?.keep(row: digest, of: table, entry) }
    }

    /// Columns that do not follow from the rest, for the message; damage on this scale is rare.
    private func note(_ columns: [String], of table: RowMemory.Table, _ subject: Digest32) {
        guard !columns.isEmpty, strayColumns[table]?.count ?? 0 < 10_000 else { return }
        strayColumns[table, default: [:]][subject] = "column " + columns.joined(separator: ", ")
    }
}

import BulletinModel
import Store

extension Scan {
    /// Notes every row of the database; it must have been read before the topics were, so that no
    /// row can be newer than what is known of them.
    func rows(_ store: BulletinStore) throws {
        try store.forEachBulletinRow { row in
            var entry = LedgerEntry(.rowBulletin, Digest32(digits: row.id.rawValue))
            entry.isSound = row.digest == row.id && row.strayColumns.isEmpty
            entry.digest = Digest32(of: Array(row.source.utf8))
            try ledger.add(entry)
        }
        try store.forEachArticleRow { row in
            var entry = LedgerEntry(.rowArticle, Digest32(digits: row.id.rawValue))
            entry.isSound = row.strayColumns.isEmpty
            entry.digest = Digest32(of: row.message)
            note(row.strayColumns, entry.subject)
            try ledger.add(entry)
        }
        try store.forEachReadingRow { row in
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
            note(row.strayColumns, entry.subject)
            try ledger.add(entry)
        }
        for letter in try store.deadLetters() {
            var entry = LedgerEntry(.rowLetter, Digest32(digits: letter.id.rawValue))
            entry.digest = AuditTopics.digest(of: letter)
            try ledger.add(entry)
        }
    }

    /// Columns that do not follow from the rest, for the message; damage on this scale is rare.
    private func note(_ columns: [String], _ subject: Digest32) {
        guard !columns.isEmpty, strayColumns.count < 10_000 else { return }
        strayColumns[subject] = "column " + columns.joined(separator: ", ")
    }
}

import Testing
import TopicLog

@testable import Audit

@Suite("Stretches of records")
struct StretchTests {
    private let partition = TopicPartition("t", 0)

    private func record(_ offset: Int64, _ text: String = "x") -> Record {
        Record(
            partition: partition, offset: offset, timestamp: Timestamp(milliseconds: offset), key: [1],
            value: Array(text.utf8), headers: [Header("a", "b"), Header("none", bytes: nil)])
    }

    private func entry(_ number: Int32) -> LedgerEntry {
        var entry = LedgerEntry(.recordArticle, Digest32(digits: "\(number)"))
        entry.count = number
        return entry
    }

    /// Feeds records, of which some leave something open and some are not to be remembered.
    private func stretches(_ records: [Record], most: Int, open: Set<Int64> = [], spoilt: Set<Int64> = []) -> [String] {
        let builder = StretchBuilder(partition, most: most)
        var found: [(Stretch, [LedgerEntry])] = []
        for record in records {
            builder.note(entry(Int32(record.offset)))
            if spoilt.contains(record.offset) { builder.spoil() }
            if let stretch = builder.took(record, isQuiet: !open.contains(record.offset)) { found.append(stretch) }
        }
        if let stretch = builder.flush() { found.append(stretch) }
        return found.map { stretch, entries in
            "\(stretch.offsets.lowerBound)-\(stretch.offsets.upperBound) \(stretch.records): "
                + entries.map { "\($0.count)" }.joined(separator: " ")
        }
    }

    @Test("end where they are full, and only where nothing is open")
    func ends() {
        let records = (0..<7).map { record($0) }
        #expect(stretches(records, most: 3) == ["0-3 3: 0 1 2", "3-6 3: 3 4 5", "6-7 1: 6"])
        #expect(stretches(records, most: 3, open: [2, 3]) == ["0-5 5: 0 1 2 3 4", "5-7 2: 5 6"])
        #expect(stretches(records, most: 3, open: [5, 6]) == ["0-3 3: 0 1 2"])
    }

    @Test("leave out what is not to be remembered, with what was open then")
    func spoilt() {
        let records = (0..<7).map { record($0) }
        #expect(stretches(records, most: 9, spoilt: [3]) == ["0-3 3: 0 1 2", "4-7 3: 4 5 6"])
        #expect(stretches(records, most: 9, open: [2, 3, 4], spoilt: [3]) == ["6-7 1: 6"])
        #expect(stretches(records, most: 9, open: [3], spoilt: [3]) == ["0-3 3: 0 1 2", "5-7 2: 5 6"])
    }

    private func check(_ stretches: [(stretch: Stretch, isSampled: Bool)], _ records: [Record]) throws -> [String] {
        let check = StretchCheck(stretches)
        var told: [String] = []
        func tell(_ outcome: StretchCheck.Outcome) {
            switch outcome {
            case .unknown(let record): told.append("unknown \(record.offset)")
            case .begin: told.append("begin")
            case .same(let stretch): told.append("same \(stretch.offsets.lowerBound)")
            case .sampled(_, let records): told.append("sampled \(records.map { Int($0.offset) })")
            case .changed(let offsets): told.append("changed \(offsets)")
            }
        }
        for record in records {
            try ArchivedRecord.encode(record).withUnsafeBytes { try check.take(record.offset, $0, tell) }
        }
        try check.finish(tell)
        return told
    }

    @Test("are the same only with the same bytes at the same offsets")
    func checked() throws {
        let records = (0..<6).map { record($0) }
        let builder = StretchBuilder(partition, most: 2)
        let known = records.prefix(4).compactMap { builder.took($0, isQuiet: true)?.0 }
        #expect(known.count == 2)
        let plain = known.map { ($0, false) }
        #expect(
            try check(plain, records) == ["begin", "same 0", "begin", "same 2", "unknown 4", "unknown 5"])
        #expect(
            try check(known.map { ($0, true) }, records).prefix(4)
                == ["begin", "sampled [0, 1]", "begin", "sampled [2, 3]"])
        var changed = records
        changed[1] = record(1, "y")
        #expect(try check(plain, changed).prefix(2) == ["begin", "changed 0..<2"])
        #expect(try check(plain, Array(records[1...])).prefix(2) == ["begin", "changed 0..<2"])
        #expect(try check(plain, Array(records[2...])).prefix(2) == ["begin", "same 2"])
        #expect(try check(plain, Array(records[..<3])) == ["begin", "same 0", "begin", "changed 2..<4"])
    }

    @Test("come back from the memory's bytes as they were")
    func codec() {
        var entry = entry(7)
        entry.isSound = false
        (entry.partition, entry.engine, entry.topic, entry.offset, entry.first) = (3, -1, 2, 1 << 40, 5)
        entry.lexicon = Digest32(digits: "lexicon")
        let stretch = Stretch(offsets: 4..<9, records: 5, digest: Digest32(digits: "digest"))
        var bytes: [UInt8] = []
        StretchFile.append(stretch, [entry, self.entry(1)], to: &bytes)
        let places = StretchFile.stretches(.init(bytes))
        #expect(places == [stretch: 0])
        #expect(StretchFile.entries(.init(bytes), at: 0) == [entry, self.entry(1)])
        #expect(StretchFile.stretches(.init(bytes.dropLast())).isEmpty)
    }
}

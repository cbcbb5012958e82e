import Foundation
import Testing

/// What happens when the engine or its tables change: `replay --enrich --renew`.
@Suite struct RenewalTests {
    @Test(
        "other tables: the figures keep their identifiers, the database follows, and a second time nothing is left to do"
    )
    func tables() throws {
        let place = try Program.site(5)
        defer { try? FileManager.default.removeItem(at: place) }
        let lexicon = place.appending(path: "lexicon")
        try FileManager.default.copyItem(
            at: URL(filePath: #filePath).appending(path: "../../../Config/lexicon").standardized, to: lexicon)
        let measures = lexicon.appending(path: "measures.tsv")
        let data = ["--data", place.appending(path: "data").path]
        func query() throws -> [[String]] {
            let outcome = try Program.run(["query", "--format", "csv", "--limit", "1000"] + data)
            let rows = outcome.output.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
            let heads = try #require(rows.first)
            let columns = try ["id", "name", "code"].map { try #require(heads.firstIndex(of: $0)) }
            return rows.dropFirst().map { row in columns.map { row[$0] } }.sorted { $0[0] < $1[0] }
        }
        let before = try query()
        let table = try String(contentsOf: measures, encoding: .utf8)
        let row = try #require(table.split(separator: "\n").last { !$0.hasPrefix("#") })
        // A measure that only these tables know, otherwise like the last one.
        var columns = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        columns.replaceSubrange(0..<3, with: ["renewal_probe", "第1区投资", "第2区投资"])
        let added = columns.joined(separator: "\t")
        try (table + added + "\n").write(to: measures, atomically: true, encoding: .utf8)
        let own = data + ["--set", "lexicon=\(lexicon.path)"]

        let renewed = try Program.run(["replay", "--topic", "articles", "--enrich", "--renew"] + own)
        #expect(renewed.status == 0 && renewed.errors.contains("5 articles were read again"), "\(renewed.errors)")
        #expect(try Program.run(["run"] + own).status == 0)
        let after = try query()
        #expect(before.map { $0[0] } == after.map { $0[0] })
        #expect(before != after && after.contains { $0[2] == "renewal_probe" })
        let again = try Program.run(["replay", "--topic", "articles", "--enrich", "--renew"] + own)
        #expect(again.status == 0 && again.errors.contains("already"), "\(again.errors)")
        #expect(try Program.run(["audit", "verify"] + own).status == 0)
    }

    @Test(
        "a renewal has no other target or source",
        arguments: [["--into-prefix", "x."], ["--into-topic", "y"], ["--resume"], []])
    func usage(_ more: [String]) throws {
        let arguments = ["replay", "--topic", "articles", "--renew"] + (more.isEmpty ? [] : ["--enrich"]) + more
        #expect(try Program.run(arguments).status == 2)
    }
}

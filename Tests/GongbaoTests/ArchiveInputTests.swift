import Foundation
import Testing

/// Archives and messages as a user gives them, made by another program.
@Suite struct ArchiveInputTests {
    /// A ZIP with a text, a picture, a ZIP in it, a 7z-like name in GB 18030, and a message with an attachment.
    private static let script = """
        import base64, io, sys, zipfile
        def pack(parts):
            out = io.BytesIO()
            with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as f:
                for name, content in parts: f.writestr(name, content)
            return out.getvalue()
        first = '# 海州市公报\\n\\n2024年，全市完成投资120亿元，比上年增长5.5%。\\n'.encode()
        second = '# 公告\\n\\n2023年，全市新建学校11所。\\n'.encode()
        third = '# 通报\\n\\n2021年，全市工业产值9亿元。\\n'.encode()
        own = '2022年，全市造林7亩。'.encode()
        mail = (b'From: a@example.org\\r\\nTo: b@example.org\\r\\nSubject: x\\r\\nContent-Type: multipart/mixed; boundary=b'
            + b'\\r\\n\\r\\n--b\\r\\nContent-Type: text/plain; charset=utf-8\\r\\n\\r\\n' + own
            + b'\\r\\n--b\\r\\nContent-Type: application/zip; name=t.zip\\r\\nContent-Transfer-Encoding: base64\\r\\n\\r\\n'
            + base64.encodebytes(pack([('丙.md', third)])) + b'--b--\\r\\n')
        whole = pack([('公报/甲.md', first), ('in.zip', pack([('乙.md', second), ('p.png', b'\\x89PNG\\0\\0')])), ('m.eml', mail)])
        open(sys.argv[1], 'wb').write(whole)
        """

    private func archive(_ place: URL) throws -> String {
        let path = place.appending(path: "all.zip").path
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = ["-c", Self.script.replacingOccurrences(of: "\\\\", with: "\\"), path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return path
    }

    @Test("extract and segment read each document in it under its own name")
    func read() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let path = try archive(place)
        let outcome = try Program.run(["extract", "--format", "jsonl", path])
        let files = try outcome.output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])["file"] as? String
        }
        let names = ["公报/甲.md", "in.zip!乙.md", "m.eml", "m.eml!t.zip!丙.md"].map { path + "!" + $0 }
        #expect(files == [names[0], names[0], names[1], names[2], names[3]])
        #expect(outcome.status == 3 && outcome.errors.contains("all.zip!in.zip!p.png: "), "\(outcome.errors)")
        let segments = try Program.run(["segment", path])
        for name in names { #expect(segments.output.contains("\"file\":\"\(name)\"")) }
        let page = try Program.run(["extract", path, "--html", "-"])
        #expect(page.status == 2 && page.errors.contains("one document"))
    }

    @Test("run stores each document and the archive, once, and the audit derives all of it again")
    func stored() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let (path, data) = (try archive(place), place.appending(path: "data").path)
        let run = try Program.run(["run", path, "--data", data])
        #expect(
            run.status == 3 && run.output.contains("7 new, 0 known already, 1 rejected"), "\(run.output) \(run.errors)")
        #expect(run.output.contains("all.zip!in.zip!p.png: "))
        #expect(run.output.contains("7 bulletins, 4 articles, 5 indicators, 1 dead letters"))
        let again = try Program.run(["run", path, "--data", data])
        #expect(again.status == 0 && again.output.contains("Offered 1: 0 new, 1 known already"), "\(again.output)")
        let audit = try Program.run(["audit", "verify", "--data", data])
        #expect(audit.status == 0 && audit.output.contains("Everything holds."), "\(audit.output)")
        let query = try Program.run(["query", "--data", data, "--format", "csv"])
        #expect(query.output.contains("all.zip!m.eml!t.zip!丙.md"))
    }
}

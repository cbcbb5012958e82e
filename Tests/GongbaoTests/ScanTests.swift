import Foundation
import Testing

/// Pages that are pictures, with and without what recognises them.
@Suite struct ScanTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scans")
    /// Whether Debian's tesseract with its simplified Chinese is installed.
    static let isInstalled =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/tesseract")
        && FileManager.default.fileExists(atPath: "/usr/share/tesseract-ocr/5/tessdata/chi_sim.traineddata")

    private func figures(_ arguments: [String]) throws -> [(figure: String, line: [String: Any])] {
        let outcome = try Program.run(["extract", "--format", "jsonl"] + arguments)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.output.split(separator: "\n").map {
            let line = try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
            return ("\(line["value"] ?? "") \(line["unit"] ?? "")", line)
        }
    }

    @Test("ten pages, of two fonts and one askew, give nine of ten figures with their units", .enabled(if: isInstalled))
    func pages() throws {
        var (right, all, found) = (0, 0, 0)
        for number in 0..<10 {
            let page = Self.folder.appending(path: "page\(number)")
            var expected = try figures([page.appendingPathExtension("txt").path]).map(\.figure)
            let read = try figures([page.appendingPathExtension("png").path, "--ocr"])
            all += expected.count
            found += read.count
            for (figure, line) in read {
                let rules = line["rules"] as? [String] ?? []
                #expect(rules.contains("text:recognised"))
                guard let place = expected.firstIndex(of: figure) else { continue }
                expected.remove(at: place)
                right += 1
            }
        }
        #expect(all >= 100)
        #expect(2 * Double(right) / Double(all + found) >= 0.9, "\(right) of \(all), \(found) read")
    }

    @Test("the confidence of a figure is lowered by that of its words", .enabled(if: isInstalled))
    func confidence() throws {
        let page = Self.folder.appending(path: "page0")
        let plain = try figures([page.appendingPathExtension("txt").path])
        let read = try figures([page.appendingPathExtension("png").path, "--ocr"])
        for (figure, line) in read {
            guard
                let same = plain.first(where: {
                    $0.figure == figure && $0.line["name"] as? String == line["name"] as? String
                })
            else { continue }
            let (lower, upper) = (line["confidence"] as? Double ?? 1, same.line["confidence"] as? Double ?? 0)
            #expect(lower < upper, "\(figure)")
        }
    }

    @Test("without it a picture is rejected, and the reason names the setting")
    func off() throws {
        let outcome = try Program.run(["extract", Self.folder.appending(path: "page0.png").path])
        #expect(outcome.status == 3 && outcome.errors.contains("--ocr") && outcome.errors.contains("decoder.ocr"))
    }

    @Test("without tesseract the command says what to install")
    func missing() throws {
        let empty = try Program.directory()
        defer { try? FileManager.default.removeItem(at: empty) }
        let outcome = try Program.run(
            ["extract", "--ocr", Self.folder.appending(path: "page0.png").path], environment: ["PATH": empty.path])
        #expect(outcome.status == 1 && outcome.errors.contains("tesseract-ocr-chi-sim"), "\(outcome.errors)")
    }
}

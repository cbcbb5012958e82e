import Foundation
import Operations
import Reading
import Testing

@testable import gongbao

/// PDF files, read through pdftotext as a user's are.
@Suite struct PdfTests {
    private static let report: [[SmallPdf.Words]] = [
        [
            (180, 800, "云溪县2023年统计公报"), (72, 770, "全年全县生产总值386.5亿元，比上年增长6.2%，其中第二产业增加值"),
            (72, 754, "150.3亿元，增长7.1%。"), (230, 720, "主要产品产量"), (72, 700, "产品"), (200, 700, "单位"),
            (300, 700, "产量"), (400, 700, "比上年增长（%）"), (72, 684, "水泥"), (200, 684, "万吨"), (300, 684, "120.5"),
            (400, 684, "3.1"), (72, 668, "钢材"), (200, 668, "万吨"), (300, 668, "33.0"), (400, 668, "-2.4"),
            (290, 40, "- 1 -"),
        ],
        [(72, 800, "年末全县常住人口52.3万人。")],
    ]

    private func write(_ files: [String: [UInt8]]) throws -> URL {
        let place = try Program.directory()
        for (name, bytes) in files { try Data(bytes).write(to: place.appending(path: name)) }
        return place
    }

    @Test("figures of prose and tables are read from a PDF, whatever its name says")
    func extract() throws {
        let place = try write(["report.txt": SmallPdf.bytes(Self.report)])
        defer { try? FileManager.default.removeItem(at: place) }
        let outcome = try Program.run(["extract", "--format", "csv", place.appending(path: "report.txt").path])
        #expect(outcome.status == 0, "\(outcome.errors)")
        for figure in [
            "生产总值,38650000000,", "第二产业增加值,7.1,", "水泥产量,1205000,", "钢材产量,-2.4,", "常住人口,523000,",
        ] { #expect(outcome.output.contains(figure), "\(figure) in \(outcome.output)") }
    }

    @Test("what is wrong with a PDF goes to the dead letters with a code of its own, and an audit holds the rest")
    func run() throws {
        let good = SmallPdf.bytes(Self.report)
        let place = try write([
            "good.pdf": good, "encrypted.pdf": SmallPdf.encrypted(Self.report),
            "scanned.pdf": SmallPdf.bytes([[], []]),
            "damaged.pdf": Array(good.prefix(900)),
        ])
        defer { try? FileManager.default.removeItem(at: place) }
        let data = place.appending(path: "data").path
        let files = ["good", "encrypted", "scanned", "damaged"].map { place.appending(path: $0 + ".pdf").path }
        let outcome = try Program.run(["run"] + files + ["--data", data])
        #expect(outcome.status == 3, "\(outcome.errors)")
        let letters = try Program.run(["deadletters", "list", "--data", data]).output
        for code in ["pdf_encrypted", "pdf_no_text", "pdf_damaged"] {
            #expect(letters.contains(code), "\(code) in \(letters)")
        }
        let tail = try Program.run(["topics", "tail", "indicators", "--data", data]).output
        #expect(tail.contains("gongbao_decoder"), "\(tail)")
        let audit = try Program.run(["audit", "verify", "--data", data])
        #expect(audit.status == 0 && audit.output.contains("Everything holds."), "\(audit.output)\(audit.errors)")
    }

    @Test("a PDF may take only so much time and give only so much text")
    func bounds() throws {
        func error(_ bounds: BoundedProcess.Bounds) -> DecodeError? {
            do throws(DecodeError) {
                _ = try PdfToText(bounds: bounds).reader.text(SmallPdf.bytes(Self.report), .acrossThePage)
                return nil
            } catch { return error }
        }
        let short = BoundedProcess.Bounds(processorSeconds: 9, seconds: 90, memory: 1 << 30, output: 50)
        #expect(error(short)?.code == "pdf_too_long" && error(short)?.cause == .bytes)
        let none = BoundedProcess.Bounds(processorSeconds: 9, seconds: 0, memory: 1 << 30, output: 1 << 20)
        #expect(error(none)?.cause == .outage)
    }

    @Test("a missing pdftotext is a matter of setting up, and rejects nothing")
    func missing() throws {
        let reader = PdfToText(searching: "/nowhere").reader
        #expect { try reader.version() } throws: { ($0 as? DecodeError)?.cause == .setup }
        let place = try write(["pdftotext": Array("#!/bin/sh\nexit 1\n".utf8)])
        defer { try? FileManager.default.removeItem(at: place) }
        #expect { try PdfToText(searching: place.path).reader.version() } throws: {
            ($0 as? DecodeError)?.cause == .setup
        }
    }
}

// Feeds libFuzzer's bytes through decode, segment and extract, and stops where a quote is not what
// stands at its place. Built only where asked for, since it has a main function of its own:
//   GONGBAO_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product gongbao-fuzz
//   SWIFT_BACKTRACE=enable=no .build/fuzz/release/gongbao-fuzz -timeout=5 -rss_limit_mb=2048 -max_len=4096 \
//       -dict=Tests/ReadingFuzz/vocabulary.dict CORPUS_FOLDER
// Swift's own backtrace would end the process before the fuzzer has kept the input. The dictionary has the words
// of bulletins and the marks of HTML and Markdown in UTF-8, each byte escaped, as libFuzzer wants it.
// Every input is read twice: as a bulletin's bytes, and as the text that a converter makes of a PDF (pages, columns
// and their gaps), which takes no process: up to the first zero byte the text across the page, behind it the text
// column by column.
// What it finds becomes a case of Tests/ReadingTests/RobustnessTests.swift.

import BulletinModel
import Foundation
import Reading

private let engine: Engine = {
    var tables: [String: String] = [:]
    for name in Lexicon.tableNames {
        tables[name] = try? String(contentsOfFile: "Config/lexicon/" + name, encoding: .utf8)
    }
    guard let lexicon = try? Lexicon(tables: tables) else { fatalError("the lexicon tables cannot be read") }
    return Engine(lexicon: lexicon, pdf: converter)
}()

private let pdfMark = Array("%PDF-".utf8)

/// Takes what stands behind the mark of a PDF for the text of its pages.
private let converter = PdfText(
    version: { () throws(DecodeError) in "fuzz 1" },
    text: { bytes, order throws(DecodeError) in
        let orders = bytes.dropFirst(pdfMark.count).split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        return Array((order == .withPlaces ? orders.last : orders.first) ?? [])
    })

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    read(bytes)
    read(pdfMark + bytes)
    return 0
}

private func read(_ bytes: [UInt8]) {
    guard let text = try? engine.decode(bytes) else { return }
    for article in engine.segment(text, bulletin: BulletinID(bytes: bytes)) {
        _ = engine.paragraphs(of: article)
        for indicator in engine.extract(article) {
            guard text.string(indicator.start..<indicator.end) == indicator.quote else {
                fatalError("the quote of \(indicator) is not what stands at its place")
            }
        }
    }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager takes this for the program's main function.
@_cdecl("gongbao_fuzz_main")
public func fuzz(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments = arguments
    return run(&count, &arguments, fuzzOne)
}

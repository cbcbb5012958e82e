// Feeds libFuzzer's bytes through decode, segment and extract, and stops where a quote is not what
// stands at its place. Built only where asked for, since it has a main function of its own:
//   GONGBAO_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product gongbao-fuzz
//   SWIFT_BACKTRACE=enable=no .build/fuzz/release/gongbao-fuzz -timeout=5 -rss_limit_mb=2048 -max_len=4096 \
//       -dict=Tests/ReadingFuzz/vocabulary.dict CORPUS_FOLDER
// Swift's own backtrace would end the process before the fuzzer has kept the input. The dictionary has the words
// of bulletins and the marks of HTML and Markdown in UTF-8, each byte escaped, as libFuzzer wants it.
// What it finds becomes a case of Tests/ReadingTests/RobustnessTests.swift.

import BulletinModel
import Foundation
import Reading

private let engine: Engine = {
    var tables: [String: String] = [:]
    for name in ["measures.tsv", "regions.tsv"] {
        tables[name] = try? String(contentsOfFile: "Config/lexicon/" + name, encoding: .utf8)
    }
    guard let lexicon = try? Lexicon(tables: tables) else { fatalError("the lexicon tables cannot be read") }
    return Engine(lexicon: lexicon)
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let text = try? engine.decode(bytes) else { return 0 }
    for article in engine.segment(text, bulletin: BulletinID(bytes: bytes)) {
        _ = engine.paragraphs(of: article)
        for indicator in engine.extract(article) {
            guard text.string(indicator.start..<indicator.end) == indicator.quote else {
                fatalError("the quote of \(indicator) is not what stands at its place")
            }
        }
    }
    return 0
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

// Feeds libFuzzer's bytes to whatever reads what others wrote: records, headers, archives, proofs, tables. Nothing
// may end the process, and what is read must be written as it was. Built only where asked for:
//   GONGBAO_FUZZ=1 swift build -c release --scratch-path .build/fuzz --product gongbao-fuzz-records
//   .build/fuzz/release/gongbao-fuzz-records --seeds FOLDER        inputs to begin with, a folder for each part
//   GONGBAO_FUZZ_PART=manifest SWIFT_BACKTRACE=enable=no .build/fuzz/release/gongbao-fuzz-records -timeout=5 \
//       -rss_limit_mb=512 -max_len=8192 FOLDER/manifest
// The parts are those of FuzzPart. What it finds becomes a test of the reader.

import Foundation

private let part: FuzzPart = {
    let name = ProcessInfo.processInfo.environment["GONGBAO_FUZZ_PART"] ?? ""
    guard let part = FuzzPart(rawValue: name) else {
        fatalError("GONGBAO_FUZZ_PART is one of \(FuzzPart.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return part
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    part.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func run(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

/// The package manager takes this for the program's main function.
@_cdecl("gongbao_fuzz_records_main")
public func fuzz(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    if count == 3, let option = arguments[1], String(cString: option) == "--seeds", let folder = arguments[2] {
        do { try FuzzSeeds.write(to: String(cString: folder)) } catch { fatalError("\(error)") }
        return 0
    }
    var count = count
    var arguments = arguments
    return run(&count, &arguments, fuzzOne)
}

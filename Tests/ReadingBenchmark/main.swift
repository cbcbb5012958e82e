// Measures the reading engine on one core: decode, segment and extract, beside a plain scan of the
// same bytes in the same run, so that figures of different machines can be compared.
//   swift build -c release --product gongbao-bench && .build/release/gongbao-bench [MEGABYTES] [FILE…]
// With files it reads those, over and over until so many megabytes are through, instead of
// generated prose. `gongbao-bench extract FILE…` prints indicators as `gongbao extract --format jsonl`
// does, so that a change of the engine alone can be scored without building the rest. Times are of the processor, so that other load on the machine counts little. The lexicon is that of Config/lexicon in the working directory.

import BulletinModel
import Foundation
import Reading

func lexicon() throws -> Lexicon {
    var tables: [String: String] = [:]
    for name in Lexicon.tableNames {
        tables[name] = try String(contentsOfFile: "Config/lexicon/" + name, encoding: .utf8)
    }
    return try Lexicon(tables: tables)
}

/// Most memory that the process ever had, in megabytes.
func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
}

func row(_ what: String, _ time: Duration, _ bytes: Int, against plain: Double) {
    let speed = Double(bytes) / 1_000_000 / (time / .seconds(1))
    let padded = what.padding(toLength: 28, withPad: " ", startingAt: 0)
    print(padded, String(format: "%9.1f MB/s   1/%.0f of the plain scan", speed, plain / speed))
}

let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "extract" {
    let engine = Engine(lexicon: try lexicon())
    for file in arguments.dropFirst() where !file.hasPrefix("-") && file != "jsonl" {
        let bytes = Array(try Data(contentsOf: URL(filePath: file)))
        guard let text = try? engine.decode(bytes) else { continue }
        for article in engine.segment(text, bulletin: BulletinID(bytes: bytes)) {
            for indicator in engine.extract(article) {
                FileHandle.standardOutput.write(Data(IndicatorLine(indicator, file: file).bytes))
            }
        }
    }
    exit(0)
}
let megabytes = arguments.first.flatMap(Int.init) ?? 20
let files = arguments.drop { Int($0) != nil }
var documents: [[UInt8]]
if files.isEmpty {
    var prose = GeneratedProse(seed: 2026)
    documents = prose.documents(size: megabytes * 1_000_000, document: 30_000)
} else {
    let originals = try files.map { Array(try Data(contentsOf: URL(filePath: $0))) }
    documents = []
    var size = 0
    while size < megabytes * 1_000_000 {
        documents += originals
        size += originals.reduce(0) { $0 + $1.count }
    }
}
let bytes = documents.reduce(0) { $0 + $1.count }
let engine = Engine(lexicon: try lexicon())
/// What the processor has spent on this process.
func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

var sum = 0
let begin = now()
for document in documents { for byte in document { sum = (sum &* 31) &+ Int(byte) } }
let scan = now() - begin
var times = (decode: Duration.zero, segment: Duration.zero, extract: Duration.zero)
var figures = 0
var memory = (early: 0, late: 0)
for (i, document) in documents.enumerated() {
    let start = now()
    let text = try engine.decode(document)
    let decoded = now()
    let articles = engine.segment(text, bulletin: BulletinID(bytes: []))
    let segmented = now()
    for article in articles { figures += engine.extract(article).count }
    let extracted = now()
    times.decode += decoded - start
    times.segment += segmented - decoded
    times.extract += extracted - segmented
    if i == documents.count / 10 { memory.early = peakMemory() }
}
memory.late = peakMemory()
let total = times.decode + times.segment + times.extract
let plain = Double(bytes) / 1_000_000 / (scan / .seconds(1))
print(
    "\(documents.count) documents, \(bytes) bytes, \(figures) figures (\(figures * 1000 / bytes) in a kilobyte), checksum \(UInt(bitPattern: sum) % 1000)"
)
row("plain scan of the bytes", scan, bytes, against: plain)
row("decode", times.decode, bytes, against: plain)
row("segment", times.segment, bytes, against: plain)
row("extract", times.extract, bytes, against: plain)
row("decode, segment, extract", total, bytes, against: plain)
print("peak memory \(memory.early) MB after a tenth of the documents, \(memory.late) MB after all")

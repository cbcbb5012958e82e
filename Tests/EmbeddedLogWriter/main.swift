// Writes transactions to an embedded log until it is killed, for the tests of exactly that.
// Arguments: the log's file and a seed. Prints the number of each transaction once it is done.
//
// Transaction n appends `count` records "n i count" to two topics, spread by key, and commits the
// offsets of all records of topic "a" that stood there before: so a reader can tell whole from half.

import EmbeddedLog
import Foundation
import TopicLog

struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// Without a buffer: what is said before the kill is heard.
func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

func write(to path: String, seed: UInt64) throws {
    let log = try EmbeddedLog(path: path)
    try log.admin.create(["a", "b"].map { TopicSpecification(name: $0, partitions: 3) })
    let reader = try log.consumer(ConsumerSettings(.group("g", topics: ["a"], member: nil)))
    let producer = try log.producer(transactionalID: "writer")
    let marks = try log.admin.watermarks((0..<3).map { TopicPartition("b", $0) })
    var random = Generator(state: seed)
    // Numbers need not be dense, only new and growing: the count of what "b" holds is both.
    var number = marks.values.reduce(0) { $0 + $1.high }
    say("ready")
    var next: [TopicPartition: Int64] = [:]
    while true {
        while true {
            let batch = try reader.poll(BatchLimit(records: 1_000, bytes: 1 << 20, wait: .zero))
            if batch.records.isEmpty { break }
            next.merge(batch.next) { $1 }
        }
        let count = Int.random(in: 1...12, using: &random)
        let records = (0..<count).map { index in
            let padding = String(repeating: "·", count: Int.random(in: 0...3_000, using: &random))
            return Outgoing(
                topic: index % 2 == 0 ? "b" : "a", key: Array("\(number) \(index)".utf8),
                value: Array("\(number) \(index) \(count) \(padding)".utf8))
        }
        try producer.transact(records, consumed: Consumed(by: reader, next: next))
        say("\(number)")
        number += Int64((count + 1) / 2)
    }
}

let arguments = CommandLine.arguments
do {
    guard arguments.count == 3, let seed = UInt64(arguments[2]) else {
        throw Failure(.setup, code: "usage", "usage: EmbeddedLogWriter FILE SEED")
    }
    try write(to: arguments[1], seed: seed)
} catch {
    FileHandle.standardError.write(Data("\(error)\n".utf8))
    exit(1)
}

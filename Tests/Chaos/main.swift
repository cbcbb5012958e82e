// Breaks gongbao at random moments over generated bulletins of known contents, and compares all that
// is in the topics and in the database, as sets, with a run that nobody disturbed.
//   chaos GONGBAO [--kills 200] [--bulletins 2000] [--seed 1]          `gongbao run` on the embedded log
//         [--takings 40]                                               things are taken away between the runs, too
//   chaos GONGBAO --brokers HOST:PORT [--freezes 50] [--session 6]      workers as processes on Kafka
//         [--broker-command COMMAND] [--recoveries 5]                   which starts that broker
//         [--takings 18]                                                things are taken away, too
// Prints one line of summary; a failure names the seed and the first difference, and exits with 1.

import Foundation

do {
    let settings = try Settings(CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
    let folder = FileManager.default.temporaryDirectory.appending(path: "gongbao-chaos-\(getpid())")
    do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let summary =
            settings.brokers.isEmpty
            ? try EmbeddedChaos(settings: settings, folder: folder).wreak()
            : try KafkaChaos(settings, folder: folder).wreak()
        print("chaos: seed \(settings.seed): \(summary)")
        try FileManager.default.removeItem(at: folder)
    } catch {
        print("chaos: FAILED with seed \(settings.seed): \(error)\nEverything is kept in \(folder.path)")
        exit(1)
    }
} catch {
    print("chaos: \(error)")
    exit(2)
}

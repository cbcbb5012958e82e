import ArgumentParser

/// The command line: parsing and wiring only.
@main
struct Gongbao: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gongbao",
        abstract: "Streams Chinese official bulletins into indicators that anyone can audit.")
}

import ArgumentParser

/// `gongbao manual`: the manual page, for the installer.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Prints the manual page, for man.", shouldDisplay: false)

    func run() throws {
        var page = try ManualPage(Gongbao._dumpHelp(), version: Product.version)
        print(page.text(), terminator: "")
    }
}

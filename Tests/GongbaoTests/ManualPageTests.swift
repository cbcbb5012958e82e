import Foundation
import Operations
import Testing

@testable import gongbao

@Suite struct ManualPageTests {
    private func page() throws -> String {
        var page = try ManualPage(Gongbao._dumpHelp(), version: "1.2.3")
        return page.text()
    }

    @Test("every command, option, setting and exit code is told")
    func complete() throws {
        let page = try page()
        for command in ["run", "produce", "enrich", "sink", "topics lag", "topics tail", "config check", "status"] {
            #expect(page.contains("\n.SS gongbao \(command)"), "\(command)")
        }
        for option in ["\\-\\-until\\-caught\\-up", "\\-\\-inbox", "\\-\\-brokers", "\\-\\-watch"] {
            #expect(page.contains(option), "\(option)")
        }
        for field in Configuration.descriptions { #expect(page.contains(".B \(field.variable)\n")) }
        #expect(page.contains(".B 3\n") && page.hasPrefix(".TH GONGBAO 1 ") && page.contains("1.2.3"))
    }

    @Test("options that all commands have are told once")
    func shared() throws {
        let page = try page()
        #expect(page.components(separatedBy: "\\-\\-brokers \" ").count == 2)
    }

    @Test("man finds nothing wrong with it")
    func formats() throws {
        let place = try Program.directory()
        defer { try? FileManager.default.removeItem(at: place) }
        let file = place.appending(path: "gongbao.1")
        try Data(try page().utf8).write(to: file)
        let man = Process()
        man.executableURL = URL(filePath: "/usr/bin/env")
        man.arguments = ["man", "--warnings", "--local-file", "--pager=cat", file.path]
        let errors = place.appending(path: "errors")
        try Data().write(to: errors)
        man.standardError = try FileHandle(forWritingTo: errors)
        man.standardOutput = FileHandle.nullDevice
        try man.run()
        man.waitUntilExit()
        #expect(man.terminationStatus == 0)
        #expect(try Data(contentsOf: errors).isEmpty)
    }
}

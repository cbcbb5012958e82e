import Foundation
import Operations
import Testing

@testable import gongbao

/// The files that users start from are held to the code.
@Suite struct ShippedFilesTests {
    private let root = URL(filePath: #filePath).appending(path: "../../..").standardized

    @Test("Config/gongbao.reference.yaml is what the fields say")
    func reference() throws {
        let shipped = try String(contentsOf: root.appending(path: "Config/gongbao.reference.yaml"), encoding: .utf8)
        #expect(shipped == Configuration.reference, "write it anew: gongbao config reference")
    }

    @Test("Config/gongbao.minimal.yaml loads")
    func minimal() throws {
        let path = root.appending(path: "Config/gongbao.minimal.yaml").path
        let configuration = try ConfigurationOptions.parse(["--config", path]).load()
        #expect(configuration[Configuration.inbox] == "inbox")
    }

    @Test("Config/gongbao.reference.md is what settings and metrics say")
    func tables() throws {
        let shipped = try String(contentsOf: root.appending(path: "Config/gongbao.reference.md"), encoding: .utf8)
        #expect(shipped == ConfigCommand.Tables.page, "write it anew: gongbao config tables")
    }

    @Test("variables that units, image and manifests set are settings, and the manifests' file loads")
    func variables() throws {
        let known = Set(Configuration.descriptions.map(\.variable) + ["GONGBAO_CONFIG"])
        let places = ["deploy/systemd", "deploy/kubernetes"].flatMap { folder in
            (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path))?.map {
                folder + "/" + $0
            } ?? []
        }
        #expect(places.count > 8)
        for file in places + ["deploy/Dockerfile"] {
            let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /GONGBAO_[A-Z_]+/) {
                #expect(known.contains(String(match.output)), "\(match.output) in \(file)")
            }
        }
        let manifest = try String(
            contentsOf: root.appending(path: "deploy/kubernetes/configuration.yaml"), encoding: .utf8)
        let block = try #require(manifest.firstMatch(of: /gongbao\.yaml: \|\n((?:    .*\n)+)/)).output.1
        let file = block.split(separator: "\n").map { $0.dropFirst(4) }.joined(separator: "\n")
        let configuration = try Configuration(.init(file: ("gongbao.yaml", file), readSecret: { $0 }))
        #expect(!configuration[Configuration.brokers].isEmpty)
    }
}

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
}

import Foundation
import Reading
import Testing

@Suite("Names of divisions")
struct DivisionNamesTests {
    private func shipped() throws -> DivisionNames {
        let path = URL(filePath: #filePath).appending(path: "../../../Config/lexicon/regions.tsv").standardized
        return try DivisionNames(String(contentsOf: path, encoding: .utf8))
    }

    @Test("a division is found by a part of its name, another name, or how its code begins")
    func found() throws {
        let names = try shipped()
        #expect(names.found("巴音郭楞").map(\.code).contains("652800"))
        #expect(names.found("巴州").map(\.code).contains("652800"))
        #expect(names.found("6528").allSatisfy { $0.code.hasPrefix("6528") } && names.found("6528").count > 5)
        #expect(names.found("大西州").isEmpty && names.found("99").isEmpty)
    }

    @Test("what is unknown has neighbours")
    func nearest() throws {
        let names = try shipped()
        #expect(names.nearest("洛阳是").first?.name == "洛阳市")
        #expect(names.nearest("419999").allSatisfy { $0.code.hasPrefix("41") })
        #expect(names.nearest("xyz").isEmpty)
    }
}

import BulletinModel
import Testing

@Suite struct DeadLetterCodeTests {
    @Test("each code is a word for labels and columns, with one sentence of help")
    func words() {
        for code in DeadLetterCode.allCases {
            #expect(code.rawValue.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil, "\(code)")
            #expect(code.help.hasSuffix(".") && code.help.count > 20 && !code.help.contains("|"), "\(code)")
            #expect(DeadLetterCode.table.contains("| `\(code.rawValue)` | \(code.help) |"))
        }
        #expect(Set(DeadLetterCode.allCases.map(\.help)).count == DeadLetterCode.allCases.count)
    }
}

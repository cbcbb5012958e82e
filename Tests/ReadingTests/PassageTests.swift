import Reading
import Testing

@Suite struct PassageTests {
    @Test("a span leads back over a joined column break")
    func span() {
        let passage = Passage(scalars: Scalars.of("12万"), origin: [3, 6, 7])
        #expect(passage.span(0..<3) == 3..<8)
        #expect(passage.span(0..<1) == 3..<4)
    }
}

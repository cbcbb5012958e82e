import Foundation
import Testing

@testable import Reading

/// The cases of a public recognizer about ranges and bounds, ordinals and ages; read in place where they
/// lie beside the package.
@Suite(.enabled(if: PeerCases.exist, "no peers' cases beside the package")) struct PeerRangesTests {
    @Test("ranges have both ends and bounds their side")
    func ranges() throws {
        var right = 0
        var wrong: [String] = []
        for peer in try PeerCases.load("NumberRangeModel") where PeerRanges.differing[peer.ordinal] == nil {
            let found = PeerCases.quantities(peer.input)
            let missing = peer.results.filter { result in !found.contains { PeerRanges.agrees($0, result) } }
            if missing.isEmpty { right += 1 } else { wrong.append("\(peer.ordinal) \(peer.input)") }
        }
        #expect(right >= 6 && Double(right) >= 0.95 * Double(right + wrong.count), "\(wrong)")
    }

    @Test(
        "a row of ordinals is no row of places, and a person's age is no figure",
        arguments: ["OrdinalModel", "AgeModel"])
    func none(file: String) throws {
        for peer in try PeerCases.load(file) {
            #expect(PeerCases.quantities(peer.input).isEmpty, "\(peer.input)")
        }
    }
}

/// Reads intervals as the cases write them, and knows which cases follow other conventions.
enum PeerRanges {
    private static let bare = "a number without a unit is no figure"
    private static let determiner = "a determiner 一 opens no range"
    private static let numeral = "the numeral alone; NumberModel asks for such"

    /// Cases by ordinal, from 0, with why they do not count.
    static let differing: [Int: String] = [
        0: bare, 1: bare, 2: bare, 4: bare, 5: bare, 6: "a person's age", 7: "a person's age", 8: bare, 10: bare,
        11: bare, 12: bare, 13: determiner,
        16: bare, 17: bare, 18: bare, 20: bare, 22: bare, 23: bare, 24: bare, 25: "k is no magnitude of a bulletin",
        31: bare,
        26: numeral, 27: numeral, 28: numeral, 29: numeral, 30: numeral,
    ]

    /// Whether a figure says what an interval such as `[20,100)` or `(0.5,)` does; shares are parts of
    /// one or per cent there.
    static func agrees(_ quantity: Quantity, _ result: PeerCases.Result) -> Bool {
        guard let text = result.value, let low = Double(quantity.value) else { return false }
        let ends = text.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false).map {
            Double($0)
        }
        guard ends.count == 2 else { return false }
        func same(_ ours: Double, _ theirs: Double) -> Bool {
            abs(ours - theirs) < 1e-9 || quantity.form == .ratio && abs(ours - theirs * 100) < 1e-9
        }
        if let from = ends[0], let to = ends[1] {
            return same(low, from) && quantity.valueTo.flatMap(Double.init).map { same($0, to) } == true
        }
        if let from = ends[0] { return same(low, from) && quantity.bound == .over }
        return ends[1].map { same(low, $0) } == true && quantity.bound == .under
    }
}

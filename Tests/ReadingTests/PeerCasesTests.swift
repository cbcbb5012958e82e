import Foundation
import Testing

@testable import Reading

/// The cases of a public recognizer whose conventions agree with ours, read in place where they
/// lie beside the package; elsewhere the suite is skipped.
@Suite(.enabled(if: PeerCases.exist, "no peers' cases beside the package")) struct PeerCasesTests {
    @Test("at least 95 of 100 agreeing cases read alike", arguments: ["NumberModel", "PercentModel"])
    func agree(file: String) throws {
        var right = 0
        var wrong: [String] = []
        for peer in try PeerCases.load(file) where PeerCases.differing[file]?[peer.ordinal] == nil {
            let misread = peer.results.filter { !PeerCases.agrees($0, inPercent: file == "PercentModel") }
            if misread.isEmpty { right += 1 } else { wrong.append("\(peer.ordinal): \(misread.map(\.text))") }
        }
        #expect(Double(right) >= 0.95 * Double(right + wrong.count), "\(wrong)")
    }

    @Test(
        "money, measures, degrees and bounded counts are found in their sentences",
        arguments: ["CurrencyModel", "DimensionModel", "TemperatureModel"])
    func quantities(file: String) throws {
        var right = 0
        var wrong: [String] = []
        for peer in try PeerCases.load(file) where PeerCases.differing[file]?[peer.ordinal] == nil {
            let values = PeerCases.quantities(peer.input).compactMap { Double($0.value) }
            let missing = peer.results.filter { result in
                guard let theirs = result.value.flatMap(Double.init) else { return false }
                return !values.contains { abs($0 - theirs) <= 1e-9 * max(1, abs(theirs)) }
            }
            if missing.isEmpty { right += 1 } else { wrong.append("\(peer.ordinal): \(missing.map(\.text))") }
        }
        #expect(Double(right) >= 0.95 * Double(right + wrong.count), "\(wrong)")
    }

    @Test("every case that is left out exists and says why")
    func reasons() throws {
        for (file, cases) in PeerCases.differing {
            let count = try PeerCases.load(file).count
            for (ordinal, reason) in cases {
                #expect(ordinal < count && !reason.isEmpty)
            }
        }
    }
}

/// Loads the cases and knows which of them follow other conventions.
enum PeerCases {
    struct Result {
        var text: String
        var value: String?
    }

    struct Case {
        var ordinal: Int
        var input: String
        var results: [Result]
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../shared/peers/recognizers"
    )
    .standardized

    static var exist: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "NumberModel.json").path) }

    private static let letters = "letters, powers and exponents are no part of a bulletin's numerals"
    private static let dozen = "打 is a classifier, not a factor"
    private static let discount = "折 keeps its printed number"
    private static let parts = "mixed numbers with a space are two cells to us"
    private static let bare = "a point without a whole part is a broken numeral"
    private static let determiner = "a determiner 一 counts nothing"
    private static let split = "角 and 分 are amounts of their own"

    /// Cases by ordinal, from 0, with why they do not count.
    static let differing: [String: [Int: String]] = [
        "NumberModel": [
            9: letters, 50: letters, 99: letters, 101: letters, 112: letters, 113: letters, 114: letters, 115: letters,
            17: dozen,
            86: dozen, 105: bare, 108: bare, 117: parts, 122: parts, 137: parts,
        ],
        "PercentModel": [
            0: discount, 1: discount, 3: discount, 6: discount, 7: discount, 13: discount, 16: discount, 17: discount,
            56: discount,
            8: "半成 has no digit", 36: letters, 40: letters, 65: letters,
        ],
        "CurrencyModel": [
            5: split, 7: determiner, 8: split, 10: split, 15: "a list whose comma looks like a thousands separator",
        ],
        "DimensionModel": [
            1: "a person's height is a specification", 2: "a person's height is a specification", 5: determiner,
            10: "kilo is a magnitude word, not part of the unit", 11: "kilo is a magnitude word, not part of the unit",
        ],
    ]

    static func load(_ file: String) throws -> [Case] {
        let data = try Data(contentsOf: folder.appending(path: file + ".json"))
        let raw = try JSONSerialization.jsonObject(with: data) as? [[String: Any]] ?? []
        return raw.enumerated().map { ordinal, item in
            let input = item["Input"] as? String ?? ""
            let units = Array(input.utf16)
            let results = (item["Results"] as? [[String: Any]] ?? []).map { result in
                let start = result["Start"] as? Int ?? 0
                let end = min(result["End"] as? Int ?? 0, units.count - 1)
                let text = start <= end ? String(decoding: units[start...end], as: UTF16.self) : ""
                return Result(text: text, value: (result["Resolution"] as? [String: Any])?["value"] as? String)
            }
            return Case(ordinal: ordinal, input: input, results: results)
        }
    }

    /// Folded as the layout folds a passage: full-width digits, letters and signs to half-width.
    static func folded(_ text: String) -> [UInt32] {
        Scalars.of(text).map { scalar in
            switch scalar {
            case 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F: scalar
            case 0xFF01...0xFF5E: scalar - 0xFEE0
            case 0x3000: 0x20
            default: scalar
            }
        }
    }

    static func quantities(_ text: String) -> [Quantity] {
        let scalars = folded(text)
        return QuantityPass.read(Passage(scalars: scalars, origin: Array(scalars.indices)))
    }

    /// Whether our value is theirs; they write fractions as parts of one, rounded to 15 digits.
    static func agrees(_ result: Result, inPercent: Bool) -> Bool {
        guard let theirs = result.value else { return true }
        if inPercent {
            guard let quantity = quantities(result.text).first, let expected = Double(theirs.dropLast()) else {
                return false
            }
            return isClose(Double(quantity.value), expected)
        }
        let scalars = folded(result.text)
        guard let numeral = NumeralReader.read(scalars, at: 0), numeral.range.upperBound == scalars.count,
            let value = Double(numeral.value.text), let expected = Double(theirs)
        else { return false }
        let signed = numeral.isNegative ? -value : value
        return numeral.form == .fraction ? abs(signed - expected * 100) < 0.005_001 : isClose(signed, expected)
    }

    private static func isClose(_ ours: Double?, _ theirs: Double) -> Bool {
        ours.map { abs($0 - theirs) <= 1e-9 * max(1, abs(theirs)) } ?? false
    }
}

import Testing

@testable import Messages

/// One catalogue, whole in both languages.
@Suite struct CatalogueTests {
    @Test("every message is there in both languages, once, with the same places")
    func entries() {
        let entries = Catalogue.shared.entries
        #expect(entries.count > 300)
        for (key, all) in Dictionary(grouping: entries, by: \.key) where all.count > 1 {
            Issue.record("\(key) is there \(all.count) times")
        }
        for entry in entries {
            #expect(!entry.chinese.isEmpty && !entry.english.isEmpty, "\(entry.key)")
            // Of a name of a month each language needs its own form.
            if entry.key.hasPrefix("span.month") || entry.key == "span.day" { continue }
            #expect(Self.places(entry.chinese) == Self.places(entry.english), "\(entry.key)")
        }
    }

    @Test("a place has one kind wherever it stands in a message")
    func kinds() {
        for entry in Catalogue.shared.entries {
            var kinds: [String: Set<String>] = [:]
            for piece in Template(entry.chinese).pieces + Template(entry.english).pieces {
                if case .place(let place) = piece, place.words == nil {
                    kinds[place.name, default: []].insert(place.kind.rawValue)
                }
            }
            #expect(kinds.values.allSatisfy { $0.count == 1 }, "\(entry.key)")
        }
    }

    @Test("English that the program makes has one Chinese")
    func oneChinese() {
        let sentences = Catalogue.shared.entries.filter {
            !Catalogue.keyed.contains($0.area) && $0.english.contains(" ")
        }
        for (english, all) in Dictionary(grouping: sentences, by: \.english) {
            #expect(Set(all.map(\.chinese)).count == 1, "\(english)")
        }
    }

    @Test("Chinese has Chinese punctuation, and no blank between characters")
    func style() {
        for entry in Catalogue.shared.entries {
            let chinese = entry.chinese
            #expect(chinese.firstMatch(of: /[\u{4e00}-\u{9fff}][,;?!]/) == nil, "\(entry.key): \(chinese)")
            #expect(
                chinese.firstMatch(of: /[\u{4e00}-\u{9fff}] [\u{4e00}-\u{9fff}]/) == nil, "\(entry.key): \(chinese)")
            #expect(chinese.firstMatch(of: /[\u{4e00}-\u{9fff}]\.($|\s)/) == nil, "\(entry.key): \(chinese)")
        }
    }

    @Test("places are filled, and words follow their number")
    func places() {
        #expect(Messages(.english)("home.figure-count", ["count": "1"]) == "1 figure")
        #expect(Messages(.english)("home.figure-count", ["count": "12"]) == "12 figures")
        #expect(Messages(.chinese)("home.figure-count", ["count": "12"]) == "12 项指标")
    }

    @Test("what fills a place is not looked at for places again")
    func nested() {
        #expect(Messages(.english)("search.title", ["text": "{count}"]) == "Search: {count}")
    }

    private static func places(_ text: String) -> Set<String> {
        Set(
            Template(text).pieces.compactMap { piece in
                if case .place(let place) = piece { place.name } else { nil }
            })
    }
}

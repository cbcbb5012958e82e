import Foundation

/// English sentences and the same in Chinese: finds the message that a sentence was made from, and makes it again.
struct Sentences: Sendable {
    /// A message whose places are found in a sentence.
    private struct Pattern: Sendable {
        /// Text and places of the English in turn: text in front, then each place with the text behind it.
        let front: [UInt8]
        let rest: [(place: Template.Place, behind: [UInt8])]
        let chinese: Template
        /// How much of it is text: the more, the surer.
        let weight: Int
    }

    /// Of the built-in catalogue; what is asked for by key has meanings that only its key tells.
    static let chinese = Sentences(
        Catalogue.shared.entries.filter { !Catalogue.keyed.contains($0.area) })

    private let whole: [String: String]
    private let patterns: [Pattern]

    /// Sentences of these messages; those in front go before those behind where both fit alike.
    init(_ entries: [Catalogue.Entry]) {
        var whole: [String: String] = [:]
        var patterns: [Pattern] = []
        for entry in entries {
            let english = Template(entry.english)
            let hasPlaces = english.pieces.contains { if case .place = $0 { true } else { false } }
            if !hasPlaces {
                if whole[entry.english] == nil { whole[entry.english] = entry.chinese }
                continue
            }
            let chinese = Template(entry.chinese)
            for variant in Self.variants(english) {
                if let pattern = Self.pattern(variant, chinese) { patterns.append(pattern) }
            }
        }
        self.whole = whole
        // One that begins with text fits less by chance than one that begins with anything.
        self.patterns = patterns.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            return (one.front.isEmpty ? 1 : 0, -one.weight, left.offset)
                < (other.front.isEmpty ? 1 : 0, -other.weight, right.offset)
        }.map(\.element)
    }

    /// The Chinese of a sentence, or of its parts; what is unknown stays as it is.
    func translated(_ sentence: String) -> String {
        var search = Search()
        return search.translated(sentence, self)
    }

    /// One search, with bounds on how much it tries: what is said may hold text of any origin.
    private struct Search {
        /// How many more sentences are looked up.
        private var left = 256
        /// How many more places are tried in them.
        private var steps = 100_000
        /// How deep this one lies in others.
        private var depth = 0

        mutating func translated(_ sentence: String, _ sentences: Sentences) -> String {
            if let exact = sentences.whole[sentence] { return exact }
            if sentence.contains("\n") {
                return sentence.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { translated(String($0), sentences) }.joined(separator: "\n")
            }
            guard left > 0, depth < 5, sentence.utf8.count < 1 << 11 else { return sentence }
            depth += 1
            defer { depth -= 1 }
            if sentence.hasPrefix(" ") {
                let blanks = sentence.prefix { $0 == " " }
                let rest = String(sentence.dropFirst(blanks.count))
                return known(sentence, sentences)
                    ?? (rest.isEmpty ? sentence : blanks + translated(rest, sentences))
            }
            // A name without blanks in front of a colon, as of a file, is no part of a sentence.
            let isNamed = sentence.range(of: ": ").map { !sentence[..<$0.lowerBound].contains(" ") } ?? false
            return inRow(sentence, sentences) ?? known(sentence, sentences)
                ?? (isNamed ? behindName(sentence, sentences) : nil) ?? clauses(sentence, sentences)
                ?? behindName(sentence, sentences) ?? sentence
        }

        /// The Chinese of a sentence that one message says as a whole.
        private mutating func known(_ sentence: String, _ sentences: Sentences) -> String? {
            if let exact = sentences.whole[sentence] { return exact }
            guard left > 0 else { return nil }
            left -= 1
            let bytes = Array(sentence.utf8)
            for pattern in sentences.patterns where bytes.starts(with: pattern.front) {
                var values: [String] = []
                guard Sentences.match(pattern.rest[...], bytes, pattern.front.count, &values, &steps) else { continue }
                var byName: [String: (value: String, kind: Template.Place.Kind)] = [:]
                for (part, value) in zip(pattern.rest, values) { byName[part.place.name] = (value, part.place.kind) }
                return pattern.chinese.filled { place in
                    guard let found = byName[place.name] else { return "" }
                    if let words = place.words { return found.value == "1" ? words.one : words.many }
                    return found.kind == .text ? translated(found.value, sentences) : found.value
                }
            }
            return nil
        }

        /// Sentences one after the other.
        private mutating func inRow(_ sentence: String, _ sentences: Sentences) -> String? {
            var from = sentence.startIndex
            while let stop = sentence[from...].range(of: ". ") {
                from = stop.upperBound
                guard from < sentence.endIndex, sentence[from].isUppercase else { continue }
                let front = String(sentence[..<sentence.index(after: stop.lowerBound)])
                guard let known = known(front, sentences) else { continue }
                let rest = String(sentence[from...])
                let said = translated(rest, sentences)
                if said != rest { return known + said }
            }
            return nil
        }

        /// Clauses that the program adds one to the other, each with the mark in front of it.
        private mutating func clauses(_ sentence: String, _ sentences: Sentences) -> String? {
            let marks: Set<Character> = [",", ";", ".", " "]
            for end in sentence.indices.dropFirst().reversed() where marks.contains(sentence[end]) {
                guard let tail = known(String(sentence[end...]), sentences) else { continue }
                let front = String(sentence[..<end])
                if let head = known(front, sentences) ?? clauses(front, sentences) { return head + tail }
            }
            return nil
        }

        /// A sentence behind a name and a colon.
        private mutating func behindName(_ sentence: String, _ sentences: Sentences) -> String? {
            var from = sentence.startIndex
            while let colon = sentence[from...].range(of: ": ") {
                from = colon.upperBound
                let rest = String(sentence[colon.upperBound...])
                let said = translated(rest, sentences)
                if said != rest { return sentence[..<colon.lowerBound] + "：" + said }
            }
            return nil
        }
    }

    /// Whether places and texts fit the bytes from `at` to the end; collects what stands in the places.
    private static func match(
        _ rest: ArraySlice<(place: Template.Place, behind: [UInt8])>, _ bytes: [UInt8], _ at: Int,
        _ values: inout [String], _ steps: inout Int
    ) -> Bool {
        guard let (place, behind) = rest.first else { return at == bytes.count }
        let isLast = rest.count == 1
        let count = values.count
        var end = isLast ? bytes.count - behind.count : at
        while end >= at, end + behind.count <= bytes.count {
            steps -= 1
            guard steps > 0 else { return false }
            // Of two places side by side the second begins with a mark of its own.
            let isParted = isLast || !behind.isEmpty || end == bytes.count || Self.marks.contains(bytes[end])
            if isParted, bytes[end...].starts(with: behind), fits(place, bytes[at..<end]) {
                values.append(String(decoding: bytes[at..<end], as: UTF8.self))
                if match(rest.dropFirst(), bytes, end + behind.count, &values, &steps) { return true }
                values.removeLast(values.count - count)
            }
            if isLast { return false }
            end += 1
        }
        return false
    }

    /// ; , . ( and a blank.
    private static let marks: Set<UInt8> = [0x3B, 0x2C, 0x2E, 0x28, 0x20]

    private static func fits(_ place: Template.Place, _ value: ArraySlice<UInt8>) -> Bool {
        switch place.kind {
        case .text: true
        // A colon and a blank part sentences; no name or path has them.
        case .verbatim: !value.isEmpty && !zip(value, value.dropFirst()).contains { $0 == 0x3A && $1 == 0x20 }
        case .number: !value.isEmpty && value.allSatisfy { (0x2B...0x39).contains($0) && $0 != 0x2F }
        }
    }

    private static func pattern(_ english: [Template.Piece], _ chinese: Template) -> Pattern? {
        var front: [UInt8] = []
        var rest: [(place: Template.Place, behind: [UInt8])] = []
        var weight = 0
        for piece in english {
            switch piece {
            case .literal(let text):
                weight += text.utf8.count
                if rest.isEmpty { front += Array(text.utf8) } else { rest[rest.count - 1].behind += Array(text.utf8) }
            case .place(let place): rest.append((place, []))
            }
        }
        // What is hardly more than places fits too much.
        return weight < 3 ? nil : Pattern(front: front, rest: rest, chinese: chinese, weight: weight)
    }

    /// A message once for each choice of its words.
    private static func variants(_ template: Template) -> [[Template.Piece]] {
        template.pieces.reduce(into: [[]]) { variants, piece in
            guard case .place(let place) = piece, let words = place.words else {
                for i in variants.indices { variants[i].append(piece) }
                return
            }
            variants = variants.flatMap { [$0 + [.literal(words.one)], $0 + [.literal(words.many)]] }
        }
    }
}

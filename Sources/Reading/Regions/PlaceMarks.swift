/// What the tokens of a passage do to what holds of place.
struct PlaceMarks {
    /// What one token does.
    enum Role: UInt8 { case inside, item, clause, sentence, open, close }

    private let roles: [Role]

    init(_ tokens: Tokens, _ discourse: Discourse) {
        roles = tokens.all.map { token in
            guard token.has(.mark) else { return .inside }
            switch tokens.s[token.start] {
            case 0x28, 0xFF08, 0x5B, 0x3010: return .open
            case 0x29, 0xFF09, 0x5D, 0x3011: return .close
            case 0x3001: return .item
            default: break
            }
            if discourse.isSentenceEnd(token.start) { return .sentence }
            return discourse.isClauseEnd(token.start) ? .clause : .inside
        }
    }

    subscript(_ index: Int) -> Role { roles[index] }
}

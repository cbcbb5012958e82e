import BulletinModel
import TopicLog

/// How far documents within documents are followed, and what is left of the room for them: one input from outside
/// has one room for all that stands in it, at any depth.
public struct Unpacking: Sendable {
    /// How many archives may stand in one another.
    public static let deepest = 3
    /// The most bytes that one input unpacks to.
    public static let mostBytes = 128 << 20
    /// The most bytes of a member's name, with those of what it stands in.
    private static let nameBytes = 1000

    private let reader: any BulletinReader
    private var room = Unpacking.mostBytes

    /// The room of one input from outside.
    public init(_ reader: any BulletinReader) {
        self.reader = reader
    }

    /// The documents in an input, each named `input!member`; none of an input that is one document.
    ///
    /// - Throws: a ``Failure`` of kind `data` when nothing is taken from it: it is damaged or encrypted, holds too
    ///   much (`package_too_large`), or lies too deep (`archive_too_deep`).
    public mutating func members(of input: Input) throws(Failure) -> [Input] {
        guard case .whole(let bytes) = input.content, reader.holdsMembers(bytes) else { return [] }
        let members = try reader.members(of: bytes, atMost: room)
        guard !members.isEmpty else { return [] }
        guard input.depth < Self.deepest else {
            throw Failure(
                .archiveTooDeep,
                "The input holds documents and lies in \(input.depth) others; no more than \(Self.deepest) are opened.")
        }
        room -= members.reduce(0) { $0 + $1.bytes.count }
        let id = input.id
        return members.map { member in
            Input(
                name: Self.name(of: member, in: input), content: .whole(member.bytes), attempts: input.attempts,
                container: id, depth: input.depth + 1, given: input.given.ofMembers)
        }
    }

    /// A member's name keeps its end, which tells members of one folder apart.
    private static func name(of member: Member, in input: Input) -> String {
        var name = member.name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }[...]
        var size = name.reduce(0) { $0 + UTF8.width($1) }
        let most = max(64, nameBytes - input.name.utf8.count - 1)
        while size > most, let first = name.popFirst() { size -= UTF8.width(first) }
        return input.name + "!" + String(String.UnicodeScalarView(name))
    }
}

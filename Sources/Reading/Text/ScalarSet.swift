/// A set of scalars of the basic plane, asked with one look at a bitmap.
struct ScalarSet: Sendable {
    private var bits = [UInt64](repeating: 0, count: 1024)

    /// The scalars of a text.
    init(_ text: String) {
        for scalar in Scalars.of(text) where scalar < 0x10000 { bits[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63) }
    }

    /// A set without scalars.
    static let none = ScalarSet("")

    /// Whether the scalar is one of them.
    @inline(__always) func contains(_ scalar: UInt32) -> Bool {
        scalar < 0x10000 && bits[Int(scalar >> 6)] >> UInt64(scalar & 63) & 1 != 0
    }
}

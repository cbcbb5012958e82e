import Dispatch

/// Holds what is made on a worker's queue to that queue.
///
/// A type whose state is not locked makes one when it is made, and asks it wherever its state is touched. Made
/// on a queue that ``own(_:)`` was told of, it ends the process where it is asked anywhere else: what two
/// threads would spoil is better stopped. Made elsewhere, as by a command on its one thread, it asks nothing.
public struct Confinement: Sendable {
    private static let key = DispatchSpecificKey<Unowned>()
    private let queue: DispatchQueue?

    /// The queue itself would keep itself alive as its own specific.
    private struct Unowned: Sendable {
        weak var queue: DispatchQueue?
    }

    /// Confined to the queue that this is called on, where that is one that confines.
    public init() { queue = DispatchQueue.getSpecific(key: Self.key)?.queue }

    /// Whether anything is confined.
    public var isConfined: Bool { queue != nil }

    /// Has this serial queue confine what is made on it.
    public static func own(_ queue: DispatchQueue) { queue.setSpecific(key: key, value: Unowned(queue: queue)) }

    /// Stops the process on any queue but its own.
    public func check() {
        if let queue { dispatchPrecondition(condition: .onQueue(queue)) }
    }
}

import Dispatch
import Synchronization

/// Wakes those who wait for something to happen in a log: an append, a rebalance, the end.
///
/// A waiter reads ``rings`` first, then looks whether there is something to do, then waits for
/// a ring past that count: so no ring between looking and waiting is missed.
package final class Bell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        var nextWaiter = 0
        var waiters: [Int: DispatchSemaphore] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How often it has rung.
    package var rings: UInt64 { state.withLock { $0.rings } }

    /// Wakes everyone who waits.
    package func ring() {
        state.withLock { state in
            state.rings &+= 1
            for waiter in state.waiters.values { waiter.signal() }
            state.waiters.removeAll(keepingCapacity: true)
        }
    }

    /// Returns once it has rung past `heard`, or at the deadline.
    package func wait(past heard: UInt64, until deadline: DispatchTime) {
        let semaphore = DispatchSemaphore(value: 0)
        let waiter: Int? = state.withLock { state in
            guard state.rings == heard else { return nil }
            state.nextWaiter += 1
            state.waiters[state.nextWaiter] = semaphore
            return state.nextWaiter
        }
        guard let waiter else { return }
        if semaphore.wait(timeout: deadline) == .timedOut {
            state.withLock { _ = $0.waiters.removeValue(forKey: waiter) }
        }
    }
}

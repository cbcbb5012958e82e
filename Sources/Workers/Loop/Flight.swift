import Dispatch
import Synchronization

/// A commit that is under way on the worker's second queue, while the loop reads on. Any thread may use it.
final class Flight: Sendable {
    private let outcome = Mutex<Result<Void, any Error>?>(nil)
    private let landed = DispatchSemaphore(value: 0)

    /// Begins `commit` on a queue.
    init(on queue: DispatchQueue, _ commit: @escaping @Sendable () throws -> Void) {
        queue.async { [self] in
            let result = Result { try commit() }
            outcome.withLock { $0 = result }
            landed.signal()
        }
    }

    /// Waits for its end, or for so long; returns whether it has ended.
    func wait(until deadline: DispatchTime = .distantFuture) -> Bool {
        guard landed.wait(timeout: deadline) == .success else { return false }
        // Given on, as it may be asked again.
        landed.signal()
        return true
    }

    /// Waits for its end.
    ///
    /// - Throws: what the commit threw.
    func land() throws {
        _ = wait()
        try outcome.withLock { $0 }?.get()
    }
}

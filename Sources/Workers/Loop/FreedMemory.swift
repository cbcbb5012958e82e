import Foundation

/// Memory that a batch took and gave back.
enum FreedMemory {
    /// From how many bytes on a batch leaves enough behind to give back.
    static let least = 4 << 20

    /// glibc's `malloc_trim`, which the system's module does not show; nil where the allocator has none.
    private static let trim: (@convention(c) (Int) -> Int32)? = dlsym(nil, "malloc_trim").map {
        unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
    }

    /// Has what a large batch left free go back to the system: the allocator keeps it otherwise, for each thread
    /// anew, so that the workers of one process would hold what each of them needed once.
    static func giveBack(after bytes: Int) {
        guard bytes >= least else { return }
        _ = trim?(0)
    }
}

import Dispatch

/// The results of `transform` for each element, in the elements' order, worked out on all
/// cores. `transform` runs on many threads at once; the caller's thread takes part.
package func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
) -> [Result] {
    if elements.count < 2 { return elements.map(transform) }
    return [Result](unsafeUninitializedCapacity: elements.count) { buffer, count in
        // Safe because each iteration writes one slot of its own, and all have ended when
        // concurrentPerform returns.
        nonisolated(unsafe) let slots = buffer
        DispatchQueue.concurrentPerform(iterations: elements.count) { index in
            slots.initializeElement(at: index, to: transform(elements[index]))
        }
        count = elements.count
    }
}

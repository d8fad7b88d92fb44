import Dispatch

/// What `transform` makes of each element, worked out on all cores, in the order of the elements.
package func concurrently<Element: Sendable, Result: Sendable>(
  _ elements: [Element],
  _ transform: @Sendable (Element) -> Result
) -> [Result] {
  var results = [Result?](repeating: nil, count: elements.count)
  results.withUnsafeMutableBufferPointer { buffer in
    // Each element has a place of its own, and all are filled when `concurrentPerform` returns.
    nonisolated(unsafe) let places = buffer
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      places[index] = transform(elements[index])
    }
  }
  return results.compactMap { $0 }
}

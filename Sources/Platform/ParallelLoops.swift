import CPlatform

#if !arch(wasm32)
  import Dispatch
#endif

/// How many processors there are to share work out to; one where the system has no threads.
public let coreCount: Int = {
  #if !arch(wasm32)
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  #else
    1
  #endif
}()

/// Work that is split over the cores as a whole, so that its parts do not split theirs again.
public enum Cores {
  /// Whether the calling thread does a part of such work.
  public static var areShared: Bool { sharesCores() }

  /// Calls `body` with each number below `count`, several at once.
  ///
  /// Within `body`, every tensor operation runs on the core it was called on.
  ///
  /// - Parameters:
  ///   - count: How many parts there are.
  ///   - body: Does one part, and touches nothing that another part changes.
  public static func share(count: Int, _ body: (Int) -> Void) {
    #if !arch(wasm32)
      withoutActuallyEscaping(body) { body in
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: count) { part in
          let before = sharesCores()
          setSharesCores(true)
          body(part)
          setSharesCores(before)
        }
      }
    #else
      for part in 0..<count { body(part) }
    #endif
  }

  /// Makes a value of each number below `count`, several at once.
  ///
  /// - Parameters:
  ///   - count: How many values.
  ///   - value: Makes one, and touches nothing that another part changes.
  /// - Returns: The values in order.
  public static func map<Value>(count: Int, _ value: (Int) -> Value) -> [Value] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { values in
      // Each part writes a place of its own, and all are filled when `share` returns.
      nonisolated(unsafe) let values = values
      share(count: count) { values[$0] = value($0) }
    }
    return values.compactMap { $0 }
  }
}
